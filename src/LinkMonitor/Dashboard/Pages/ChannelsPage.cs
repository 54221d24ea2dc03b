using LinkMonitor.Alerts.Kinds;
using LinkMonitor.Alerts.Posting;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.Channels;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Writing;
using LinkMonitor.Views;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/p/{id}/channels</c>: where a project's alerts go, each with a test.</summary>
internal static class ChannelsPage
{
    private const int ReasonLength = 300;

    public static void MapChannelList(this IEndpointRouteBuilder project)
    {
        project.MapGet("/channels", ShowAsync);
        var forms = project.MapGroup("/channels").RequireAuthorization(SessionScheme.Editor);
        forms.MapPost("/", AddAsync);
        forms.MapPost("/{channelId}/test", TestAsync);
        forms.MapPost("/{channelId}/delete", DeleteAsync);
        forms.MapPost("/{channelId}/choice", ChooseAsync);
        forms.MapPost("/{channelId}/{act:regex(^(pause|resume)$)}", PauseAsync);
    }

    private static Task<IResult> ShowAsync(
        HttpContext context, DashboardFrame frame, IChannelStore channels, CancellationToken cancellationToken) =>
        WriteAsync(context, frame, channels, new FormErrors(), cancellationToken);

    private static async Task<IResult> AddAsync(
        HttpContext context, DashboardFrame frame, IChannelStore channels, ChannelRegistry registry, OutgoingPolicy policy,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var json = BodyOf(context.Request.Form);
        var body = Body<ChannelRequest>.Read(json.ToJson(), new FieldErrors());
        var draft = ChannelEndpoints.ReadNew(project, body.Value, policy, time.GetUtcNow(), body.Errors);
        Edit(draft);
        if (body.Errors.Any)
        {
            var errors = FormErrors.Of(body.Errors, context.Request.Form);
            return await WriteAsync(context, frame, channels, errors, cancellationToken);
        }

        return await registry.AddAsync(project, draft, Edit, cancellationToken) switch
        {
            null => frame.Refused(
                context, Path(project), $"A project has at most {ChannelRegistry.MaxChannels} channels. Remove one first."),
            { Created: true, Channel: { Secret: { } secret } made } => frame.Done(
                context, Path(project), $"{made.ShownAddress()} is added. Messages are signed with this secret, shown only now:",
                Note("Added", made), secret: secret),
            { Created: true, Channel: var made } => frame.Done(
                context, Path(project), $"{made.ShownAddress()} is added. Send it a test.", Note("Added", made)),
            { Channel: var known, Was: var was } => frame.Done(
                context, Path(project), $"{known.ShownAddress()} was a channel already; it is as you say.", Changed(was, known)),
        };

        Channel Edit(Channel channel) => ChannelRequestReader.Apply(body.Value, body.Json, channel, time.GetUtcNow(), body.Errors);
    }

    // A daily or weekly digest hears what is not told at once.
    private static FormBody BodyOf(IFormCollection form)
    {
        return WithDigest(new FormBody(form).Text("kind").Text("address").Text("name").Text("otherwise"), form);
    }

    private static FormBody WithDigest(FormBody body, IFormCollection form)
    {
        if (form.Text("otherwise") == WireName.Of(AlertTiming.Digest))
            body.Value("digest.every", DigestView.Daily).Value("digest.at", "08:00");
        return body;
    }

    private static async Task<IResult> TestAsync(
        HttpContext context, string channelId, DashboardFrame frame, IChannelStore channels, ChannelTest test, TestLimit limit,
        CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        if (await channels.GetAsync(project, new ChannelId(channelId), cancellationToken) is not { } channel)
            return DashboardMessages.NotFound;
        if (limit.Take(project.Id) is { } wait)
            return frame.Refused(
                context, Path(project),
                $"Too many test messages. Try again in {CountText.Of((long)Math.Ceiling(wait.TotalSeconds), "second")}.");
        var result = await test.SendAsync(project, channel, cancellationToken);
        var told = $"{channel.ShownAddress()}: {result.Message}";
        return result.Result == "accepted"
            ? frame.Done(context, Path(project), told, Note("Sent a test message over", channel))
            : frame.Refused(context, Path(project), told);
    }

