using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Views;
using LinkMonitor.Views.Slices;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary>What was of a link, watched or not: its changes with their proof, and what people said of it.</summary>
internal sealed class LinkPast(ILinkStore links, IFormerLinkStore formers, IFormerAnswerStore answers)
{
    private const int MaxTimeline = 30;
    private const int Proofs = 5;
    private const int TextLength = 500;
    private const int UrlLength = 70;

    /// <summary>The newest first.</summary>
    public async Task<LinkHistory> ReadAsync(Project project, LinkId link, MomentMaker moments, CancellationToken cancellationToken)
    {
        var proofs = await links.ListProofsAsync(project.Id, link, MaxTimeline, null, cancellationToken);
        var changes = proofs.Items;
        var said = await answers.ListAsync(project.Id, link, MaxTimeline, cancellationToken);
        var lines = changes.Select((proof, at) => (proof.Change.Transition.At, LineOf(proof.Change, moments, at < Proofs)))
            .Concat(said.Items.Select(one => (one.Answer.At, LineOf(one, moments))));
        return new LinkHistory(
            [.. changes.Select(proof => proof.Change.Transition)],
            [.. lines.OrderByDescending(line => line.At).Select(line => line.Item2)],
            proofs.SetAside, said.SetAside.Count);
    }

    /// <summary>A link that is watched no more, as words that lead to what was of it.</summary>
    public async Task<OtherLink> NameAsync(Project project, LinkId link, CancellationToken cancellationToken)
    {
        var former = await FormerOfAsync(project, link, cancellationToken);
        var known = former?.Page ?? (await links.GetAsync(project.Id, link, cancellationToken))?.Page.Href;
        return new OtherLink(
            LineMaker.PathOf(project, link.Value), known is null ? link.Value : PageWords(known),
            former is null ? null : PageWords(former.Target));
    }

    /// <summary>
    /// What is left of a link; null when nothing is, or when it cannot be read: that is listed, and its changes stand without.
    /// </summary>
    public async Task<FormerLink?> FormerOfAsync(Project project, LinkId link, CancellationToken cancellationToken)
    {
        try
        {
            return await formers.FindAsync(project.Id, link, cancellationToken);
        }
        catch (UnreadableRowException)
        {
            return null;
        }
    }

    public static string PageWords(string url) =>
        WebUrl.TryParse(url, out var read) ? WebText.ShortUrl(read, UrlLength, showsHost: true) : WebText.Short(url, UrlLength);

    private static TimelineLine LineOf(LinkChange change, MomentMaker moments, bool withProof)
    {
        var transition = change.Transition;
        return new TimelineLine(
            moments.Of(transition.At),
            WireName.Of(transition.From),
            WireName.Of(transition.To),
            [.. transition.ReasonsAfter.Select(reason => WebText.Said(reason.Message, TextLength))],
            change.Held,
            withProof ? EvidenceParts.Pair(transition.Before, transition.After, "Before", "At the change", moments.Time) : null);
    }

    private static TimelineLine LineOf(FormerAnswer former, MomentMaker moments)
    {
        var ended = $"{(former.IsTakenBack ? "Taken back" : "Answered anew")} by {WebText.Short(former.EndedBy.Name, 40)} "
            + $"{moments.InWords(former.EndedAt)}.";
        return new TimelineLine(
            moments.Of(former.Answer.At), "", "",
            former.Answer.Note is { } note ? [$"“{WebText.Cut(note, TextLength)}”", ended] : [ended], false, null)
        {
            Said = AnswerParts.Words(former.Answer),
        };
    }
}

/// <summary>The past of a link, the newest first.</summary>
/// <param name="Changes">How many changes cannot be read.</param>
/// <param name="Answers">How many answers cannot be read.</param>
internal sealed record LinkHistory(
    IReadOnlyList<LinkTransition> Transitions, IReadOnlyList<TimelineLine> Lines, int Changes, int Answers)
{
    public bool IsEmpty => Lines.Count + Changes + Answers == 0;

    /// <summary>A page of the link, saying what of its history is left out.</summary>
    public Frame Around(Frame page) => page.LeavingOut(Changes, "change").LeavingOut(Answers, "answer");
}

/// <summary>In place of the page of a link that is watched no more: when and by whom that was done, and what was of it.</summary>
internal sealed class FormerLinkPage(
    DashboardFrame frame, IUndoStore undo, LinkPast past, TimeProvider time)
{
    /// <param name="typed">The fields of a form that cannot be saved any more, to be copied; null for none.</param>
    public async Task<IResult> ShowAsync(
        HttpContext context, string linkId, CancellationToken cancellationToken, IReadOnlyList<Field>? typed = null)
    {
        var project = context.CurrentProject();
        if (!LinkIdFactory.IsValid(linkId))
            return DashboardMessages.NotFound;
        var moments = MomentMaker.Of(project, time.GetUtcNow());
        var id = new LinkId(linkId);
        var history = await past.ReadAsync(project, id, moments, cancellationToken);

        // What an earlier version deleted has left its changes alone.
        var former = await past.FormerOfAsync(project, id, cancellationToken);
        if (former is null)
            return history.IsEmpty ? DashboardMessages.NotFound : Page(null, null, null, null);
        return Page(
            former,
            former.ReplacedBy is { } successor ? await past.NameAsync(project, successor, cancellationToken) : null,
            former.Replaces is { } before ? await past.NameAsync(project, before, cancellationToken) : null,
            await UndoOfAsync(context, project, former, cancellationToken));

        SlicePage Page(FormerLink? link, OtherLink? replacedBy, OtherLink? replaces, string? undoPath) =>
            new(LinkGone.Create(new FormerLinkModel
            {
                Frame = history.Around(
                    frame.Of(context, link is null ? "A link that is watched no more" : LinkPast.PageWords(link.Page), "links")),
                Page = link?.Page,
                PageReadable = link is null ? null : WebText.Readable(link.Page),
                Target = link?.Target,
                TargetReadable = link is null ? null : WebText.Readable(link.Target),
                At = link is null ? null : moments.Of(link.At),
                By = link is null ? null : WebText.Visible(link.By.Name),
                ReplacedBy = replacedBy,
                Replaces = replaces,
                UndoPath = undoPath,
                Timeline = history.Lines,
                Typed = typed,
            }), typed is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);
    }

    private async Task<string?> UndoOfAsync(HttpContext context, Project project, FormerLink former, CancellationToken cancellationToken) =>
        former.UndoId is { } id && context.Holder().Scope != ApiKeyScope.Read
        && await undo.FindAsync(project.Id, id, cancellationToken) is { } act && time.GetUtcNow() < act.Until
            ? BulkPage.UndoPathOf(project, id) : null;
}
