using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Placements;
using LinkMonitor.Storage.Links;
using LinkMonitor.Wording;

namespace LinkMonitor.Outreach;

/// <summary>
/// What the placeholders of a template stand for. Every value is made fit to be read first: on one line, with control and bidirectional
/// characters shown, for most of it comes from other people's pages. Only the findings have lines, and these are ours.
/// </summary>
internal static class OutreachValues
{
    private const int MaxUrl = 2_083;
    private const int MaxHtml = 1_000;
    private const int MaxText = 300;
    private const string NoLink = "no such link on the page";

    /// <summary>The placeholders there are, with what each stands for; docs/placements.md says it to users.</summary>
    public static readonly IReadOnlyDictionary<string, string> Known = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["greeting"] = "Hello with the vendor's name, or just Hello",
        ["page"] = "the page's URL",
        ["host"] = "the page's host",
        ["target"] = "the URL that the link should point to",
        ["anchor"] = "the agreed anchor text, or the one first seen",
        ["since"] = "the day when the state began",
        ["lastAgreed"] = "the day when the link was last seen as agreed",
        ["checked"] = "the day of the check that found this",
        ["findings"] = "a sentence for each thing that is wrong, each on a line",
        ["htmlBefore"] = "the link's HTML as it was",
        ["htmlNow"] = "the link's HTML now, or that there is none",
        ["htmlWanted"] = "the HTML to ask for",
        ["status"] = "how the page answers, for example HTTP 404",
        ["finalUrl"] = "where the page's redirects end",
        ["canonical"] = "the canonical that the page names",
        ["movedTo"] = "another page that carries the link, if one was found",
        ["vendor"] = "of the terms",
        ["contact"] = "of the terms",
        ["invoice"] = "of the terms",
        ["cost"] = "of the terms, with its currency",
        ["start"] = "of the terms",
        ["end"] = "of the terms",
        ["reference"] = "invoice and term, as far as known",
        ["project"] = "the project's name",
    };

    public static Dictionary<string, string> Of(OutreachCase one)
    {
        var (link, before, now) = (one.Link, one.Agreed, one.Now);
        var zone = LocalTimes.Find(one.Project.TimeZone);
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["page"] = Cut(link.Page.Href, MaxUrl),
            ["host"] = WebText.ShortHost(link.Page.Host ?? "", MaxText),
            ["target"] = Cut(link.Expectation.Target.Href, MaxUrl),
            ["anchor"] = Cut(WantedHtml.Anchor(link, before), MaxText),
            ["since"] = Day(link.Status.Since, zone),
            ["lastAgreed"] = Day(before?.CheckedAt, zone),
            ["checked"] = Day(now?.CheckedAt, zone),
            ["findings"] = OutreachFindings.Write(link.Status.Reasons, now),
            ["htmlBefore"] = Cut(before?.Snippet, MaxHtml),
            ["htmlNow"] = HtmlNow(one),
            ["htmlWanted"] = Cut(WantedHtml.Write(link, before), MaxHtml),
            ["status"] = now?.Status is { } status ? string.Create(CultureInfo.InvariantCulture, $"HTTP {status}") : null,
            ["finalUrl"] = Cut(now?.FinalUrl, MaxUrl),
            ["canonical"] = Cut(now?.Canonical, MaxUrl),
            ["movedTo"] = Cut(link.Status.LastEvidence?.MovedTo?.Page.Href, MaxUrl),
            ["project"] = Cut(one.Project.Name, MaxText),
        };

        // Where the link itself is as it should be, what is wrong stands in the findings: nobody is asked for what is there.
        if (values["htmlNow"] is { } html && html == values["htmlWanted"])
            values["htmlWanted"] = values["htmlBefore"] = null;
        AddTerms(values, link.Terms);
        return values.ToDictionary(value => value.Key, value => value.Value ?? "", StringComparer.Ordinal);
    }

    private static void AddTerms(Dictionary<string, string?> values, Terms? terms)
    {
        var vendor = Cut(terms?.Vendor, MaxText);
        var (start, end) = (Day(terms?.Start), Day(terms?.End));
        values["greeting"] = vendor is null ? "Hello," : $"Hello {vendor},";
        values["vendor"] = vendor;
        values["contact"] = Cut(terms?.Contact, MaxText);
        values["invoice"] = Cut(terms?.Invoice, MaxText);
        values["cost"] = terms is null ? null : PlacementCost.Whole(terms)?.ToString();
        values["start"] = start;
        values["end"] = end;
        values["reference"] = Reference(values["invoice"], start, end);
    }

    private static string? Reference(string? invoice, string? start, string? end)
    {
        var term = (start, end) switch
        {
            ({ } from, { } to) => $"{from} to {to}",
            ({ } from, null) => $"from {from}",
            (null, { } to) => $"until {to}",
            _ => null,
        };
        string?[] parts = [invoice is null ? null : $"invoice {invoice}", term];
        var known = string.Join(", ", parts.OfType<string>());
        return known.Length == 0 ? null : known;
    }

    private static string? HtmlNow(OutreachCase one) => one.Now switch
    {
        { Snippet: { } html } when one.Link.Status.State == LinkState.Changed => Cut(html, MaxHtml),
        { Observation: ObservationKind.Observed } => NoLink,
        { Status: { } status } => string.Create(CultureInfo.InvariantCulture, $"the page answers HTTP {status}"),
        _ => null,
    };

    private static string? Cut(string? text, int length) => string.IsNullOrWhiteSpace(text) ? null : WebText.Short(text, length);

    private static string? Day(DateTimeOffset? time, TimeZoneInfo zone) => time is { } known ? Day(LocalTimes.Day(known, zone)) : null;

    private static string? Day(DateOnly? day) => day?.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}