    private static async Task<IResult> PauseAsync(
        HttpContext context, string channelId, string act, DashboardFrame frame, ChannelRegistry registry, TimeProvider time,
        CancellationToken cancellationToken, string? only = null)
    {
        var project = context.CurrentProject();
        var errors = new FieldErrors();
        var pauses = act == "pause";
        var body = Body<ChannelRequest>.Read(
            new FormBody(context.Request.Form).Value("state", pauses ? "paused" : "active").ToJson(), errors);
        var isLeft = false;
        var changed = await registry.EditAsync(project, new ChannelId(channelId), channel =>
        {
            isLeft = only is not null && only != WireName.Of(channel.State);
            return isLeft ? channel : ChannelRequestReader.Apply(body.Value, body.Json, channel, time.GetUtcNow(), errors);
        }, cancellationToken);
        if (changed is not var (channel, was))
            return DashboardMessages.NotFound;
        if (isLeft)
            return frame.Refused(
                context, Path(project), $"Nothing was undone: {channel.ShownAddress()} is {WireName.Of(channel.State)} since.");
        if (channel == was)
            return frame.Done(context, Path(project), $"{channel.ShownAddress()} was {WireName.Of(channel.State)} already.", null);
        return frame.Done(
            context, Path(project),
            pauses ? $"{channel.ShownAddress()} gets nothing until it is resumed." : $"{channel.ShownAddress()} gets alerts again.",
            Note(pauses ? "Paused" : "Resumed", channel),
            undo: $"{Path(project)}/{channelId}/{(pauses ? "resume" : "pause")}?only={WireName.Of(channel.State)}");
    }

    private static async Task<IResult> ChooseAsync(
        HttpContext context, string channelId, DashboardFrame frame, IChannelStore channels, ChannelRegistry registry, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (project, id) = (context.CurrentProject(), new ChannelId(channelId));
        if (await channels.GetAsync(project, id, cancellationToken) is not { } channel)
            return DashboardMessages.NotFound;
        var json = new FormBody(context.Request.Form).Text("otherwise");
        var body = Body<ChannelRequest>.Read(
            (channel.GivenDigest is null ? WithDigest(json, context.Request.Form) : json).ToJson(), new FieldErrors());
        var (shown, isMeant) = (context.Request.Form.Shown(), true);
        var changed = await registry.EditAsync(project, id, Edit, cancellationToken);
        return changed is not var (edited, was) ? DashboardMessages.NotFound
            : !isMeant ? frame.Refused(
                context, Path(project),
                $"Nothing was changed: somebody changed {edited.ShownAddress()} since you opened the page. It gets: {GetsOf(edited)}. "
                    + "Choose again if it should get something else.")
            : body.Errors.Any ? frame.Refused(context, Path(project), "Nothing was changed: that cannot be chosen.")
            : frame.Changed(context, Path(project), $"{edited.ShownAddress()} gets: {GetsOf(edited)}.", Changed(was, edited));

        Channel Edit(Channel now)
        {
            isMeant = shown.Allows(ChannelView.VersionOf(now));
            var edited = ChannelRequestReader.Apply(body.Value, body.Json, now, time.GetUtcNow(), body.Errors);
            return isMeant && !body.Errors.Any ? edited : now;
        }
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext context, string channelId, DashboardFrame frame, IChannelStore channels, ChannelRegistry registry,
        CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        if (await channels.GetAsync(project, new ChannelId(channelId), cancellationToken) is not { } channel)
            return DashboardMessages.NotFound;
        return await registry.RemoveAsync(project, channel.Id, context.Request.Form.Shown(), cancellationToken) switch
        {
            SaveOutcome.Saved => frame.Done(
                context, Path(project), $"{channel.ShownAddress()} is removed.", Note("Removed", channel)),
            SaveOutcome.Conflict => frame.Refused(
                context, Path(project),
                $"Nothing was removed: somebody changed {channel.ShownAddress()} since you opened the page. It is shown as it is now."),
            _ => DashboardMessages.NotFound,
        };
    }

