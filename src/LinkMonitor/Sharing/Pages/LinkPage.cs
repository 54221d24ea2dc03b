using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Hosting.Settings;
using LinkMonitor.Outreach;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Wording;

namespace LinkMonitor.Sharing.Pages;

/// <summary>One link: its state, why, the evidence, its history, and what can be done.</summary>
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
        var mute = isMuted ? "Start its alerts again" : "Stop its alerts";
        var recheck = shared.Way("recheck", PublicPurpose.Recheck, "Check it now", isSecond: false);
        return new PublicPage($"Link from {WebText.ShortHost(shared.Link.Page.Host ?? "", 80)}", Markup.Of($"""
            <div class="card"><h1>Link from {WebText.ShortHost(shared.Link.Page.Host ?? "", 80)} to
            {WebText.ShortHost(shared.Link.Expectation.Target.Host ?? "", 80)}</h1>
            <p>{SharedLink.State(shared.Link.Status.State)} since {shared.Time.Write(shared.Link.Status.Since)}{Muted(isMuted)}</p>
            {NotSeen(shared)}
            {shared.Ends()}{Reasons(shared.Link.Status.Reasons)}
            {recheck}{shared.Way("mute", PublicPurpose.Mute, mute)}</div>
            {Evidence(shared)}{Loss(shared, history.Items)}{await drafts.WriteAsync(shared, cancellationToken)}
            {History(shared, history)}
            """));
    }

    private static Markup Muted(bool isMuted) => isMuted ? Markup.Of($"; its alerts are off") : Markup.Empty;

    private static Markup Reasons(IReadOnlyList<Reason> reasons) => reasons.Count == 0 ? Markup.Empty : Markup.Of($"""
        <h2>Why</h2>
        <ul>{Markup.Join(reasons.Select(reason => Markup.Of($"<li>{WebText.Said(reason.Message, MaxText)}</li>")))}</ul>
        """);

    private static Markup Evidence(SharedLink shared)
    {
        var status = shared.Link.Status;
        if (status.LastEvidence is not { } now)
            return Markup.Of($"""<div class="card"><h2>Evidence</h2><p class="soft">The link has not been checked yet.</p></div>""");
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
        if (StandingRule.IsTold(status) is not false || status is not { LastOutcome: { } outcome, LastCheckedAt: { } at })
            return Markup.Empty;
        var seen = status.LastObservedAt is { } observed
            ? Markup.Of($"; the last check that read it was on {shared.Time.Write(observed)}")
            : Markup.Empty;
        return Markup.Of(
            $"<p>The last check, on {shared.Time.Write(at)}, could not read the page "
                + $"({CheckWords.Label(outcome, Language.English)}){seen}.</p>");
    }

    /// <summary>The proof of the last loss stays, though the link is back or a later check saw something else.</summary>
    private static Markup Loss(SharedLink shared, IReadOnlyList<LinkChange> changes)
    {
        if (changes.FirstOrDefault(
            change => change.Transition.To == LinkState.Lost && change.Transition.From != LinkState.Lost)?.Transition is not { } loss
            || loss.After.CheckedAt == shared.Link.Status.LastEvidence?.CheckedAt)
            return Markup.Empty;
        return Markup.Of($"""
            <div class="card"><h2>Evidence of the loss on {shared.Time.Write(loss.At)}</h2>
            <ul>{Markup.Join(loss.ReasonsAfter.Select(reason => Markup.Of($"<li>{WebText.Said(reason.Message, MaxText)}</li>")))}</ul>
            {Table(loss.Before, loss.After, shared, "When it was lost")}</div>
            """);
    }

    private static Markup Table(Evidence? before, Evidence now, SharedLink shared, string headOfNow)
    {
        var rows = EvidenceTable.Rows(before, now, shared.Time);
        var head = before is null
            ? Markup.Of($"<th>{headOfNow}</th>")
            : Markup.Of($"<th>When the link was last seen</th><th>{headOfNow}</th>");
        var body = Markup.Join(rows.Select(row => Row(row, before is not null, headOfNow)));
        return Markup.Of($"<table><thead><tr><th></th>{head}</tr></thead><tbody>{body}</tbody></table>");
    }

    private static Markup Row(EvidenceRow row, bool hasBefore, string headOfNow)
    {
        var differs = hasBefore && row.Before != row.After;
        var before = hasBefore ? Markup.Of($"""<td data-of="When last seen">{row.Before ?? "–"}</td>""") : Markup.Empty;
        return Markup.Of(
            $"""
            <tr class="{(differs ? "differs" : "same")}"><th scope="row">{row.Label}</th>{before}<td
            data-of="{headOfNow}">{row.After ?? "–"}</td></tr>
            """);
    }

    private static Markup History(SharedLink shared, Slice<LinkChange> changes) =>
        changes is { Items.Count: 0, SetAside: 0 } ? Markup.Empty : Markup.Of($"""
        <div class="card"><h2>History</h2>
        {PublicPage.LeavingOut(changes.SetAside)}<ul>{Markup.Join(changes.Items.Select(change => Item(shared, change)))}</ul></div>
        """);

    private static Markup Item(SharedLink shared, LinkChange change)
    {
        var why = string.Join(" ", change.Transition.ReasonsAfter.Select(reason => WebText.Said(reason.Message, MaxText)));
        return Markup.Of(
            $"<li>{shared.Time.Write(change.Transition.At)}: {SharedLink.State(change.Transition.From)} → "
                + $"{SharedLink.State(change.Transition.To)}<br><span class=\"soft\">{why}</span></li>");
    }
}

/// <summary>The draft to the page's owner, to be opened in a mail program or copied.</summary>
internal sealed class DraftSection(OutreachCaseFinder cases)
{
    private const int Rows = 16;

    /// <summary>Empty where there is nothing to ask for, or nobody to ask.</summary>
    public async Task<Markup> WriteAsync(SharedLink shared, CancellationToken cancellationToken)
    {
        var draft = await cases.DraftAsync(shared.Project, shared.Link, cancellationToken);
        return draft is { IsNeeded: true, Subject: { } subject, Body: { } body } ? Write(draft, subject, body) : Markup.Empty;
    }

    private static Markup Write(OutreachDraft draft, string subject, string body) => Markup.Of($"""
        <div class="card" id="draft"><h2>Draft to the page's owner</h2>
        <p class="soft">{draft.Note}</p>
        <dl><dt>Subject</dt><dd>{subject}</dd></dl>
        <p><textarea readonly rows="{Rows.ToString(System.Globalization.CultureInfo.InvariantCulture)}" aria-label="Text of the draft">
        {body}</textarea></p>
        {Mailto(draft)}</div>
        """);

    private static Markup Mailto(OutreachDraft draft) => draft.Mailto is not { } url ? Markup.Empty : Markup.Of($"""
        <p><a class="button first" href="{url}">Open in your mail program</a>{Shortened(draft)}</p>
        """);

    private static Markup Shortened(OutreachDraft draft) => draft.IsMailtoShortened
        ? Markup.Of($"<span class=\"soft\">The text is too long for a mail link: the mail that opens is cut off at its end. Copy the "
            + $"text from above.</span>")
        : Markup.Empty;
}

/// <summary>Registers what makes and opens public addresses.</summary>
internal static class SharingServices
{
    public static IServiceCollection AddSharing(this IServiceCollection services)
    {
        services.AddSettings<SharingOptions>(SharingOptions.Section);
        return services.AddSingleton<PublicAddresses>().AddSingleton<DraftSection>();
    }
}
