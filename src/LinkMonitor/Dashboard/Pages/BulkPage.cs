using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using LinkMonitor.Api.Limits;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Keys;
using LinkMonitor.Links;
using LinkMonitor.Projects;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Views;
using LinkMonitor.Views.Slices;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary>
/// Acts on many links: those that were selected, or all that a filter finds. A page first says how many there are and what will happen;
/// afterwards the act can be undone for ten minutes.
/// </summary>
internal static class BulkPage
{
    private const string NoSuchType = "Nothing was done: the project has no such type (any more).";
    private const int MaxRecent = 20;
    private const int WhatLength = 200;

    // A page has at most so many rows to select; more are named by a filter.
    private const int MaxSelected = 100;

    public static void MapBulk(this IEndpointRouteBuilder project)
    {
        var acts = project.MapGroup("/links").RequireAuthorization(SessionScheme.Editor);
        acts.MapGet("/bulk", AskAsync);
        acts.MapPost("/bulk/do", DoAsync);
        acts.MapPost("/undo/{undoId}", UndoAsync);
    }

    /// <summary>Where a POST undoes an act.</summary>
    /// <param name="undoId">Null when there is nothing to undo.</param>
    [return: NotNullIfNotNull(nameof(undoId))]
    public static string? UndoPathOf(Project project, string? undoId) => undoId is null ? null : $"/app/p/{project.Id}/links/undo/{undoId}";

    /// <summary>The acts of a project, the newest first; none for a viewer.</summary>
    public static async Task<RowsRead<Undoable>> RecentAsync(HttpContext context, IUndoStore undo, CancellationToken cancellationToken) =>
        context.Holder().Scope == ApiKeyScope.Read
            ? new RowsRead<Undoable>([], []) : await undo.ListAsync(context.CurrentProject().Id, cancellationToken);

    /// <summary>Those of some acts that can be undone now.</summary>
    /// <param name="offered">Where the one is undone that the page offers to undo already; null for none.</param>
    public static IReadOnlyList<RecentAct> LinesOf(
        HttpContext context, IReadOnlyList<Undoable> acts, MomentMaker moments, string? offered)
    {
        var project = context.CurrentProject();
        return
        [
            .. acts.Where(act => moments.Now < act.Until && UndoPathOf(project, act.Id) != offered)
                .Take(MaxRecent)
                .Select(act => new RecentAct(
                    moments.Of(act.At), WebText.Visible(act.By.Name), WebText.Short(WebText.Readable(act.What), WhatLength),
                    UndoPathOf(project, act.Id))),
        ];
    }

    // A question is a page of its own, that a browser may show again: only the act is a POST.
    private static async Task<IResult> AskAsync(
        HttpContext context, DashboardFrame frame, LinkLists lists, ILinkTypeStore types, NamedTypes named,
        CancellationToken cancellationToken, string? act = null,
        string? q = null, string? all = null, string? type = null)
    {
        var project = context.CurrentProject();
        var back = Back(project, q);

        // Not a parameter: routes that are made at build time would take a list from the body.
        var link = context.Request.Query["link"].OfType<string>().ToArray();
        if (await ChoiceAsync(project, act, q, all, link, lists, named, cancellationToken) is not { } choice)
            return Told(context, frame, back, "Nothing was done: select links first.");
        if (choice.Links.Count > UndoableBulk.MaxLinks)
            return Told(
                context, frame, back,
                $"Nothing was done: {CountText.Of(choice.Links.Count, "link")} are more than the {UndoableBulk.MaxLinks:N0} of one act. "
                    + $"Narrow the "
                    + $"filter.");
        if (!choice.IsAll && choice.Links.Count > MaxSelected)
            return Told(context, frame, back, $"Nothing was done: at most {MaxSelected} links can be selected. Use a filter for more.");
        var isTyped = choice.Action == BulkAction.SetType;
        var wanted = isTyped && !string.IsNullOrEmpty(type) ? (await types.ReadAsync(project.Id, cancellationToken)).Find(type) : null;
        if (isTyped && !string.IsNullOrEmpty(type) && wanted is null)
            return Told(context, frame, back, NoSuchType);
        var name = wanted?.Name ?? "no type";
        return new SlicePage(Confirm.Create(new ConfirmModel(
            frame.Of(
                context, $"{Words(choice.Action)} {CountText.Of(choice.Links.Count, "link")}{(isTyped ? $" to {name}" : "")}?", "links"),
            Effect(choice.Action, choice.Links.Count),
            $"/app/p/{project.Id}/links/bulk/do",
            isTyped ? "Set type" : Words(choice.Action),
            back,
            [
                ("act", WireName.Of(choice.Action)), ("type", type ?? ""), ("q", q ?? ""), ("all", choice.IsAll ? "1" : ""),
                ("count", choice.Links.Count.ToString(CultureInfo.InvariantCulture)),
                .. choice.IsAll ? [] : choice.Links.Select(one => ("link", one)),
            ])));
    }

