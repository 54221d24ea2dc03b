using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Filtering;

/// <summary>Every key of a filter line, one entry each; docs/filters.md has a row for each.</summary>
public static class FilterBy
{
    /// <summary>The value of <see cref="Observation"/> for links whose page the last check saw.</summary>
    public const string SeenPage = "seen";

    /// <summary>The value of <see cref="Observation"/> for links whose page the last check could not see.</summary>
    public const string UnseenPage = "unseen";

    /// <summary>The value of <see cref="Has"/> for links that a person has answered for, while that holds.</summary>
    internal const string Answer = "answer";

    /// <summary>A word without a key.</summary>
    public static FilterKey Text { get; } = new WrittenKey(
        "", "Text in the page's URL, the target's URL or the anchor, expected or found.", "\"text\"", AsWritten, HostPattern.InText);

    public static FilterKey State { get; } = Enumerated<LinkState>(
        "state", "The state.", "state:lost,changed", (link, value) => link.State == value);

    public static FilterKey Reason { get; } = Enumerated<ReasonCode>(
        "reason", "One of the reasons of the state.", "reason:rel-changed", (link, value) => link.Has(value));

    public static FilterKey Observation { get; } = new NameKey(
        "observation", "What the last check saw of the page; seen and unseen for whether it saw it at all.", "observation:unseen",
        Named<CheckOutcome>((link, value) => link.Look == value)
            .Append(new(SeenPage, static (link, _) => link.IsTold is true))
            .Append(new(UnseenPage, static (link, _) => link.IsTold is false))
            .ToDictionary());

    public static FilterKey Host { get; } = new WrittenKey(
        "host", "The page's host, without www.; * stands for any letters, and *.example.com also for example.com itself.",
        "host:*.example.com", HostPattern.Normalise, HostPattern.Of);

    public static FilterKey Page { get; } = new WrittenKey(
        "page", "Text in the page's URL.", "page:/blog/", AsWritten, HostPattern.InPage);

    public static FilterKey Target { get; } = new WrittenKey(
        "target", "Text in the target's URL.", "target:/pricing", AsWritten, HostPattern.InTarget);

    public static FilterKey Anchor { get; } = new WrittenKey(
        "anchor", "Text in the anchor as it was last found, or else as it is expected.", "anchor:\"best links\"", AsWritten,
        static text => link => HostPattern.IsIn(link.Anchor, text));

    public static FilterKey Rel { get; } = new NameKey(
        "rel", "What the rel said when the link was last found.", "rel:sponsored",
        new (string Name, RelQualifiers Token)[]
        {
            ("nofollow", RelQualifiers.Nofollow), ("sponsored", RelQualifiers.Sponsored), ("ugc", RelQualifiers.Ugc),
        }
        .Select(one => KeyValuePair.Create<string, Func<LinkFacts, long, bool>>(
            one.Name, (link, _) => link.FoundRel is { } rel && rel.HasFlag(one.Token)))
        .Prepend(new("follow", static (link, _) => link.FoundRel is RelQualifiers.None)).ToDictionary());

    public static FilterKey Type { get; } = new WrittenKey(
        "type", "The key of the link's type.", "type:guest-post", static text => (text.ToLowerInvariant(), null),
        static key => link => link.Type == key);

