using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Api.Queries;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Filtering;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Paging;
using Microsoft.AspNetCore.Mvc;

namespace LinkMonitor.Links;

/// <summary>
/// A link to watch. Every part of the expectation that is absent is as the link's type says, or else "as first seen"; when the link is
/// registered already, what is absent stays as it is.
/// </summary>
public sealed record LinkRequest : IRequestBody<LinkRequest>
{
    static JsonTypeInfo<LinkRequest> IRequestBody<LinkRequest>.Shape => LinkJson.Default.LinkRequest;

    /// <summary>The page that should carry the link: an http or https URL.</summary>
    public string? Page { get; init; }

    /// <summary>Where the link should point: an http or https URL.</summary>
    public string? Target { get; init; }

    /// <summary><c>page</c> (default), <c>exact</c>, <c>prefix</c> or <c>host</c>.</summary>
    public string? Match { get; init; }

    /// <summary>
    /// The key of one of the project's types, for example <c>guest-post</c>: what is expected where this request does not say. Null in a
    /// PATCH takes it away.
    /// </summary>
    public string? Type { get; init; }

    /// <summary><c>follow</c>, <c>any</c>, or one or more of <c>nofollow</c>, <c>sponsored</c>, <c>ugc</c>.</summary>
    public string? Rel { get; init; }

    /// <summary>The anchor text, at most 1,000 characters.</summary>
    public string? Anchor { get; init; }

    /// <summary><c>main</c>, <c>nav</c>, <c>header</c>, <c>footer</c>, <c>aside</c> or <c>comments</c>.</summary>
    public string? Placement { get; init; }

    /// <summary>Whether search engines must be allowed to index the page.</summary>
    public bool? Indexable { get; init; }

    /// <summary>What is not watched: any of <c>rel</c>, <c>anchor</c>, <c>placement</c>, <c>indexable</c>.</summary>
    public IReadOnlyList<string>? Ignore { get; init; }

    /// <summary>At most 20, each 1 to 50 characters.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Your own words, at most 2,000 characters.</summary>
    public string? Note { get; init; }

    /// <summary>True keeps the link's changes out of all alerts, until <c>mutedUntil</c> or for ever; they are kept all the same.</summary>
    public bool? Muted { get; init; }

    /// <summary>When the muting ends by itself; given alone it mutes.</summary>
    public DateTimeOffset? MutedUntil { get; init; }

    /// <summary>What was agreed for a paid placement. What is absent stays as it is.</summary>
    public TermsRequest? Terms { get; init; }
}

/// <summary>
/// How many links there are, by state and by what the last check saw of their pages. States and observations without links are left out.
/// </summary>
/// <param name="NotSeen">Of all: the last check could not see the page, so the state rests on an earlier one.</param>
/// <param name="Unreadable">How many more there are whose stored rows cannot be read: they are in no other number.</param>
public sealed record LinkCounts(
    int Total, int NotSeen, IReadOnlyList<StateCount> States, IReadOnlyList<ObservationCount> Observations, int Unreadable);

/// <summary>Reads the query of a list of links, whose names were checked before (<see cref="LinkQuery"/>).</summary>
internal static class LinkFilterReader
{
    public static LinkFilter Read(LinkQuery query) => new()
    {
        State = Name<LinkState>(query.State),
        Reason = Name<ReasonCode>(query.Reason),
        Observation = Name<CheckOutcome>(query.Observation),
        Seen = query.Seen,
        Host = NullIfEmpty(query.Host),
        Tag = NullIfEmpty(query.Tag),
        Vendor = NullIfEmpty(query.Vendor),
        Text = NullIfEmpty(query.Text),
    };

    /// <summary>The line of a query whose parameters were checked: its filter, and a term for each of the others.</summary>
    public static FilterLine ReadLine(LinkQuery query)
    {
        (FilterKey Key, string? Value)[] given =
        [
            (FilterBy.State, query.State), (FilterBy.Reason, query.Reason), (FilterBy.Observation, query.Observation),
            (FilterBy.Observation, query.Seen switch { true => FilterBy.SeenPage, false => FilterBy.UnseenPage, _ => null }),
            (FilterBy.Tag, query.Tag), (FilterBy.Vendor, query.Vendor), (FilterBy.Text, query.Text),
        ];
        var terms = given.Where(one => NullIfEmpty(one.Value) is not null).Select(one => FilterTerm.Of(one.Key, one.Value!.Trim()));
        if (NullIfEmpty(query.Host) is { } host)
            terms = terms.Append(OfHost(host));
        return (FilterParser.Read(query.Filter).Line ?? FilterLine.All).And(FilterLine.Of(terms));
    }

    // What is no host is no link's.
    private static FilterTerm OfHost(string host) =>
        FilterBy.Host.Read(host) is { Value: not null } && !host.Contains('*', StringComparison.Ordinal)
            ? FilterTerm.Of(FilterBy.Host, host)
            : FilterTerm.Of(FilterBy.Host, "*", isNegated: true);