    private static async Task<IResult> DoAsync(
        HttpContext context, DashboardFrame frame, LinkLists lists, UndoableBulk bulk, RequestLimits limits,
        ILinkTypeStore types, NamedTypes named, CancellationToken cancellationToken)
    {
        var (project, form) = (context.CurrentProject(), context.Request.Form);
        var (act, q, all, chosen) = (form.Text("act"), form.Text("q"), form.Text("all"), form["link"].OfType<string>().ToArray());
        var back = Back(project, q);
        if (await ChoiceAsync(project, act, q, all, chosen, lists, named, cancellationToken) is not { } choice
            || choice.Links.Count > UndoableBulk.MaxLinks)
            return frame.Refused(context, back, "Nothing was done: select links first.");

        // More or fewer than what was agreed to: it is asked again, and nothing was done.
        if (form.Text("count") != choice.Links.Count.ToString(CultureInfo.InvariantCulture))
            return frame.Refused(
                context, QuestionPath(project, act, form.Text("type"), q, all, chosen),
                "Nothing was done yet: other links fit the filter now. Look again.");
        var type = choice.Action == BulkAction.SetType && form.Text("type") is { Length: > 0 } key ? key : null;
        if (type is not null && (await types.ReadAsync(project.Id, cancellationToken)).Find(type) is null)
            return frame.Refused(context, back, NoSuchType);
        var holder = context.Holder();
        var order = new BulkOrder(choice.Action, choice.Links, null, Type: type);
        var (result, undo) = await bulk.RunAsync(
            project.Id, order, holder.Author, () => limits.Checks.Take(holder.Id).IsAllowed, cancellationToken);
        if (result is { Done: 0, TooMany: > 0 })
            return frame.Refused(context, back, Said(result));
        return frame.Done(
            context, back, Said(result),
            result.Note(),
            UndoPathOf(project, undo));
    }

    private static async Task<IResult> UndoAsync(
        HttpContext context, string undoId, DashboardFrame frame, UndoableBulk bulk, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var path = $"/app/p/{project.Id}/links";
        var place = DashboardFrame.PlaceOf(context.Request.Form, path);
        if (await bulk.UndoAsync(project.Id, undoId, context.Holder().Author, cancellationToken) is not { } undone)
            return frame.Refused(context, place, "It cannot be undone any more: that is possible for ten minutes, and once.");

        // A filter stays open. Otherwise one link is shown itself: its page may be another one than that on which "Undo" stood.
        var to = undone.About is { } link && !place.StartsWith($"{path}?", StringComparison.Ordinal)
            ? LineMaker.PathOf(project, link)
            : place;
        return undone.Done.Count > 0
            ? frame.Done(context, to, undone.Words, undone.Note())
            : frame.Refused(context, to, undone.Words);
    }

