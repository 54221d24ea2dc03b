using System.Globalization;
using LinkMonitor.Api.Limits;
using LinkMonitor.Auditing;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Filtering;
using LinkMonitor.Keys;
using LinkMonitor.Links;
using LinkMonitor.Projects;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Views;
using LinkMonitor.Views.Slices;

namespace LinkMonitor.Dashboard.Pages;

/// <summary>
/// Acts on many links: those that were selected, or all that a filter finds. A page first says how many there are and what will happen;
/// afterwards the act can be undone for ten minutes.
/// </summary>
internal static class BulkPage
{
    public static void MapBulk(this IEndpointRouteBuilder project)
    {
        var acts = project.MapGroup("/links").RequireAuthorization(SessionScheme.Editor);
        acts.MapPost("/bulk", AskAsync).WithoutAudit("It only asks.");
        acts.MapPost("/bulk/do", DoAsync);
        acts.MapPost("/undo/{undoId}", UndoAsync);
    }

    private static Task<IResult> AskAsync(
        HttpContext context, DashboardFrame frame, LinkLists lists, CancellationToken cancellationToken) =>
        QuestionAsync(context, frame, lists, StatusCodes.Status200OK, cancellationToken);

    private static async Task<IResult> QuestionAsync(
        HttpContext context, DashboardFrame frame, LinkLists lists, int status, CancellationToken cancellationToken)
    {
        if (await ChoiceAsync(context, lists, cancellationToken) is not { } choice)
            return frame.Done(context, Back(context), "Nothing was done: select links first.", isGood: false);
        if (choice.Links.Count > UndoableBulk.MaxLinks)
            return frame.Done(
                context, Back(context),
                $"Nothing was done: {Count(choice.Links.Count)} are more than the {UndoableBulk.MaxLinks} of one act. Narrow the filter.",
                false);
        var project = context.CurrentProject();
        return new SlicePage(Confirm.Create(new ConfirmModel(
            frame.Of(context, $"{Words(choice.Action)} {Count(choice.Links.Count)}?", "links"),
            Effect(choice.Action, choice.Links.Count),
            $"/app/p/{project.Id}/links/bulk/do",
            Words(choice.Action),
            Back(context),
            [
                ("act", WireName.Of(choice.Action)), ("type", context.Request.Form.Text("type")), ("q", context.Request.Form.Text("q")),
                ("all", choice.IsAll ? "1" : ""),
                ("count", choice.Links.Count.ToString(CultureInfo.InvariantCulture)),
                .. choice.IsAll ? [] : choice.Links.Select(link => ("link", link)),
            ])), status);
    }

    private static async Task<IResult> DoAsync(
        HttpContext context, DashboardFrame frame, LinkLists lists, UndoableBulk bulk, RequestLimits limits,
        ILinkTypeStore types, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        if (await ChoiceAsync(context, lists, cancellationToken) is not { } choice || choice.Links.Count > UndoableBulk.MaxLinks)
            return frame.Done(context, Back(context), "Nothing was done: select links first.", isGood: false);

        // More or fewer than what was agreed to: it is asked again, and nothing was done.
        if (context.Request.Form.Text("count") != choice.Links.Count.ToString(CultureInfo.InvariantCulture))
            return await QuestionAsync(context, frame, lists, StatusCodes.Status409Conflict, cancellationToken);
        var type = choice.Action == BulkAction.SetType && context.Request.Form.Text("type") is { Length: > 0 } key ? key : null;
        if (type is not null && (await types.ReadAsync(project.Id, cancellationToken)).Find(type) is null)
            return frame.Done(context, Back(context), "Nothing was done: the project has no such type any more.", isGood: false);
        var holder = context.Holder();
        var order = new BulkOrder(choice.Action, choice.Links, null, Type: type);
        var (result, undo) = await bulk.RunAsync(
            project.Id, order, holder.Id, () => limits.Checks.Take(holder.Id).IsAllowed, cancellationToken);
        return frame.Done(
            context, Back(context), Said(result), result.Done > 0 || result.TooMany == 0,
            undo is null || result.Done == 0 ? null : $"/app/p/{project.Id}/links/undo/{undo}");
    }

    private static async Task<IResult> UndoAsync(
        HttpContext context, string undoId, DashboardFrame frame, UndoableBulk bulk, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var path = $"/app/p/{project.Id}/links";
        return await bulk.UndoAsync(project.Id, undoId, cancellationToken) is { } count
            ? frame.Done(context, path, $"Undone: {Count(count)} {(count == 1 ? "is" : "are")} as before.")
            : frame.Done(context, path, "It cannot be undone any more: that is possible for ten minutes, and once.", isGood: false);
    }

    private static async Task<BulkChoice?> ChoiceAsync(HttpContext context, LinkLists lists, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        if (!WireName.TryParse<BulkAction>(form.Text("act"), out var action))
            return null;
        if (form.Text("all").Length == 0)
        {
            var some = form["link"].OfType<string>().Where(LinkIdFactory.IsValid).Distinct(StringComparer.Ordinal).ToList();
            return some.Count == 0 ? null : new BulkChoice(action, some, false);
        }

        if (FilterParser.Read(form.Text("q")).Line is not { } line)
            return null;
        var listing = await lists.OpenAsync(context.CurrentProject(), cancellationToken);
        var all = listing.Matching(line).Select(link => link.Id.Value).ToList();
        return all.Count == 0 ? null : new BulkChoice(action, all, true);
    }

    private static string Back(HttpContext context)
    {
        var path = $"/app/p/{context.CurrentProject().Id}/links";
        return context.Request.Form.Text("q") is { Length: > 0 } filter ? $"{path}?q={Uri.EscapeDataString(filter)}" : path;
    }

    private static string Words(BulkAction action) => action switch
    {
        BulkAction.Check => "Check",
        BulkAction.Mute => "Mute",
        BulkAction.Unmute => "Unmute",
        BulkAction.SetType => "Set the type of",
        _ => "Stop watching",
    };

    private static string Effect(BulkAction action, int count) => action switch
    {
        BulkAction.Check => "Their pages are fetched as soon as their hosts' pace allows; links of one page are checked together.",
        BulkAction.Mute => "Nobody is told of their changes any more. They are still checked, and their changes kept.",
        BulkAction.Unmute => "Their changes are told again from now on.",
        BulkAction.SetType =>
            "What is expected of them follows the type from their next check on, but for what was given for a link itself. "
                + "What their pages were like before is shown then, and nobody is told of it.",
        _ =>
            $"{(count == 1 ? "It is" : "They are")} checked no more and leave{(count == 1 ? "s" : "")} all lists. Changes and their proof "
                + $"are kept.",
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
        var missing = result.NotFound > 0 ? $" {Count(result.NotFound)} {(result.NotFound == 1 ? "was" : "were")} gone already." : "";
        var late = result.TooMany > 0 ? $" {Count(result.TooMany)} are more than your checks of a minute: ask again later." : "";
        return $"{Count(result.Done)} {(result.Done == 1 ? "is" : "are")} {did}.{missing}{late}";
    }

    private static string Count(int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} link{(count == 1 ? "" : "s")}");

    private sealed record BulkChoice(BulkAction Action, IReadOnlyList<string> Links, bool IsAll);
}
