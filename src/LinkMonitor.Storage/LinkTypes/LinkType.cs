using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.LinkTypes;

/// <summary>
/// What links have in common: what is expected of them where nobody says otherwise, and what of them is reported at once.
/// </summary>
public sealed record LinkType
{
    /// <summary>The most characters of a key and of a name.</summary>
    public const int MaxName = 60;

    /// <summary>In lower case with hyphens, for example <c>guest-post</c>; stays when the name changes.</summary>
    public required string Key { get; init; }

    /// <summary>1 to 60 characters on one line.</summary>
    public required string Name { get; init; }

    /// <summary>"As first seen" where the type says nothing; so are the other parts.</summary>
    public Expected<RelQualifiers> Rel { get; init; }

    public Expected<string> Anchor { get; init; }

    public Expected<Placement> Placement { get; init; }

    public Expected<bool> Indexable { get; init; }

    /// <summary>The topics that are reported at once, of <see cref="TypeTopics.All"/>; every other one is for the digest.</summary>
    public IReadOnlyList<string> AtOnce { get; init; } = TypeTopics.Default;

    /// <summary>Every project has it.</summary>
    public bool IsBuiltIn { get; init; }

    /// <summary>When the project made or changed it last; null for a built-in one as it comes.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Another one with every write, for <c>If-Match</c>; null for a built-in one as it comes.</summary>
    public string? Version { get; init; }

    /// <summary>The version that was read; null for one that is not stored.</summary>
    public string? ETag { get; init; }

    /// <summary>Whether a finding of a link of this type is reported at once.</summary>
    public bool IsUrgent(Reason reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return IsUrgent(WireName.Of(reason.Code))
            || (reason is { Code: ReasonCode.RelChanged, Expected: TypeTopics.Followed } && IsUrgent(TypeTopics.NotFollowed));
    }

    /// <inheritdoc cref="IsUrgent(Reason)"/>
    public bool IsUrgent(string topic) => AtOnce.Contains(topic, StringComparer.Ordinal);

    /// <summary>The key that a name gives: its letters and digits in lower case, hyphens between words; empty when it has none.</summary>
    public static string KeyOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var parts = new string([.. name.Select(letter => char.IsLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('-', parts);
    }

    /// <summary>A type with this one's parts in the place of those that a link leaves to its type.</summary>
    internal Expectation Fill(Expectation expectation, ExpectationParts left) => expectation with
    {
        Rel = left.HasFlag(ExpectationParts.Rel) ? Rel : expectation.Rel,
        Anchor = left.HasFlag(ExpectationParts.Anchor) ? Anchor : expectation.Anchor,
        Placement = left.HasFlag(ExpectationParts.Placement) ? Placement : expectation.Placement,
        Indexable = left.HasFlag(ExpectationParts.Indexable) ? Indexable : expectation.Indexable,
    };
}

/// <summary>What of a link can be reported at once or not.</summary>
public static class TypeTopics
{
    /// <summary>
    /// <see cref="ReasonCode.RelChanged"/> where a followed link was expected: the link has gained nofollow, sponsored or ugc.
    /// </summary>
    public const string NotFollowed = "not-followed";

    /// <summary>As <see cref="Channels.Topics.Unreachable"/>.</summary>
    public const string Unreachable = Channels.Topics.Unreachable;

    internal const string Followed = "follow";

    private static readonly ReasonCode[] Urgent =
    [
        ReasonCode.PageNofollow, ReasonCode.Noindex, ReasonCode.TargetBroken, ReasonCode.LinkRemoved, ReasonCode.MentionOnly,
        ReasonCode.PageGone, ReasonCode.PageRedirected, ReasonCode.Soft404, ReasonCode.DomainGone, ReasonCode.PageReplaced,
    ];

    /// <summary>Those of states that are reported: changed, lost, and not to be reached.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        NotFollowed,
        .. ReasonCatalogue.All.Select(entry => entry.Code).Where(code => code < ReasonCode.Blocked).Select(WireName.Of),
        Unreachable,
    ];

    /// <summary>
    /// What a type has at once unless the project says otherwise: every loss, a link that is no longer followed though it should be,
    /// noindex, and a broken target.
    /// </summary>
    public static IReadOnlyList<string> Default { get; } = [NotFollowed, .. Urgent.Select(WireName.Of)];
}

/// <summary>Puts what types say into links.</summary>
public static class LinkTyping
{
    private const ExpectationParts All =
        ExpectationParts.Rel | ExpectationParts.Anchor | ExpectationParts.Placement | ExpectationParts.Indexable;