    public static FilterKey Tag { get; } = new WrittenKey(
        "tag", "A tag of the link, compared without case.", "tag:\"spring sale\"", AsWritten,
        static tag => link => link.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase));

    public static FilterKey Vendor { get; } = new WrittenKey(
        "vendor", "Who sold the placement, compared without case.", "vendor:\"Acme Media\"", AsWritten, OfVendor);

    public static FilterKey Cost { get; } = new AmountKey(
        "cost", "The cost as agreed, a number in whatever currency.", "cost:>100");

    public static FilterKey Currency { get; } = new WrittenKey(
        "currency", "The currency of the cost.", "currency:EUR", static text => (text.Trim().ToUpperInvariant(), null),
        static code => link => link.Terms is { Cost: not null, Currency: { } currency } && currency == code);

    public static FilterKey Ends { get; } = new DayKey(
        "ends", "The last day that is paid for, today or later: in fewer or more days, or by date.", "ends:<30d",
        static terms => terms.Ends, isPast: false, nearest: 0);

    public static FilterKey Ended { get; } = new DayKey(
        "ended", "The last day that was paid for, before today.", "ended:<90d", static terms => terms.Ends, isPast: true, nearest: 1);

    public static FilterKey Starts { get; } = new DayKey(
        "starts", "The first day that is paid for, after today.", "starts:<7d", static terms => terms.Starts, isPast: false, nearest: 1);

    public static FilterKey Started { get; } = new DayKey(
        "started", "The first day that is paid for, today or before.", "started:>1y", static terms => terms.Starts, isPast: true,
        nearest: 0);

    public static FilterKey Seen { get; } = new InstantKey(
        "seen", "When the link was last seen alive: less or more than so long ago, or by date.", "seen:>7d",
        static link => link.LastSeenAt);

    public static FilterKey Since { get; } = new InstantKey(
        "since", "When the state began.", "since:<7d", static link => link.Since);

    public static FilterKey Checked { get; } = new InstantKey(
        "checked", "When the page was last checked.", "checked:>2d", static link => link.LastCheckedAt);

    public static FilterKey Added { get; } = new InstantKey(
        "added", "When the link was registered.", "added:>=2026-11-01", static link => link.CreatedAt);

    public static FilterKey Muted { get; } = new NameKey(
        "muted", "Whether nobody is notified of its changes now.", "muted:yes",
        new Dictionary<string, Func<LinkFacts, long, bool>>
        {
            ["yes"] = static (link, now) => link.MutedUntil > now,
            ["no"] = static (link, now) => link.MutedUntil <= now,
        });

    public static FilterKey Is { get; } = new NameKey(
        "is", "What it is now: muted, suspected (a finding is not confirmed yet) or answered (by a person, where no check could tell).",
        "is:muted",
        new Dictionary<string, Func<LinkFacts, long, bool>>
        {
            ["muted"] = static (link, now) => link.MutedUntil > now,
            ["suspected"] = static (link, _) => link.IsSuspected,
            ["answered"] = static (link, now) => link.AnsweredUntil > now,
        });

    public static FilterKey Has { get; } = new NameKey(
        "has", "Whether there is one at all.", "-has:tag",
        new Dictionary<string, Func<LinkFacts, long, bool>>
        {
            ["tag"] = static (link, _) => link.Tags.Count > 0,
            ["type"] = static (link, _) => link.Type is not null,
            ["note"] = static (link, _) => link.HasNote,
            ["reason"] = static (link, _) => link.Reasons != 0,
            ["anchor"] = static (link, _) => !string.IsNullOrEmpty(link.Anchor),
            [Answer] = static (link, now) => link.AnsweredUntil > now,
            ["suspicion"] = static (link, _) => link.IsSuspected,
            ["terms"] = static (link, _) => link.Terms is not null,
            ["vendor"] = static (link, _) => link.Terms is { VendorKey.Length: > 0 },
            ["cost"] = static (link, _) => link.Terms?.Cost is not null,
            ["currency"] = static (link, _) => link.Terms is { Currency.Length: > 0 },
            ["starts"] = static (link, _) => link.Terms is { Starts: not 0 },
            ["ends"] = static (link, _) => link.Terms is { Ends: not 0 },
            ["rel"] = static (link, _) => link.FoundRel is not null,
            ["observation"] = static (link, _) => link.Look is not null,
            ["checked"] = static (link, _) => link.LastCheckedAt != 0,
            ["seen"] = static (link, _) => link.LastSeenAt != 0,
        });

    /// <summary>Those with a name, in the order in which people are told of them.</summary>
    public static IReadOnlyList<FilterKey> All { get; } =
    [
        State, Reason, Observation, Host, Page, Target, Anchor, Rel, Type, Tag, Vendor, Cost, Currency, Starts, Started, Ends, Ended,
        Seen, Since, Checked, Added, Muted, Is, Has,
    ];

    /// <summary>Null when there is no such key.</summary>
    public static FilterKey? Find(string name) =>
        All.FirstOrDefault(key => string.Equals(key.Name, name, StringComparison.OrdinalIgnoreCase));

    private static (string? Text, string? Problem) AsWritten(string text) => (text, null);

    private static Func<LinkFacts, bool> OfVendor(string vendor)
    {
        var key = VendorName.Key(vendor);
        return link => link.Terms is { } terms && terms.VendorKey == key && key.Length > 0;
    }

    private static NameKey Enumerated<TEnum>(string name, string meaning, string example, Func<LinkFacts, TEnum, bool> test)
        where TEnum : struct, Enum =>
        new(name, meaning, example, Named(test).ToDictionary());

    private static IEnumerable<KeyValuePair<string, Func<LinkFacts, long, bool>>> Named<TEnum>(Func<LinkFacts, TEnum, bool> test)
        where TEnum : struct, Enum =>
        Enum.GetValues<TEnum>().Select(value => KeyValuePair.Create<string, Func<LinkFacts, long, bool>>(
            WireName.Of(value), (link, _) => test(link, value)));
}
