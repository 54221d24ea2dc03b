using LinkMonitor.Answers;
using LinkMonitor.Api;
using LinkMonitor.Auditing;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Links;

/// <summary>A watched link as the API shows it.</summary>
public sealed record LinkView
{
    public required string Id { get; init; }

    public required string ProjectId { get; init; }

    public required string Page { get; init; }

    public required string Target { get; init; }

    public required TargetMatch Match { get; init; }

    /// <summary>The key of its type; null for none.</summary>
    public required string? Type { get; init; }

    /// <summary>
    /// Which of <c>rel</c>, <c>anchor</c>, <c>placement</c> and <c>indexable</c> are as the type says; every other that is expected was
    /// given for this link.
    /// </summary>
    public required IReadOnlyList<string> FromType { get; init; }

    /// <summary>Null is "as first seen", here and below.</summary>
    public required string? Rel { get; init; }

    public required string? Anchor { get; init; }

    public required Placement? Placement { get; init; }

    public required bool? Indexable { get; init; }

    /// <summary>What is not watched.</summary>
    public required IReadOnlyList<string> Ignore { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required string? Note { get; init; }

    /// <summary>Its changes are reported to nobody, until <c>mutedUntil</c>.</summary>
    public required bool Muted { get; init; }

    /// <summary>When the muting ends, or ended, by itself; null for never.</summary>
    public required DateTimeOffset? MutedUntil { get; init; }

    /// <summary>What was agreed for a paid placement; null when nothing was.</summary>
    public required Terms? Terms { get; init; }

    public required LinkState State { get; init; }

    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>When the state began.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Findings that wait for their confirmation.</summary>
    public required IReadOnlyList<Suspicion> Suspicions { get; init; }

    /// <summary>What the first observation saw; null until the link was found.</summary>
    public required BaselineView? Baseline { get; init; }

    public required DateTimeOffset? LastCheckedAt { get; init; }

    /// <summary>The last check that really saw the page.</summary>
    public required DateTimeOffset? LastObservedAt { get; init; }

    /// <summary>The last check that saw the link.</summary>
    public required DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>
    /// What the last check saw of the page: <c>observed</c>, <c>gone</c>, or why it could not tell; null before the first check.
    /// </summary>
    public required CheckOutcome? Observation { get; init; }

    /// <summary>
    /// Whether the last check saw the page, so that the state rests on it and not on an earlier one; null before the first check.
    /// </summary>
    public required bool? Seen { get; init; }

    /// <summary>The last check that found the link; null before one did.</summary>
    public required Evidence? SeenEvidence { get; init; }

    /// <summary>The last check.</summary>
    public required Evidence? Evidence { get; init; }

    /// <summary>Another page that carries the link, to watch instead of this one; null when none was found.</summary>
    public required string? SuggestedPage { get; init; }

    /// <summary>
    /// What a person last said of the link when no check could tell; null when nobody did. It changes nothing else here, and holds until it
    /// ends or is superseded.
    /// </summary>
    public required AnswerView? Answer { get; init; }

    /// <summary>What was found in a document that somebody handed over and that waits for an answer; null for none.</summary>
    public required HandedPageView? HandedPage { get; init; }
    /// <summary>The case that was opened for it last, open or closed; null when there was none.</summary>
    public required string? CaseId { get; init; }

    /// <summary>The import that added it; null for one that was added otherwise.</summary>
    public required string? ImportId { get; init; }

    /// <summary>What other tools say of it, each with the day it was imported: their figures, never ours.</summary>
    public required IReadOnlyList<VendorNoteView> VendorNotes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Another one after every change of what people say of the link; a check leaves it. For <c>If-Match</c>.</summary>
    public required string Version { get; init; }

    /// <summary>What of that which people set is another one.</summary>
    internal static FieldChanges Difference(WatchedLink before, WatchedLink after) =>
        FieldChanges.Between(Of(before), Of(after), LinkJson.Default.LinkView, LinkJson.Default.LinkRequest);

    internal static LinkView Of(WatchedLink link) => new()
    {
        Id = link.Id.Value,
        ProjectId = link.ProjectId.Value,
        Page = link.Page.Href,
        Target = link.Expectation.Target.Href,
        Match = link.Expectation.Match,
        Type = link.Type,
        FromType = [.. FilledIn(link.TypeParts)],
        Rel = RelText.Write(link.Expectation.Rel),
        Anchor = link.Expectation.Anchor is { Kind: ExpectedKind.Exactly, Value: var anchor } ? anchor : null,
        Placement = link.Expectation.Placement is { Kind: ExpectedKind.Exactly, Value: var placement } ? placement : null,
        Indexable = link.Expectation.Indexable is { Kind: ExpectedKind.Exactly, Value: var indexable } ? indexable : null,
        Ignore = [.. Ignored(link.Expectation)],
        Tags = link.Tags,
        Note = link.Note,
        Muted = link.Muted,
        MutedUntil = link.MutedUntil,
        Terms = link.Terms,
        State = link.Status.State,
        Reasons = link.Status.Reasons,
        Since = link.Status.Since,
        Suspicions = link.Status.Suspicions,
        Baseline = link.Status.Baseline is { } baseline ? BaselineView.Of(baseline) : null,
        LastCheckedAt = link.Status.LastCheckedAt,
        LastObservedAt = link.Status.LastObservedAt,
        LastSeenAt = link.Status.LastSeenAt,
        Observation = link.Status.LastOutcome,
        Seen = StandingRule.IsTold(link.Status),
        SeenEvidence = link.Status.LastSeenEvidence,
        Evidence = link.Status.LastEvidence,
        SuggestedPage = link.Status.LastEvidence?.MovedTo?.Page.Href,
        Answer = AnswerView.Of(link),
        HandedPage = HandedPageView.Of(link.WaitingPage()),
        CaseId = link.CaseId,
        ImportId = link.ImportId,
        VendorNotes = [.. link.VendorNotes.Select(note => new VendorNoteView(note.Vendor, note.Date, note.Values))],
        CreatedAt = link.CreatedAt,
        Version = LinkVersion.Of(link),
    };

    private static IEnumerable<string> FilledIn(ExpectationParts parts)
    {
        if (parts.HasFlag(ExpectationParts.Rel))
            yield return "rel";
        if (parts.HasFlag(ExpectationParts.Anchor))
            yield return "anchor";
        if (parts.HasFlag(ExpectationParts.Placement))
            yield return "placement";
        if (parts.HasFlag(ExpectationParts.Indexable))
            yield return "indexable";
    }

    private static IEnumerable<string> Ignored(Expectation expectation)
    {
        if (expectation.Rel.Kind == ExpectedKind.Any)
            yield return "rel";
        if (expectation.Anchor.Kind == ExpectedKind.Any)
            yield return "anchor";
        if (expectation.Placement.Kind == ExpectedKind.Any)
            yield return "placement";
        if (expectation.Indexable.Kind == ExpectedKind.Any)
            yield return "indexable";
    }
}

/// <summary>What the first observation that found the link saw, as the API shows it.</summary>
public sealed record BaselineView
{
    /// <summary><c>follow</c>, or the qualifying tokens.</summary>
    public required string Rel { get; init; }

