using System.Globalization;
using LinkMonitor.Alerts.Incidents;
using LinkMonitor.Alerts.Listing;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Views;
using LinkMonitor.Views.Slices;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/p/{id}/alerts</c>: what was reported, to whom and with what result.</summary>
internal static class AlertListPage
{
    private const int PageSize = 50;
    private const int TextShown = 300;

    public static void MapAlertList(this IEndpointRouteBuilder project)
    {
        project.MapGet("/alerts", ListAsync);
        project.MapGet("/alerts/{alertId}", ShowAsync);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, DashboardFrame frame, IAlertStore alerts, TimeProvider time, CancellationToken cancellationToken,
        string? cursor = null)
    {
        var project = context.CurrentProject();
        var slice = await AlertListing.ReadAsync(alerts, project.Id, PageSize, cursor, cancellationToken);
        var moments = MomentMaker.Of(project, time.GetUtcNow());
        return new SlicePage(Views.Slices.Alerts.Create(new AlertsModel(
            frame.Of(context, "Alerts", "alerts").LeavingOut(slice.SetAside, "alert"),
            [.. slice.Items.Select(alert => LineOf(alert, moments))],
            Paging.Of(context, slice.Cursor, cursor))));
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, string alertId, DashboardFrame frame, IAlertStore alerts, ILinkStore links, TimeProvider time,
        CancellationToken cancellationToken, string? cursor = null)
    {
        var project = context.CurrentProject();
        if (!AlertIds.IsValid(alertId) || await alerts.GetAsync(project.Id, alertId, cancellationToken) is not { } alert)
            return DashboardMessages.NotFound;
        var lines = new LineMaker(project, time.GetUtcNow());
        var keys = await alerts.GetChangeKeysAsync(alert, cancellationToken);
        var first = string.IsNullOrEmpty(cursor) ? 0 : PlaceCursorAttribute.Read(cursor) ?? throw new InvalidCursorException();
        var changes = await links.GetChangesAsync(project.Id, [.. keys.Skip(first).Take(PageSize)], cancellationToken);
        var next = first + PageSize < keys.Count ? (first + PageSize).ToString(CultureInfo.InvariantCulture) : null;
        return new SlicePage(AlertDetail.Create(new AlertDetailModel(
            frame.Of(context, alert.Subject, "alerts").LeavingOut(changes.SetAside.Count, "change"),
            LineOf(alert, lines.Moments),
            [.. alert.Deliveries.Select(delivery => LineOf(delivery, lines.Moments))],
            [.. changes.Items.Select(lines.Of)],
            Paging.Of(context, next, cursor))));
    }

    private static AlertLine LineOf(Alert alert, MomentMaker moments) => new(
        moments.Of(alert.CreatedAt),
        $"/app/p/{alert.ProjectId}/alerts/{alert.Id}",
        WebText.Cut(alert.Subject, TextShown),
        KindOf(alert.Kind, alert.Cause?.Kind, alert.ChangeCount),
        alert.ChangeCount,
        alert.Deliveries.Count == 0
            ? "nobody wanted it"
            : string.Join(", ", alert.Deliveries.GroupBy(one => one.State).OrderBy(one => one.Key)
                .Select(one => $"{one.Count().ToString(CultureInfo.InvariantCulture)} {WireName.Of(one.Key)}")),
        alert.Deliveries.All(one => one.State != DeliveryState.Failed));

    /// <summary>What an alert is about, in words.</summary>
    internal static string KindOf(AlertKind of, string? cause, int changes) => (of, cause) switch
    {
        (AlertKind.Incident, _) when changes == 1 => "a change of one link",
        (AlertKind.Incident, { } word) when WireName.TryParse<CauseKind>(word, out var kind) => kind switch
        {
            CauseKind.Link => "changes of one link",
            CauseKind.Page => "changes on one page",
            CauseKind.Host => "changes on one site",
            CauseKind.Target => "changes of one target",
            CauseKind.Vendor => "changes of one vendor",
            _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "No words for this cause."),
        },
        (AlertKind.Incident, _) => "changes",
        (AlertKind.Unstable, _) => "unstable link",
        (AlertKind.Settled, _) => "link is stable again",
        (AlertKind.Digest, _) => "digest",
        (AlertKind.Terms, _) => "terms that end",
        (AlertKind.Cases, _) => "days of cases",
        (AlertKind.Notice, _) => "notice to the operator",
        (AlertKind.Test, _) => "test",
        _ => throw new ArgumentOutOfRangeException(nameof(of), of, "No words for this kind of alert."),
    };

    private static DeliveryLine LineOf(Delivery delivery, MomentMaker moments) => new(
        WireName.Of(delivery.Channel),
        delivery.Parts > 1
            ? string.Create(
                CultureInfo.InvariantCulture, $"{WebText.Cut(delivery.Recipient, TextShown)} (part {delivery.Part} of {delivery.Parts})")
                : WebText.Cut(delivery.Recipient, TextShown),
        WireName.Of(delivery.State),
        delivery.State != DeliveryState.Failed,
        delivery.Attempts,
        moments.Of(delivery.LastAttemptAt),
        delivery.Error is { } error ? WebText.Cut(error, TextShown) : null);
}
