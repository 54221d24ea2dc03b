using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Links;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LinkMonitor.Exports;

/// <summary>Which address of an export is wanted.</summary>
public sealed record ExportAddressRequest : IRequestBody<ExportAddressRequest>
{
    static JsonTypeInfo<ExportAddressRequest> IRequestBody<ExportAddressRequest>.Shape => ExportJson.Default.ExportAddressRequest;

    /// <summary>What it gives; needed.</summary>
    public ExportGift? Gives { get; init; }

    /// <summary>The id of a saved or built-in view, which it follows when that is changed; null for all links.</summary>
    public string? View { get; init; }
}

/// <summary>An address of an export.</summary>
/// <param name="View">The id of its view; null for all links.</param>
/// <param name="ViewName">Null when the view is another's own, or gone.</param>
/// <param name="By">The name of the key that made it.</param>
/// <param name="OpenedAt">When it was last opened, to ten minutes; null for never.</param>
/// <param name="Url">The address itself: told only when it is made, for only a hash of it is kept.</param>
public sealed record ExportAddressView(
    string Id, ExportGift Gives, string? View, string? ViewName, string By, DateTimeOffset CreatedAt, DateTimeOffset? OpenedAt, Uri? Url)
{
    internal static ExportAddressView Of(ExportAddress address, string? viewName, Uri? url) => new(
        address.Id, address.Gives, address.View, viewName, address.By.Name, address.CreatedAt, address.OpenedAt, url);
}

/// <summary>The routes under <c>/api/v1/projects/{id}/public-addresses/exports</c>.</summary>
internal static class ExportAddressEndpoints
{
    public static void MapExportAddresses(this IEndpointRouteBuilder api)
    {
        var addresses = api.MapProject().MapGroup("/public-addresses/exports").RequireAuthorization(KeyPolicies.Write)
            .WithTags("Public addresses");
        addresses.MapGet("/", ListAsync).WithSummary("The addresses at which views are read without a key, and when each was last opened");
        addresses.MapPost("/", MakeAsync).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Create a secret address of a view, for a spreadsheet, a feed reader or a calendar")
            .WithDescription(
                "Whoever has the address reads what the view finds, with notes and prices, until it is revoked. It is told once. A project "
                    + "has at most 100.");
        addresses.MapDelete("/{addressId}", RevokeAsync).WithSummary("Revoke an address of a view at once");
    }

    private static async Task<Ok<SliceView<ExportAddressView>>> ListAsync(
        string projectId, HttpContext context, ExportAddressBook book, CancellationToken cancellationToken) =>
        TypedResults.Ok((await book.ListAsync(context.CurrentProject(), context.Holder(), cancellationToken))
            .View(one => ExportAddressView.Of(one.Address, one.View, null)));

    private static async Task<Results<Created<ExportAddressView>, ValidationProblem, ProblemHttpResult>> MakeAsync(
        string projectId, Body<ExportAddressRequest> body, HttpContext context, ExportAddressBook book, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        if (body.Value.Gives is null)
            body.Errors.AddIfNone("gives", $"Say what it gives: one of {string.Join(", ", WireName.All<ExportGift>())}.");
        if (body.Errors.Any)
            return Problems.Invalid(body.Errors.ToDictionary());
        var made = await book.MakeAsync(project, context.Holder(), body.Value.Gives!.Value, body.Value.View, cancellationToken);
        if (made is not { Address: { } address, Url: { } url })
            return made.Outcome switch
            {
                AddressOutcome.NoView => Problems.Invalid("view", AddressWords.NoView),
                AddressOutcome.TooMany => Problems.Conflict("The project has as many addresses as it can.", AddressWords.TooMany),
                _ => Problems.BadRequest("This installation has no public address.", AddressWords.NoPublicUrl),
            };
        context.Audit(AddressWords.Made(address), address.Id);
        return TypedResults.Created(
            $"/api/v1/projects/{project.Id}/public-addresses/exports", ExportAddressView.Of(address, null, url));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        string projectId, string addressId, HttpContext context, ExportAddressBook book, CancellationToken cancellationToken)
    {
        if (await book.RevokeAsync(context.CurrentProject(), addressId, cancellationToken) is not { } address)
            return Problems.NotFound($"There is no address '{FieldErrors.Cut(addressId)}'.");
        context.Audit(AddressWords.Revoked(address), address.Id);
        return TypedResults.NoContent();
    }
}

/// <summary>What is said of addresses in the API, the dashboard and the audit log.</summary>
internal static class AddressWords
{
    public const string NoView = "There is no view with this id that you see.";
    public const string NoPublicUrl = "Set LinkMonitor:PublicUrl to the address where readers reach it.";

    public static readonly string TooMany = $"It has {ExportAddressBook.MaxAddresses}. Revoke one first.";

    public static string Made(ExportAddress address) => $"Made a public address of {ExportFiles.WordsOf(address.Gives)}";

    public static string Revoked(ExportAddress address) => $"Revoked a public address of {ExportFiles.WordsOf(address.Gives)}";
}

/// <summary>The JSON of the API for exports.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ExportAddressRequest))]
[JsonSerializable(typeof(DisavowRequest))]
[JsonSerializable(typeof(DisavowPreview))]
[JsonSerializable(typeof(ExportAddressView))]
[JsonSerializable(typeof(SliceView<ExportAddressView>))]
internal sealed partial class ExportJson : JsonSerializerContext;