    // An address may be a secret, and the log is read by all who see the project: the kind of channel says what of it is shown.
    private static AuditNote Note(string did, Channel channel) =>
        new($"{did} the {WireName.Of(channel.Kind)} channel {channel.ShownAddress()}", channel.Id.Value);

    private static AuditNote? Changed(Channel was, Channel channel) => ChannelView.Difference(was, channel).Note(
        $"of the {WireName.Of(channel.Kind)} channel {channel.ShownAddress()}", channel.Id.Value);

    private static async Task<IResult> WriteAsync(
        HttpContext context, DashboardFrame frame, IChannelStore channels, FormErrors errors, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var all = await channels.ListAsync(project, cancellationToken);
        var page = frame.Of(context, "Channels", "channels").LeavingOut(all.SetAside.Count, "channel");
        var fields = page.Visitor is { CanWrite: true } ? Fields(errors) : [];
        return new SlicePage(
            Views.Slices.Channels.Create(new ChannelsModel(
                page, [.. all.Items.Select(channel => LineOf(project, channel))], fields, errors.Others(fields))),
            errors.Status);
    }

    private static ChannelLine LineOf(Project project, Channel channel) => new(
        $"{Path(project)}/{channel.Id}",
        WireName.Of(channel.Kind),
        channel.ShownAddress(),
        channel.Name is { } name ? WebText.Visible(name) : null,
        GetsOf(channel),
        WireName.Of(channel.Choice.Otherwise),
        WireName.Of(channel.State),
        channel.State == ChannelState.Active,
        channel.StateReason is { } why ? WebText.Cut(why, ReasonLength) : null,
        channel.State == ChannelState.Active)
    { Shown = ChannelView.VersionOf(channel), Choices = ChoicesOf(channel.GivenDigest ?? EachMorning) };

    private static string GetsOf(Channel channel)
    {
        var rest = channel.Choice.Otherwise switch
        {
            AlertTiming.AtOnce => "everything at once",
            AlertTiming.Digest => DigestOf(channel.Digest ?? EachMorning),
            AlertTiming.ByType => $"at once what the link types say, the rest in {DigestOf(channel.Digest ?? DigestSchedule.OfTheRest)}",
            _ => "nothing",
        };
        var topics = string.Concat(channel.Choice.ByTopic.Select(one => $"{one.Key} {WireName.Of(one.Value)}, "));
        var quiet = channel.Quiet is { } hours ? $"; quiet from {ClockTime.Write(hours.From)} to {ClockTime.Write(hours.To)}" : "";
        return $"{(topics.Length > 0 ? $"{topics[..^2]}; else " : "")}{rest}{quiet}";
    }

    // What WithDigest writes.
    private static DigestSchedule EachMorning { get; } = new(null, new TimeOnly(8, 0));

    private static string DigestOf(DigestSchedule digest) =>
        $"a digest each {(digest.Day is { } day ? $"{day}" : "day")} at {ClockTime.Write(digest.At)}";

    private static (string Value, string Words)[] ChoicesOf(DigestSchedule digest) =>
    [
        (WireName.Of(AlertTiming.ByType), "as the link types say"),
        (WireName.Of(AlertTiming.AtOnce), "everything at once"),
        (WireName.Of(AlertTiming.Digest), DigestOf(digest)),
    ];

    private static Field[] Fields(FormErrors errors) =>
    [
        errors.Named("kind", WireName.Of(ChannelKind.Email)) with
        {
            Type = "select", Choices = [.. WireName.All<ChannelKind>().Select(kind => (kind, kind))],
        },
        errors.Named(
            "address", help: "An e-mail address, or the https URL that messages are posted to.") with { IsNeeded = true },
        errors.Field("name", "Your name for it"),
        errors.Named("otherwise", WireName.Of(AlertTiming.ByType)) with { Type = "select", Choices = ChoicesOf(EachMorning) },
    ];

    private static string Path(Project project) => $"/app/p/{project.Id}/channels";
}
