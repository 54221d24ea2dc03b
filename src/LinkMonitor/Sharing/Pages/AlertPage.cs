using System.Globalization;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Wording;

namespace LinkMonitor.Sharing.Pages;

/// <summary>All that an alert reported, also what its mail had no room for; a part at a time.</summary>
internal static class AlertPage
{
    private const int MaxUrl = 300;
    private const int MaxText = 300;

    public static async Task<IResult> ShowAsync(
        string token, int? from, PublicAddresses addresses, IAlertStore alerts, ILinkStore links, CancellationToken cancellationToken)
    {
        if (await addresses.OpenAsync(token, PublicPurpose.Alert, cancellationToken) is not { Project: var project } opened
            || await alerts.GetAsync(project.Id, opened.Id, cancellationToken) is not { } alert)
            return PublicPage.NotFound;
        var keys = await alerts.GetChangeKeysAsync(alert, cancellationToken);
        var part = new AlertPart(Math.Clamp(from ?? 0, 0, Math.Max(0, keys.Count - 1)), keys.Count);
        string[] shown = [.. keys.Skip(part.From).Take(AlertPart.Size)];
        var changes = shown.Length == 0
            ? new RowsRead<LinkChange>([], []) : await links.GetChangesAsync(project.Id, shown, cancellationToken);
        var time = new ProjectTime(project.TimeZone, Language.English);
        return new PublicPage(WebText.Short(alert.Subject, MaxText), Markup.Of($"""
            <div class="card"><h1>{WebText.Short(alert.Subject, MaxText)}</h1>
            <p>Reported on {time.Write(alert.CreatedAt)} for the project {WebText.Short(project.Name, MaxText)}. {part.Words}</p>
            {PublicPage.LeavingOut(changes.SetAside.Count)}</div>
            {List(changes.Items, time, opened.Sign)}{part.Ways}
            """));
    }

    private static Markup List(IReadOnlyList<LinkChange> changes, ProjectTime time, Func<PublicSubject, string> sign) =>
        changes.Count == 0 ? Markup.Empty : Markup.Of($"""
        <div class="card"><h2>Changes</h2>
        <ul>{Markup.Join(changes.Select(change => Item(change, time, sign)))}</ul></div>
        """);

    private static Markup Item(LinkChange change, ProjectTime time, Func<PublicSubject, string> sign)
    {
        var why = string.Join(" ", change.Transition.ReasonsAfter.Select(reason => WebText.Said(reason.Message, MaxText)));
        var link = sign(new PublicSubject(PublicPurpose.Link, change.ProjectId, change.LinkId.Value));
        return Markup.Of($"""
            <li>{SharedLink.State(change.Transition.From)} → {SharedLink.State(change.Transition.To)}: <a href="{change.Page.Href}"
            rel="noreferrer nofollow">{WebText.Short(change.Page.Href, MaxUrl)}</a> → {WebText.Short(change.Target.Href, MaxUrl)}<br>
            <span class="soft">Since {time.Write(change.Transition.Since)}. {why}</span> <a href="../links/{link}">Details and
            history</a></li>
            """);
    }
}

/// <summary>
/// Which of an alert's changes one page shows, the oldest first: reading all of them, with their evidence, is not for whoever has an
/// address.
/// </summary>
/// <param name="From">How many come before, 0 or more.</param>
/// <param name="Of">How many there are.</param>
internal sealed record AlertPart(int From, int Of)
{
    public const int Size = 200;

    private int To => Math.Min(From + Size, Of);

    public string Words => Of switch
    {
        0 => "It reports no changes of single links.",
        1 => "It reports one change.",
        _ when To - From == Of => string.Create(CultureInfo.InvariantCulture, $"It reports {Of:N0} changes, all shown here."),
        _ => string.Create(CultureInfo.InvariantCulture, $"It reports {Of:N0} changes; these are {From + 1:N0} to {To:N0}."),
    };

    /// <summary>To the parts before and after.</summary>
    public Markup Ways => Markup.Of($"{Way(From > 0, Math.Max(0, From - Size), "Previous")}{Way(To < Of, To, "Next")}");

    private static Markup Way(bool isThere, int from, string words) => isThere
        ? Markup.Of($"""<a class="button second" href="?from={from.ToString(CultureInfo.InvariantCulture)}">{words}</a>""")
        : Markup.Empty;
}