    /// <summary>
    /// The link as its type has it now: what was not given for the link itself is as the type says, or else as first seen. The same
    /// instance when that changes nothing, and when its type is not known.
    /// </summary>
    public static WatchedLink Apply(WatchedLink link, ProjectTypes types)
    {
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(types);
        var type = link.Type is { } key ? types.Find(key) : Nothing;
        if (type is null)
            return link;
        var left = LeftTo(link);
        var expectation = type.Fill(link.Expectation, left);
        var parts = left & Said(type);
        if (expectation == link.Expectation && parts == link.TypeParts)
            return link;
        var retyped = link.Status.RetypedParts | Differing(link.Expectation, expectation);
        return link with { Expectation = expectation, TypeParts = parts, Status = link.Status with { RetypedParts = retyped } };
    }

    /// <summary>The link as <see cref="Apply"/> has it, and known to be expected otherwise than at its last check if it is.</summary>
    public static WatchedLink Follow(WatchedLink link, ProjectTypes types)
    {
        var followed = Apply(link, types);
        return followed.Expectation == link.Expectation
            ? followed
            : followed with { Status = followed.Status with { ExpectationChanged = true } };
    }

    /// <summary>The parts that were not given for the link itself.</summary>
    public static ExpectationParts LeftTo(WatchedLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return link.TypeParts | (All & ~Said(link.Expectation));
    }

    private static LinkType Nothing { get; } = new() { Key = "", Name = "" };

    private static ExpectationParts Said(LinkType type) =>
        Of(type.Rel.Kind, type.Anchor.Kind, type.Placement.Kind, type.Indexable.Kind);

    private static ExpectationParts Said(Expectation expectation) =>
        Of(expectation.Rel.Kind, expectation.Anchor.Kind, expectation.Placement.Kind, expectation.Indexable.Kind);

    private static ExpectationParts Of(ExpectedKind rel, ExpectedKind anchor, ExpectedKind placement, ExpectedKind indexable) =>
        (rel == default ? 0 : ExpectationParts.Rel) | (anchor == default ? 0 : ExpectationParts.Anchor)
        | (placement == default ? 0 : ExpectationParts.Placement) | (indexable == default ? 0 : ExpectationParts.Indexable);

    private static ExpectationParts Differing(Expectation one, Expectation other) =>
        (one.Rel == other.Rel ? 0 : ExpectationParts.Rel) | (one.Anchor == other.Anchor ? 0 : ExpectationParts.Anchor)
        | (one.Placement == other.Placement ? 0 : ExpectationParts.Placement)
        | (one.Indexable == other.Indexable ? 0 : ExpectationParts.Indexable);
}

/// <summary>The types of a project: the built-in ones, as the project has them, and its own.</summary>
public sealed class ProjectTypes
{
    private readonly Dictionary<string, LinkType> _types;

    private ProjectTypes(IEnumerable<LinkType> types, int unreadable)
    {
        (All, Unreadable) = ([.. types], unreadable);
        _types = All.ToDictionary(type => type.Key, StringComparer.Ordinal);
    }

    /// <summary>Of a project that has changed none and made none.</summary>
    public static ProjectTypes BuiltIn { get; } = new(BuiltInTypes.All, 0);

    /// <summary>The built-in ones first, then the project's own in order of their names.</summary>
    public IReadOnlyList<LinkType> All { get; }

