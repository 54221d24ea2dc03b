using System.Text.Json.Serialization;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Links;

/// <summary>A page, a target and an expectation in one project, with the state we hold true.</summary>
public sealed record WatchedLink
{
    public required ProjectId ProjectId { get; init; }

    public required LinkId Id { get; init; }

    public required PageKey PageKey { get; init; }

    public required WebUrl Page { get; init; }

    public required Expectation Expectation { get; init; }

    /// <summary>The key of its type, which may be of no type any more; null for none.</summary>
    public string? Type { get; init; }

    /// <summary>
    /// The parts of <see cref="Expectation"/> that the type filled in. They follow the type when that is changed, as do those that are "as
    /// first seen"; every other part was given for this link and stays.
    /// </summary>
    public ExpectationParts TypeParts { get; init; }

    /// <summary>At most 20, each 1 to 50 characters.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The user's own words, at most 2,000 characters.</summary>
    public string? Note { get; init; }

    /// <summary>Nobody is notified of its changes, which are kept all the same; see <see cref="IsMutedAt"/>.</summary>
    public bool Muted { get; init; }

    /// <summary>When the muting ends by itself; null for never. Means nothing unless <see cref="Muted"/>.</summary>
    public DateTimeOffset? MutedUntil { get; init; }

    /// <summary>
    /// The act (<see cref="Undoable.Id"/>) that muted or unmuted it last; null when somebody has said that otherwise since.
    /// </summary>
    public string? MuteAct { get; init; }

    /// <summary>The act (<see cref="Undoable.Id"/>) that gave it its type; null when somebody has said that otherwise since.</summary>
    public string? TypeAct { get; init; }

    /// <summary>What was agreed for a paid placement; null when nothing was.</summary>
    public Terms? Terms { get; init; }

    /// <summary>
    /// The last answer of a person, which may have ended (<see cref="SightOfPeople.AnswerAt"/>); null when nobody gave one or it was taken
    /// back.
    /// </summary>
    public HumanAnswer? Answer { get; init; }

    /// <summary>
    /// The document that somebody handed over last, until it is answered by (<see cref="SightOfPeople.WaitingPage"/>); null for none.
    /// </summary>
    public HandedPage? HandedPage { get; init; }

    /// <summary>The link whose place it took, when somebody gave that one another page, target or match; null for none.</summary>
    public LinkId? Replaces { get; init; }

    /// <summary>The case that was opened for it last, open or closed; null when there was none.</summary>
    public string? CaseId { get; init; }

    /// <summary>The import that added it; null for one that was added otherwise.</summary>
    public string? ImportId { get; init; }

    /// <summary>What other tools say of it, one note a tool, at most <see cref="VendorNote.MostTools"/>.</summary>
    public IReadOnlyList<VendorNote> VendorNotes { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The trace of its registration, as a W3C <c>traceparent</c>; null when nobody recorded one.</summary>
    public string? Trace { get; init; }

    public required LinkStatus Status { get; init; }

    /// <summary>The version that was read; null for one that is not stored yet.</summary>
    public string? ETag { get; init; }

    /// <summary>
    /// The link with what a tool says of it; what the same tool said before goes, and the oldest note when there are too many.
    /// </summary>
    public WatchedLink WithNote(VendorNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        return VendorNotes.Any(one => one.IsSame(note))
            ? this
            : this with
            {
                VendorNotes =
                [
                    .. VendorNotes.Where(one => one.Vendor != note.Vendor).OrderByDescending(one => one.Date)
                        .Take(VendorNote.MostTools - 1),
                    note,
                ],
            };
    }

    public bool IsMutedAt(DateTimeOffset now) => Muted && (MutedUntil is not { } end || now < end);
}

/// <summary>What another tool said of a link, and when it was imported: its figures, never ours.</summary>
/// <param name="Vendor">The name of the tool, at most 60 characters.</param>
/// <param name="Date">The day of the import, in UTC.</param>
/// <param name="Values">By the name of the column; at most <see cref="MostValues"/>, each at most 200 characters.</param>
public sealed record VendorNote(string Vendor, DateOnly Date, IReadOnlyDictionary<string, string> Values)
{
    public const int MostTools = 5;
    public const int MostValues = 40;

    /// <summary>Whether another note says the same of the same day.</summary>
    public bool IsSame(VendorNote other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Vendor == other.Vendor && Date == other.Date && Values.Count == other.Values.Count
            && Values.All(value => other.Values.TryGetValue(value.Key, out var same) && same == value.Value);
    }
}

/// <summary>Hosts as people compare them.</summary>
public static class HostName
{
    /// <summary>Lower-case, without <c>www.</c> and without a root dot; empty for none.</summary>
    public static string ForFilter(string? host) => WwwPrefix.Remove((host ?? "").Trim().TrimEnd('.').ToLowerInvariant());
}

/// <summary>Which links of a project are wanted; parts that are null do not restrict.</summary>
public sealed record LinkFilter
{
    public static LinkFilter None { get; } = new();

    public LinkState? State { get; init; }

    public ReasonCode? Reason { get; init; }

    /// <summary>What the last check saw of the page.</summary>
    public CheckOutcome? Observation { get; init; }

    /// <summary>Whether the last check saw the page, or its absence; a link that was never checked is neither.</summary>
    public bool? Seen { get; init; }

    /// <summary>The page's host, compared without case and without <c>www.</c></summary>
    public string? Host { get; init; }

    public string? Tag { get; init; }

