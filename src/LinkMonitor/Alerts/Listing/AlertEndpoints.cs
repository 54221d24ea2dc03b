using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Api;
using LinkMonitor.Api.Queries;
using LinkMonitor.Changes;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Paging;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LinkMonitor.Alerts.Listing;

/// <summary>What was reported, to whom and with what result.</summary>
internal static class AlertEndpoints
{
    public static void MapAlerts(this IEndpointRouteBuilder api)
    {
        var project = api.MapProject().WithTags("Alerts");
        project.MapGet("/alerts", ListAsync).RequireAuthorization(KeyPolicies.Read)
            .WithSummary("A project's alerts with their deliveries, newest first; those still being sent come first");
        project.MapGet("/alerts/{alertId}", GetAsync).RequireAuthorization(KeyPolicies.Read)
            .WithSummary("One alert with the changes it reports, oldest first");
        api.MapGet("/notices", NoticesAsync).RequireAuthorization(KeyPolicies.AdminAll).WithTags("Alerts")
            .WithSummary("The notices to the operator of the installation, newest first; those still being sent come first");
    }

    private static async Task<Ok<SliceView<AlertView>>> ListAsync(
        string projectId, [PageLimit] int? limit, [AlertCursor] string? cursor, HttpContext context, IAlertStore alerts,
        CancellationToken cancellationToken)
    {
        return TypedResults.Ok(await ReadAsync(alerts, context.CurrentProject().Id, AlertView.Of, limit, cursor, cancellationToken));
    }

    private static async Task<Ok<SliceView<NoticeView>>> NoticesAsync(
        [PageLimit] int? limit, [AlertCursor] string? cursor, IAlertStore alerts, CancellationToken cancellationToken)
    {
        return TypedResults.Ok(await ReadAsync(alerts, Alert.OperatorPartition, NoticeView.Of, limit, cursor, cancellationToken));
    }

    private static async Task<SliceView<T>> ReadAsync<T>(
        IAlertStore alerts, ProjectId partition, Func<Alert, T> view, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        var slice = await AlertListing.ReadAsync(alerts, partition, limit ?? PageLimitAttribute.Default, cursor, cancellationToken);
        return slice.View(view);
    }

    private static async Task<Results<Ok<AlertDetailView>, ValidationProblem, ProblemHttpResult>> GetAsync(
        string projectId,
        string alertId,
        [PageLimit] int? limit,
        [PlaceCursor] string? cursor,
        HttpContext context,
        IAlertStore alerts,
        ILinkStore links,
        CancellationToken cancellationToken)
    {
        var max = limit ?? PageLimitAttribute.Default;
        var project = context.CurrentProject().Id;
        if (!AlertIds.IsValid(alertId) || await alerts.GetAsync(project, alertId, cancellationToken) is not { } alert)
            return Problems.NotFound($"The project has no alert '{alertId}'.");

        var keys = await alerts.GetChangeKeysAsync(alert, cancellationToken);
        var first = string.IsNullOrEmpty(cursor) ? 0 : PlaceCursorAttribute.Read(cursor)!.Value;
        if (first > 0 && first >= keys.Count)
            return Problems.Invalid("cursor", CursorOfAttribute.NoCursor);
        var changes = await links.GetChangesAsync(project, [.. keys.Skip(first).Take(max)], cancellationToken);
        var next = first + max < keys.Count ? (first + max).ToString(CultureInfo.InvariantCulture) : null;
        return TypedResults.Ok(new AlertDetailView(
            AlertView.Of(alert), [.. changes.Items.Select(ChangeView.Of)], next, changes.SetAside.Count));
    }
}

/// <summary>The <c>?cursor=</c> of a list of alerts: a place among the open ones, or a cursor of the closed ones.</summary>
internal sealed class AlertCursorAttribute : QueryRuleAttribute
{
    public override string? Problem(string text, RouteValueDictionary route)
    {
        var partition = route["projectId"]?.ToString() ?? Alert.OperatorPartition.Value;
        var isOne = OpenCursor.IsOne(text) ? OpenCursor.TryRead(text) is not null : ListNames.Gave($"{ListNames.Alerts} {partition}", text);
        return isOne ? null : CursorOfAttribute.NoCursor;
    }
}

/// <summary>One alert with the changes it reports.</summary>
/// <param name="Changes">The oldest first; a part of them when there are many.</param>
/// <param name="Cursor">Continues the changes; null at their end.</param>
/// <param name="Unreadable">How many more changes there are in this part whose stored rows cannot be read.</param>
public sealed record AlertDetailView(AlertView Alert, IReadOnlyList<ChangeView> Changes, string? Cursor, int Unreadable);

/// <summary>The JSON of the API for alerts.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SliceView<AlertView>))]
[JsonSerializable(typeof(AlertDetailView))]
[JsonSerializable(typeof(SliceView<NoticeView>))]
internal sealed partial class AlertJson : JsonSerializerContext;

/// <summary>An alert as the API shows it.</summary>
public sealed record AlertView
{
    public required string Id { get; init; }

    public required AlertKind Kind { get; init; }

    /// <summary>What the changes of an incident have in common; null for other kinds.</summary>
    public required AlertCause? Cause { get; init; }

    public required string Subject { get; init; }

    /// <summary>How many changes it reports.</summary>
    public required int Changes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When nothing was left to send; null while a delivery waits.</summary>
    public required DateTimeOffset? ClosedAt { get; init; }

    public required IReadOnlyList<Delivery> Deliveries { get; init; }

    internal static AlertView Of(Alert alert) => new()
    {
        Id = alert.Id,
        Kind = alert.Kind,
        Cause = alert.Cause,
        Subject = alert.Subject,
        Changes = alert.ChangeCount,
        CreatedAt = alert.CreatedAt,
        ClosedAt = alert.ClosedAt,
        Deliveries = alert.Deliveries,
    };
}

/// <summary>The <c>?cursor=</c> among the changes of one alert: how many came before. They never change, so a place is a cursor.</summary>
internal sealed class PlaceCursorAttribute : QueryRuleAttribute
{
    public override string? Problem(string text, RouteValueDictionary route) => Read(text) is null ? CursorOfAttribute.NoCursor : null;

    /// <summary>The place; null when it is none.</summary>
    public static int? Read(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : null;
}

/// <summary>A notice to the operator as the API shows it.</summary>
public sealed record NoticeView
{
    public required string Id { get; init; }

    /// <summary>What it is about, for example <c>channel-disabled</c>.</summary>
    public required string? Notice { get; init; }

    public required string Subject { get; init; }

    /// <summary>Why, in words.</summary>
    public required string? Reason { get; init; }

    public required string? ProjectId { get; init; }

    public required string? ChannelId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When nothing was left to send; null while a delivery waits.</summary>
    public required DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Empty when no operator was known.</summary>
    public required IReadOnlyList<Delivery> Deliveries { get; init; }

    internal static NoticeView Of(Alert alert) => new()
    {
        Id = alert.Id,
        Notice = alert.Content?.Notice,
        Subject = alert.Subject,
        Reason = alert.Content?.Text,
        ProjectId = alert.Content?.ProjectId,
        ChannelId = alert.Content?.ChannelId,
        CreatedAt = alert.CreatedAt,
        ClosedAt = alert.ClosedAt,
        Deliveries = alert.Deliveries,
    };
}