    /// <summary>How many more there are that cannot be read.</summary>
    public int Unreadable { get; }

    /// <param name="stored">Those that the project has changed or made. Of those that cannot be read nothing is known.</param>
    public static ProjectTypes Of(RowsRead<LinkType> stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var unreadable = stored.SetAside.ToHashSet(StringComparer.Ordinal);
        var own = stored.Items.ToDictionary(type => type.Key, StringComparer.Ordinal);
        return new ProjectTypes(BuiltInTypes.All
            .Where(type => !unreadable.Contains(type.Key))
            .Select(type => own.GetValueOrDefault(type.Key, type))
            .Concat(stored.Items.Where(type => !type.IsBuiltIn).OrderBy(type => type.Name, StringComparer.OrdinalIgnoreCase)),
            stored.SetAside.Count);
    }

    /// <summary>Null when there is no such type, or it cannot be read.</summary>
    public LinkType? Find(string key) => _types.GetValueOrDefault(key);

    /// <summary>What is urgent of a link of a type; of one without a known type what is so by default.</summary>
    public LinkType UrgencyOf(string? key) => key is not null && Find(key) is { } type ? type : Untyped;

    private static LinkType Untyped { get; } = new() { Key = "", Name = "" };
}

/// <summary>The types that projects have changed or made.</summary>
public interface ILinkTypeStore
{
    /// <summary>All types of a project, with the built-in ones.</summary>
    Task<ProjectTypes> ReadAsync(ProjectId projectId, CancellationToken cancellationToken);

    /// <summary>Writes over the version that was read; one without a version must not be stored yet.</summary>
    /// <returns>As it is stored; null when somebody wrote or deleted it since.</returns>
    Task<LinkType?> SaveAsync(ProjectId projectId, LinkType type, CancellationToken cancellationToken);

    /// <summary>Deletes one that was read; false when somebody changed or deleted it since.</summary>
    Task<bool> DeleteAsync(ProjectId projectId, LinkType type, CancellationToken cancellationToken);
}

/// <summary>The types that every project has; docs/types.md says why each expects what it does.</summary>
public static class BuiltInTypes
{
    private static readonly Expected<RelQualifiers> Follow = Expected<RelQualifiers>.Exactly(RelQualifiers.None);
    private static readonly Expected<RelQualifiers> AnyRel = Expected<RelQualifiers>.Any;
    private static readonly Expected<Placement> Main = Expected<Placement>.Exactly(Placement.Main);
    private static readonly Expected<Placement> AnyPlace = Expected<Placement>.Any;
    private static readonly Expected<bool> Indexable = Expected<bool>.Exactly(true);
    private static readonly Expected<bool> IndexableOrNot = Expected<bool>.Any;

    /// <summary>In the order in which they are offered.</summary>
    public static IReadOnlyList<LinkType> All { get; } =
    [
        New("guest-post", "Guest post") with { Rel = Follow, Placement = Main, Indexable = Indexable },
        New("editorial", "Editorial") with { Placement = Main, Indexable = Indexable },
        New("directory", "Directory") with { Anchor = Expected<string>.Any, Placement = AnyPlace, Indexable = Indexable },
        New("profile", "Profile") with
        {
            Rel = AnyRel, Anchor = Expected<string>.Any, Placement = AnyPlace, Indexable = IndexableOrNot,
        },
        New("resource-page", "Resource page") with { Anchor = Expected<string>.Any, Indexable = Indexable },
        New("partner", "Partner") with { Placement = AnyPlace, Indexable = Indexable },
        New("press", "Press") with { Rel = AnyRel, Indexable = Indexable },
        New("forum", "Forum") with
        {
            Rel = AnyRel, Anchor = Expected<string>.Any, Placement = AnyPlace, Indexable = IndexableOrNot,
        },
    ];

    public static LinkType? Find(string key) => All.FirstOrDefault(type => type.Key == key);

    private static LinkType New(string key, string name) => new() { Key = key, Name = name, IsBuiltIn = true };
}