    /// <summary>The vendor of the terms, compared by <see cref="VendorName.Key"/>.</summary>
    public string? Vendor { get; init; }

    /// <summary>True for links whose terms name a vendor, whoever it is.</summary>
    public bool HasVendor { get; init; }

    /// <summary>Part of the page's URL, the target's URL or the anchor, expected or found, compared without case.</summary>
    public string? Text { get; init; }
}

/// <summary>A filter in two parts: what the service can leave out, and what we must.</summary>
internal static class LinkFiltering
{
    /// <summary>Conditions on state, host and vendor.</summary>
    public static IReadOnlyList<ColumnCondition> Conditions(LinkFilter filter)
    {
        List<ColumnCondition> conditions = [];
        if (filter.State is { } state)
            conditions.Add(new(LinkRow.State, WireName.Of(state)));
        if (filter.Host is { } host)
            conditions.Add(new(LinkRow.Host, HostName.ForFilter(host)));
        if (filter.Vendor is { } vendor)
            conditions.Add(new(LinkRow.Vendor, VendorName.Key(vendor)));
        else if (filter.HasVendor)
            conditions.Add(new(LinkRow.Vendor, null));
        return conditions;
    }

    /// <summary>The rest: the service knows no "contains".</summary>
    public static bool IsWanted(WatchedLink link, LinkFilter filter) =>
        (filter.Observation is not { } outcome || link.Status.LastOutcome == outcome)
        && (filter.Seen is not { } seen || StandingRule.IsTold(link.Status) == seen)
        && (filter.Reason is not { } code || link.Status.Reasons.Any(reason => reason.Code == code))
        && (filter.Tag is not { } tag || link.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase))
        && (filter.Text is not { } text || Contains(link, text));

    private static bool Contains(WatchedLink link, string text) =>
        link.Page.Href.Contains(text, StringComparison.OrdinalIgnoreCase)
        || link.Expectation.Target.Href.Contains(text, StringComparison.OrdinalIgnoreCase)
        || (link.Expectation.Anchor is { Kind: ExpectedKind.Exactly, Value: { } anchor }
            && anchor.Contains(text, StringComparison.OrdinalIgnoreCase))
        || LinkFacts.FoundAnchorOf(link.Status)?.Contains(text, StringComparison.OrdinalIgnoreCase) is true;
}

/// <summary>Vendors as people compare them.</summary>
public static class VendorName
{
    /// <summary>
    /// Without white space around, with single spaces inside, and without case: two spellings with the same key are one vendor. Empty for
    /// none.
    /// </summary>
    public static string Key(string? vendor) => Tidy(vendor).ToUpperInvariant();

    /// <summary>A name for addresses, the same for all spellings: <c>vnd_</c> and a hash. Null for no vendor.</summary>
    public static string? IdOf(string? vendor) => Key(vendor) is { Length: > 0 } key ? IdPrefix + ShortHash.Of(key) : null;

    /// <summary>
    /// Of all spellings that are in use the most frequent, so that the name does not change with the order in which links are read; with
    /// single spaces.
    /// </summary>
    /// <param name="spellings">At least one, each with how many links have it.</param>
    public static string Best(IEnumerable<KeyValuePair<string, int>> spellings) => spellings
        .GroupBy(spelling => Tidy(spelling.Key), spelling => spelling.Value, StringComparer.Ordinal)
        .OrderByDescending(spelling => spelling.Sum()).ThenBy(spelling => spelling.Key, StringComparer.Ordinal).First().Key;

    private static string Tidy(string? vendor) =>
        string.Join(' ', (vendor ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private const string IdPrefix = "vnd_";
}

/// <summary>What was agreed for a paid placement. Every part may be missing, but not all of them: then there are no terms.</summary>
public sealed record Terms
{
    /// <summary>Who sold the placement, 1 to 200 characters.</summary>
    public string? Vendor { get; init; }

    /// <summary>
    /// 0 to 999,999,999 with at most as many decimals as the currency has; what it pays for is in <see cref="CostPeriod"/>.
    /// </summary>
    public decimal? Cost { get; init; }

    /// <summary>ISO 4217, upper-case; given whenever there is a cost.</summary>
    public string? Currency { get; init; }

    /// <summary><see cref="CostPeriod.Term"/> by default.</summary>
    public CostPeriod CostPeriod { get; init; }

    /// <summary>The first day that is paid for. Given whenever there are a cost for the term and an end.</summary>
    public DateOnly? Start { get; init; }

    /// <summary>The last day that is paid for, not before <see cref="Start"/>; null for a placement without an end.</summary>
    public DateOnly? End { get; init; }

    /// <summary>Whom to write to: an e-mail address or free text, 1 to 200 characters.</summary>
    public string? Contact { get; init; }

    /// <summary>The reference of the invoice or the order, 1 to 200 characters.</summary>
    public string? Invoice { get; init; }

    /// <summary>Null when nothing was agreed on: the period alone says nothing.</summary>
    public static Terms? NullIfEmpty(Terms terms) =>
        (terms with { CostPeriod = default }) == new Terms() ? null : terms;
}

/// <summary>What the cost of a placement pays for.</summary>
[JsonConverter(typeof(WireNameJsonConverter<CostPeriod>))]
public enum CostPeriod
{
    /// <summary>The whole term from start to end, both days included; without an end, once and for as long as the page stands.</summary>
    Term,

    /// <summary>Every month of 30.4375 days (a year of 365.25 days in twelve parts), from the start to the end or without an end.</summary>
    Month,
}