    private static TEnum? Name<TEnum>(string? text) where TEnum : struct, Enum =>
        WireName.TryParse<TEnum>(text, out var value) ? value : null;

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>The JSON of the API for links.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(LinkRequest))]
[JsonSerializable(typeof(LinkView))]
[JsonSerializable(typeof(SliceView<LinkView>))]
[JsonSerializable(typeof(LinkBatchResult))]
[JsonSerializable(typeof(LinkCounts))]
[JsonSerializable(typeof(BulkRequest))]
[JsonSerializable(typeof(BulkResult))]
[JsonSerializable(typeof(UndoResult))]
[JsonSerializable(typeof(SaidOfLink))]
internal sealed partial class LinkJson : JsonSerializerContext;

/// <summary>The query by which links are chosen; what is absent does not restrict.</summary>
internal sealed record LinkQuery
{
    /// <summary>Whether it has a filter line: then it is answered from memory.</summary>
    public bool HasLine => !string.IsNullOrWhiteSpace(Filter);

    [NameOf<LinkState>]
    [FromQuery(Name = "state")]
    public string? State { get; init; }

    [NameOf<ReasonCode>]
    [FromQuery(Name = "reason")]
    public string? Reason { get; init; }

    /// <summary>What the last check saw of the page.</summary>
    [NameOf<CheckOutcome>]
    [FromQuery(Name = "observation")]
    public string? Observation { get; init; }

    /// <summary>Whether the last check saw the page.</summary>
    [FromQuery(Name = "seen")]
    public bool? Seen { get; init; }

    [FromQuery(Name = "host")]
    public string? Host { get; init; }

    [NoLongerThan(WrittenKey.MaxLength)]
    [FromQuery(Name = "tag")]
    public string? Tag { get; init; }

    [NoLongerThan(WrittenKey.MaxLength)]
    [FromQuery(Name = "vendor")]
    public string? Vendor { get; init; }

    /// <summary>A filter line; what it says must hold beside the other parameters.</summary>
    [ReadableFilter]
    [FromQuery(Name = "filter")]
    public string? Filter { get; init; }

    [NoLongerThan(WrittenKey.MaxLength)]
    [FromQuery(Name = "q")]
    public string? Text { get; init; }
}

/// <summary>The <c>?filter=</c> of a list of links: everything that is wrong with it is reported, with its places.</summary>
internal sealed class ReadableFilterAttribute : QueryRuleAttribute
{
    public override string? Problem(string text, RouteValueDictionary route) =>
        FilterParser.Read(text).Problems is { Count: > 0 } problems ? string.Join(' ', problems) : null;
}

/// <summary>A query parameter that is looked for as text.</summary>
internal sealed class NoLongerThanAttribute(int length) : QueryRuleAttribute
{
    public override string? Problem(string text, RouteValueDictionary route) =>
        text.Length > length ? $"At most {length} characters; it has {text.Length}." : null;
}

/// <summary>The <c>?cursor=</c> of a list of links, with a filter line or without.</summary>
internal sealed class LinkCursorAttribute() : CursorOfAttribute(ListNames.Links, "projectId")
{
    public override string? Problem(string text, RouteValueDictionary route) =>
        PlaceCursor.IsOf(new ProjectId(route["projectId"]?.ToString() ?? string.Empty), text) ? null : base.Problem(text, route);
}

/// <summary>Counts links one after the other, by state and by what the last check saw of their pages.</summary>
internal sealed class LinkTally
{
    private readonly SortedDictionary<(LinkState State, CheckOutcome? Outcome, bool IsTold), int> _counts = [];
    private int _unreadable;

    public void AddUnreadable(int rows) => _unreadable += rows;

    public void Add(WatchedLink link) => Add(link.Status.State, link.Status.LastOutcome, StandingRule.IsTold(link.Status));

    /// <param name="isTold">Whether the last check could tell how the link is; null before the first.</param>
    public void Add(LinkState state, CheckOutcome? look, bool? isTold)
    {
        var kind = (state, look, isTold is not false);
        _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
    }

    public LinkCounts ToCounts() => new(
        _counts.Values.Sum(),
        NotSeen(_counts),
        [
            .. _counts.GroupBy(count => count.Key.State)
            .Select(state => new StateCount(state.Key, state.Sum(count => count.Value), NotSeen(state))),
        ],
        [
            .. _counts.Where(count => count.Key.Outcome is not null)
                .GroupBy(count => count.Key.Outcome!.Value)
                .OrderBy(outcome => outcome.Key)
                .Select(outcome => new ObservationCount(outcome.Key, outcome.Sum(count => count.Value))),
        ],
        _unreadable);

    private static int NotSeen(IEnumerable<KeyValuePair<(LinkState State, CheckOutcome? Outcome, bool IsTold), int>> counts) =>
        counts.Where(count => !count.Key.IsTold).Sum(count => count.Value);
}

/// <summary>The links whose last check saw the same of their pages; links that were never checked are in none.</summary>
public sealed record ObservationCount(CheckOutcome Observation, int Count);

/// <summary>The links of one state.</summary>
/// <param name="NotSeen">Of these: the last check could not see the page.</param>
public sealed record StateCount(LinkState State, int Count, int NotSeen);