    public required string Anchor { get; init; }

    public required Placement Placement { get; init; }

    public required bool Hidden { get; init; }

    public required bool Indexable { get; init; }

    /// <summary>Whether the page itself said nofollow.</summary>
    public required bool PageNofollow { get; init; }

    /// <summary>Whether robots.txt kept Googlebot out of the page.</summary>
    public required bool GoogleDisallowed { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    internal static BaselineView Of(Baseline baseline) => new()
    {
        Rel = RelText.Write(baseline.Rel),
        Anchor = baseline.Anchor,
        Placement = baseline.Placement,
        Hidden = baseline.Hidden,
        Indexable = baseline.Indexable,
        PageNofollow = baseline.PageNofollow,
        GoogleDisallowed = baseline.GoogleDisallowed,
        SeenAt = baseline.SeenAt,
    };
}

/// <summary>What another tool says of a link.</summary>
/// <param name="Vendor">The tool.</param>
/// <param name="Date">The day of the import, in UTC.</param>
/// <param name="Values">By the name of the column in its file.</param>
public sealed record VendorNoteView(string Vendor, DateOnly Date, IReadOnlyDictionary<string, string> Values);

/// <summary>The version of what people say of a link; see <see cref="IfMatch.VersionOf"/>.</summary>
internal static class LinkVersion
{
    public static string Of(WatchedLink link) => IfMatch.VersionOf(
        new SaidOfLink(
            link.Page.Href, link.Expectation.ToString(), link.Type, link.Tags, link.Note, link.Muted, link.MutedUntil?.UtcTicks,
            link.Terms),
        LinkJson.Default.SaidOfLink);
}

/// <summary>What people say of a link: page, expectation, type, tags, note, whether it is muted (in ticks of UTC), terms.</summary>
internal sealed record SaidOfLink(
    string Page, string Expectation, string? Type, IReadOnlyList<string> Tags, string? Note, bool Muted, long? MutedUntil, Terms? Terms);