/// <summary>What was found, in words for the owner of the page: our own messages give advice to the owner of the target.</summary>
internal static class OutreachFindings
{
    private const int MaxValue = 300;

    /// <summary>A sentence for each reason that the page's owner can mend, on a line of its own.</summary>
    /// <param name="now">The check to speak of.</param>
    public static string Write(IEnumerable<Reason> reasons, Evidence? now) =>
        string.Join('\n', reasons.Where(reason => !OwnSide.Is(reason.Code)).Select(reason => Sentence(reason, now)));

    private static string Sentence(Reason reason, Evidence? now)
    {
        var entry = ReasonCatalogue.Of(reason.Code);

        // A name that gave an answer exists.
        if (reason.Code == ReasonCode.DomainGone && now?.Status is not null)
            return "The site's domain shows a page of its provider or of a domain dealer, in place of the site.";
        if (entry.OwnerSubject is not { } subject || (entry.OwnerSentence is not null && reason.Expected == reason.Found))
            return entry.OwnerSentence ?? $"{entry.Label}.";
        return Difference(subject, reason);
    }

    private static string Difference(string what, Reason reason) => (reason.Expected, reason.Found) switch
    {
        ({ } expected, { } found) => $"{what} is \"{Value(found)}\"; we expected \"{Value(expected)}\".",
        (null, { } found) => $"{what} is \"{Value(found)}\".",
        ({ } expected, null) => $"{what} is not \"{Value(expected)}\", as we expected.",
        _ => $"{what} is not as we expected.",
    };

    private static string Value(string text) => WebText.Short(text, MaxValue);
}

/// <summary>The HTML to ask for.</summary>
internal static class WantedHtml
{
    private const string CutMark = "…";
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>
    /// To the letter as it was when all was well, if that is known whole. Otherwise written anew from what is expected, where nothing is
    /// expected from what was first seen, and at last from the target alone.
    /// </summary>
    public static string Write(WatchedLink link, Evidence? before)
    {
        if (before?.Snippet is { Length: > 0 } seen && !seen.EndsWith(CutMark, StringComparison.Ordinal))
            return seen;

        var target = Encoder.Encode(
            link.Expectation.Match is TargetMatch.Page or TargetMatch.Exact
                ? link.Expectation.Target.Href
                : before?.LinkUrl ?? link.Expectation.Target.Href);
        var rel = Rel(link) is { } tokens and not RelQualifiers.None ? $" rel=\"{RelText.Write(tokens)}\"" : "";
        return $"<a href=\"{target}\"{rel}>{Encoder.Encode(Anchor(link, before) ?? link.Expectation.Target.Href)}</a>";
    }

    /// <summary>The agreed anchor text; null when none is known.</summary>
    public static string? Anchor(WatchedLink link, Evidence? before)
    {
        var anchor = link.Expectation.Anchor is { Kind: ExpectedKind.Exactly, Value: { } exact }
            ? exact : before?.Anchor ?? link.Status.Baseline?.Anchor;
        return string.IsNullOrWhiteSpace(anchor) ? null : anchor;
    }

    private static RelQualifiers? Rel(WatchedLink link) => link.Expectation.Rel.Kind switch
    {
        ExpectedKind.Exactly => link.Expectation.Rel.Value,
        ExpectedKind.AsFirstSeen => link.Status.Baseline?.Rel,

        // Nobody is asked to change what is not watched.
        _ => link.Status.LastSeenEvidence?.Rel is { } seen ? RelText.Qualifiers(seen) : null,
    };
}
