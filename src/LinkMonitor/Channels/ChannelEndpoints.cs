using System.Globalization;
using System.Text.Json;
using LinkMonitor.Alerts.Kinds;
using LinkMonitor.Alerts.Posting;
using LinkMonitor.Alerts.Webhook;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Writing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LinkMonitor.Channels;

/// <summary>The routes under <c>/api/v1/projects/{id}/channels</c>.</summary>
internal static class ChannelEndpoints
{
    private static readonly string[] Identity = ["kind", "address"];

    public static void MapChannels(this IEndpointRouteBuilder api)
    {
        var channels = api.MapProject().MapGroup("/channels").WithTags("Channels");
        channels.MapGet("/", ListAsync).RequireAuthorization(KeyPolicies.Read)
            .WithSummary("All channels of a project, including its recipients");
        channels.MapPost("/", AddAsync).RequireAuthorization(KeyPolicies.Write)
            .WithSummary("Add a channel")
            .WithDescription(
                "201 when it is new; 200 when the project already had this address: the given fields are applied. The secret of a webhook "
                    + "is in the first answer only.");
        channels.MapGet("/{channelId}", GetAsync).RequireAuthorization(KeyPolicies.Read).WithSummary("One channel");
        channels.MapPatch("/{channelId}", ChangeAsync).RequireAuthorization(KeyPolicies.Write)
            .WithSummary("Change what a channel gets, and when")
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithDescription(
                "Fields that are absent stay; null resets a field to its default. Kind and address cannot change. With If-Match only the "
                    + "version that it names is changed.");
        channels.MapDelete("/{channelId}", DeleteAsync).RequireAuthorization(KeyPolicies.Write)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithSummary("Remove a channel, and its address from the project's recipients");
        channels.MapPost("/{channelId}/rotate-secret", RotateAsync).RequireAuthorization(KeyPolicies.Write)
            .WithSummary("Give a webhook a new secret; the former one also signs for 24 hours");
        channels.MapPost("/{channelId}/test", TestAsync).RequireAuthorization(KeyPolicies.Write)
            .WithSummary("Send a test message over a channel, even a paused one")
            .WithDescription("The answer says what happened; 429 when a project sends too many.");
    }

    private static async Task<Ok<SliceView<ChannelView>>> ListAsync(
        string projectId, HttpContext context, IChannelStore channels, CancellationToken cancellationToken)
    {
        var all = await channels.ListAsync(context.CurrentProject(), cancellationToken);
        return TypedResults.Ok(all.View(ChannelView.Of));
    }

    private static async Task<Results<Created<ChannelView>, Ok<ChannelView>, ValidationProblem, ProblemHttpResult>> AddAsync(
        string projectId,
        Body<ChannelRequest> body,
        HttpContext context,
        ChannelRegistry registry,
        OutgoingPolicy policy,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var errors = body.Errors;
        var draft = ReadNew(project, body.Value, policy, time.GetUtcNow(), errors);
        Edited(draft);
        if (errors.Any)
            return Problems.Invalid(errors.ToDictionary());

        var added = await registry.AddAsync(project, draft, Edited, cancellationToken);
        if (errors.Any)
            return Problems.Invalid(errors.ToDictionary());
        context.Audit(added switch
        {
            { Created: false } known => ChannelView.Difference(known.Was, known.Channel).Note("of a channel", draft.Id.Value),
            _ => new AuditNote($"Added a channel of the kind {WireName.Of(draft.Kind)}", draft.Id.Value),
        });
        return added switch
        {
            null => Problems.BadRequest("Too many channels.", $"A project has at most {ChannelRegistry.MaxChannels}. Remove one first."),
            { Created: true, Channel: var created } => TypedResults.Created(
                $"/api/v1/projects/{project.Id}/channels/{created.Id}", ChannelView.Of(created) with { Secret = created.Secret }),
            { Channel: var known } => TypedResults.Ok(ChannelView.Of(known)),
        };

        Channel Edited(Channel channel) => Apply(body.Value, body.Json, channel, time.GetUtcNow(), errors);
    }

    private static async Task<Results<Ok<ChannelView>, ProblemHttpResult>> GetAsync(
        string projectId, string channelId, HttpContext context, IChannelStore channels, CancellationToken cancellationToken) =>
        await channels.GetAsync(context.CurrentProject(), new ChannelId(channelId), cancellationToken) is { } channel
            ? Shown(context, channel)
            : ChannelNotFound(channelId);

    private static Ok<ChannelView> Shown(HttpContext context, Channel channel)
    {
        var view = ChannelView.Of(channel);
        IfMatch.Tell(context.Response, view.Version);
        return TypedResults.Ok(view);
    }