    private static async Task<BulkChoice?> ChoiceAsync(
        Project project, string? act, string? q, string? all, string[]? links, LinkLists lists,
        NamedTypes types, CancellationToken cancellationToken)
    {
        if (!WireName.TryParse<BulkAction>(act, out var action))
            return null;
        if (string.IsNullOrEmpty(all))
        {
            var some = (links ?? []).Where(LinkIdFactory.IsValid).Distinct(StringComparer.Ordinal).ToList();
            return some.Count == 0 ? null : new BulkChoice(action, some, false);
        }

        if ((await types.ReadAsync(project, q, cancellationToken)).Line is not { } line)
            return null;
        var listing = await lists.OpenAsync(project, cancellationToken);
        var found = listing.Matching(line).Select(link => link.Id.Value).ToList();
        return found.Count == 0 ? null : new BulkChoice(action, found, true);
    }

    private static IResult Told(HttpContext context, DashboardFrame frame, string path, string text)
    {
        frame.Refused(context, path, text);
        return Results.LocalRedirect(path);
    }

    private static string QuestionPath(
        Project project, string act, string type, string q, string all, IEnumerable<string> links) =>
        $"/app/p/{project.Id}/links/bulk?act={Uri.EscapeDataString(act)}&q={Uri.EscapeDataString(q)}&all={Uri.EscapeDataString(all)}"
            + (type.Length > 0 ? $"&type={Uri.EscapeDataString(type)}" : "")
            + string.Concat(all.Length > 0 ? [] : links.Take(MaxSelected).Select(link => $"&link={Uri.EscapeDataString(link)}"));

    private static string Back(Project project, string? filter)
    {
        var path = $"/app/p/{project.Id}/links";
        return string.IsNullOrWhiteSpace(filter) ? path : $"{path}?q={Uri.EscapeDataString(filter)}";
    }

    private static string Words(BulkAction action) => action switch
    {
        BulkAction.Check => "Check",
        BulkAction.Mute => "Mute",
        BulkAction.Unmute => "Unmute",
        BulkAction.SetType => "Set the type of",
        _ => "Stop watching",
    };

    /// <summary>What an act will do, in words of one link or of several.</summary>
    internal static string Effect(BulkAction action, int count) => (action, count) switch
    {
        (BulkAction.Check, 1) => "Its page is fetched as soon as its host's pace allows.",
        (BulkAction.Check, _) =>
            "Their pages are fetched as soon as their hosts' pace allows; links of one page are checked together.",
        (BulkAction.Mute, 1) => "Nobody is told of its changes any more. It is still checked, and its changes kept.",
        (BulkAction.Mute, _) => "Nobody is told of their changes any more. They are still checked, and their changes kept.",
        (BulkAction.Unmute, 1) => "Its changes are told again from now on.",
        (BulkAction.Unmute, _) => "Their changes are told again from now on.",
        (BulkAction.SetType, 1) =>
            "What is expected of it follows the type from its next check on, but for what was given for the link itself. "
                + "What its page was like before is shown then, and nobody is told of it.",
        (BulkAction.SetType, _) =>
            "What is expected of them follows the type from their next check on, but for what was given for a link itself. "
                + "What their pages were like before is shown then, and nobody is told of it.",
        (_, 1) => "It is checked no more and leaves all lists. Its changes and their proof are kept.",
        _ => "They are checked no more and leave all lists. Their changes and the proof of them are kept.",
    };

    private static string Said(BulkResult result)
    {
        var did = result.Action switch
        {
            BulkAction.Check => "asked to be checked",
            BulkAction.Mute => "muted",
            BulkAction.Unmute => "unmuted",
            BulkAction.SetType => "of another type now",
            _ => "not watched any more",
        };
        var missing = result.NotFound > 0
            ? $" {CountText.Of(result.NotFound, "link was", "links were")} gone already." : "";
        var late = result.TooMany > 0
            ? $" {CountText.Of(result.TooMany, "link is", "links are")} more than your checks of a minute: ask again later."
            : "";
        return $"{CountText.Of(result.Done, "link is", "links are")} {did}.{missing}{late}";
    }

    private sealed record BulkChoice(BulkAction Action, IReadOnlyList<string> Links, bool IsAll);
}
