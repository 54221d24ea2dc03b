using LinkMonitor.Alerts.Composing;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Sharing.Pages;

/// <summary>One link: its state, why, the evidence, what it went through, and what can be done.</summary>
internal static class LinkPage
{
    private const int MaxHistory = 20;
    private const int MaxText = 500;

    public static async Task<IResult> ShowAsync(
        string token,
        PublicAddresses addresses,
        ILinkStore links,
        DraftSection drafts,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await SharedLink.FindAsync(token, PublicPurpose.Link, addresses, links, cancellationToken) is not { } shared)
            return PublicPage.NotFound;
        var history = await links.ListHistoryAsync(shared.Project.Id, shared.Link.Id, MaxHistory, null, cancellationToken);
        var isMuted = shared.Link.IsMutedAt(time.GetUtcNow());
        var mute = isMuted ? "Start alerts again" : "Stop alerts about it";
        return new PublicPage($"Link from {WebText.ShortHost(shared.Link.Page.Host ?? "", 80)}", Markup.Of($"""
            <div class="card"><h1>Link from {WebText.ShortHost(shared.Link.Page.Host ?? "", 80)} to {WebText.ShortHost(shared.Link.Expectation.Target.Host ?? "", 80)}</h1>
            <p>{SharedLink.State(shared.Link.Status.State)} since {shared.Time.Write(shared.Link.Status.Since)}{Muted(isMuted)}</p>
            {NotSeen(shared)}
            {shared.Ends()}{Reasons(shared.Link.Status.Reasons)}
            {shared.Way("recheck", PublicPurpose.Recheck, "Check it now", isSecond: false)}{shared.Way("mute", PublicPurpose.Mute, mute)}</div>
            {Evidence(shared)}{Loss(shared, history.Items)}{await drafts.WriteAsync(shared, cancellationToken)}{History(shared, history.Items)}
            """));
    }

    private static Markup Muted(bool isMuted) => isMuted ? Markup.Of($"; alerts about it are off") : Markup.Empty;

    private static Markup Reasons(IReadOnlyList<Reason> reasons) => reasons.Count == 0 ? Markup.Empty : Markup.Of($"""
        <h2>Why</h2>
        <ul>{Markup.Join(reasons.Select(reason => Markup.Of($"<li>{WebText.Cut(reason.Message, MaxText)}</li>")))}</ul>
        """);

    private static Markup Evidence(SharedLink shared)
    {
        var status = shared.Link.Status;
        if (status.LastEvidence is not { } now)
            return Markup.Of($"""<div class="card"><h2>Evidence</h2><p class="soft">The link was not checked yet.</p></div>""");
        var before = status.LastSeenEvidence is { } seen && seen.CheckedAt < now.CheckedAt ? seen : null;
        return Markup.Of($"""
            <div class="card"><h2>Evidence</h2>
            {Table(before, now, shared, "Last check")}</div>
            """);
    }

    /// <summary>A state that rests on an earlier check says so.</summary>
    private static Markup NotSeen(SharedLink shared)
    {
        var status = shared.Link.Status;
        if (status.LastLook is not { } look || look.IsSeen() || status.LastCheckedAt is not { } at)
            return Markup.Empty;
        var seen = status.LastObservedAt is { } observed ? Markup.Of($"; the last one that saw it was on {shared.Time.Write(observed)}") : Markup.Empty;
        return Markup.Of($"<p>The last check, on {shared.Time.Write(at)}, could not see the page ({WireName.Of(look).Replace('-', ' ')}){seen}.</p>");
    }

    /// <summary>The proof of the last loss stays, though the link is back or a later check saw something else.</summary>
    private static Markup Loss(SharedLink shared, IReadOnlyList<LinkChange> changes)
    {
        if (changes.FirstOrDefault(change => change.Transition.To == LinkState.Lost && change.Transition.From != LinkState.Lost)?.Transition is not { } loss
            || loss.After.CheckedAt == shared.Link.Status.LastEvidence?.CheckedAt)
            return Markup.Empty;
        return Markup.Of($"""
            <div class="card"><h2>Evidence of the loss on {shared.Time.Write(loss.At)}</h2>
            <ul>{Markup.Join(loss.ReasonsAfter.Select(reason => Markup.Of($"<li>{WebText.Cut(reason.Message, MaxText)}</li>")))}</ul>
            {Table(loss.Before, loss.After, shared, "When it was lost")}</div>
            """);
    }

    private static Markup Table(Evidence? before, Evidence now, SharedLink shared, string headOfNow)
    {
        var rows = EvidenceTable.Rows(before, now, shared.Time);
        var head = before is null ? Markup.Of($"<th>{headOfNow}</th>") : Markup.Of($"<th>When the link was last seen</th><th>{headOfNow}</th>");
        return Markup.Of(
            $"<table><thead><tr><th></th>{head}</tr></thead><tbody>{Markup.Join(rows.Select(row => Row(row, before is not null, headOfNow)))}</tbody></table>");
    }

    private static Markup Row(EvidenceRow row, bool hasBefore, string headOfNow)
    {
        var differs = hasBefore && row.Before != row.After;
        var before = hasBefore ? Markup.Of($"""<td data-of="When last seen">{row.Before ?? "–"}</td>""") : Markup.Empty;
        return Markup.Of($"""<tr class="{(differs ? "differs" : "same")}"><th scope="row">{row.Label}</th>{before}<td data-of="{headOfNow}">{row.After ?? "–"}</td></tr>""");
    }

    private static Markup History(SharedLink shared, IReadOnlyList<LinkChange> changes) => changes.Count == 0 ? Markup.Empty : Markup.Of($"""
        <div class="card"><h2>What it went through</h2>
        <ul>{Markup.Join(changes.Select(change => Item(shared, change)))}</ul></div>
        """);

    private static Markup Item(SharedLink shared, LinkChange change)
    {
        var why = string.Join(" ", change.Transition.ReasonsAfter.Select(reason => WebText.Cut(reason.Message, MaxText)));
        return Markup.Of($"<li>{shared.Time.Write(change.Transition.At)}: {SharedLink.State(change.Transition.From)} → {SharedLink.State(change.Transition.To)}<br><span class=\"soft\">{why}</span></li>");
    }
}