    private static async Task<Results<Ok<ChannelView>, ValidationProblem, ProblemHttpResult>> ChangeAsync(
        string projectId, string channelId, Body<ChannelRequest> body, HttpContext context, ChannelRegistry registry, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var errors = body.Errors;
        foreach (var field in Identity.Where(body.Names))
            errors.Add(field, "It identifies the channel and cannot change. Add a new channel and delete this one.");
        if (errors.Any)
            return Problems.Invalid(errors.ToDictionary());

        var (match, isMeant) = (IfMatch.Of(context.Request), true);
        var changed = await registry.EditAsync(
            context.CurrentProject(), new ChannelId(channelId), channel =>
            {
                isMeant = match.Allows(ChannelView.VersionOf(channel));
                return isMeant ? Apply(body.Value, body.Json, channel, time.GetUtcNow(), errors) : channel;
            },
            cancellationToken);
        if (errors.Any)
            return Problems.Invalid(errors.ToDictionary());
        if (changed is not var (channel, was))
            return ChannelNotFound(channelId);
        if (!isMeant)
            return IfMatch.Refused();
        context.Audit(ChannelView.Difference(was, channel).Note("of a channel", channelId));
        return Shown(context, channel);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string projectId, string channelId, HttpContext context, ChannelRegistry registry, CancellationToken cancellationToken) =>
        await registry.RemoveAsync(
            context.CurrentProject(), new ChannelId(channelId), IfMatch.Of(context.Request), cancellationToken) switch
        {
            SaveOutcome.Saved => Deleted(context, channelId),
            SaveOutcome.Conflict => IfMatch.Refused(),
            _ => ChannelNotFound(channelId),
        };

    private static NoContent Deleted(HttpContext context, string channelId)
    {
        context.Audit("Removed a channel", channelId);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<ChannelView>, ProblemHttpResult>> RotateAsync(
        string projectId, string channelId, HttpContext context, IChannelStore channels, ChannelRegistry registry,
        CancellationToken cancellationToken)
    {
        var (project, id) = (context.CurrentProject(), new ChannelId(channelId));
        if (await channels.GetAsync(project, id, cancellationToken) is not { } channel)
            return ChannelNotFound(channelId);
        if (!ChannelCatalogue.Of(channel.Kind).IsSigned)
            return Problems.BadRequest("The channel has no secret.", "Only webhooks are signed.");
        context.Audit("Gave a webhook a new secret", channelId);
        return await registry.RotateSecretAsync(project, id, cancellationToken) is { Channel: var rotated }
            ? TypedResults.Ok(ChannelView.Of(rotated) with { Secret = rotated.Secret })
            : ChannelNotFound(channelId);
    }

    private static async Task<Results<Ok<ChannelTestView>, ProblemHttpResult>> TestAsync(
        string projectId,
        string channelId,
        HttpContext context,
        IChannelStore channels,
        ChannelTest test,
        TestLimit limit,
        CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        if (await channels.GetAsync(project, new ChannelId(channelId), cancellationToken) is not { } channel)
            return ChannelNotFound(channelId);
        if (limit.Take(project.Id) is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return TypedResults.Problem(
                statusCode: StatusCodes.Status429TooManyRequests, title: "Too many test messages.",
                detail: "Wait as long as Retry-After says.");
        }

        context.Audit($"Sent a test message over a channel of the kind {WireName.Of(channel.Kind)}", channelId);
        return TypedResults.Ok(await test.SendAsync(project, channel, cancellationToken));
    }

    /// <summary>A channel with the defaults; meaningless when <paramref name="errors"/> has any.</summary>
    internal static Channel ReadNew(Project project, ChannelRequest request, OutgoingPolicy policy, DateTimeOffset now, FieldErrors errors)
    {
        var kind = request.Kind ?? default;
        if (request.Kind is null)
            errors.AddIfNone("kind", $"A channel needs a kind: one of {string.Join(", ", WireName.All<ChannelKind>())}.");
        var address = string.Empty;
        if (string.IsNullOrWhiteSpace(request.Address))
            errors.AddIfNone("address", "A channel needs an address: an e-mail address, or an https URL.");
        else if (request.Kind is not null
            && (address = ChannelCatalogue.Of(kind).Read(request.Address.Trim(), url => policy.Check(kind, url), out var error)) is null)
            errors.Add("address", error!);

        return new Channel
        {
            ProjectId = project.Id,
            Id = ChannelIdFactory.For(project.Id, kind, address ?? string.Empty),
            Kind = kind,
            Address = address ?? string.Empty,
            Choice = AlertChoice.DefaultOf(kind),
            Secret = request.Kind is not null && ChannelCatalogue.Of(kind).IsSigned ? WebhookSecret.New() : null,
            CreatedAt = now,
        };
    }

    /// <summary>What does not make a valid channel is not stored: then the channel stays what it was.</summary>
    private static Channel Apply(ChannelRequest request, JsonElement body, Channel channel, DateTimeOffset now, FieldErrors errors)
    {
        var edited = ChannelRequestReader.Apply(request, body, channel, now, errors);
        return errors.Any ? channel : edited;
    }

    private static ProblemHttpResult ChannelNotFound(string channelId) => Problems.NotFound($"The project has no channel '{channelId}'.");
}
