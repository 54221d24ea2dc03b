using System.Text;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Links;

/// <summary>
/// What lists, filters and counts need of a link, so small that those of a whole project fit into memory: about 300 bytes with its texts
/// that no other link shares (<see cref="OwnBytes"/>). Times are UTC ticks and 0 for none, days are day numbers and 0 for none.
/// </summary>
public sealed class LinkFacts
{
    /// <summary>Of the anchor that was found so many characters are kept, as it comes from the web.</summary>
    public const int MaxFoundAnchor = 500;

    /// <summary><see cref="MutedUntil"/> of a link that is muted for ever.</summary>
    public const long Forever = long.MaxValue;

    // The object with its place in the array, and the array of its own texts without them: header and fields as 64-bit .NET lays them out.
    private const int ObjectBytes = 144 + 8;
    private const int ArrayBytes = 24;
    private const int HoldBytes = 32;

    private static readonly ulong OwnSideBits = Bits(ReasonCatalogue.All.Select(entry => entry.Code).Where(OwnSide.Is));

    // Id and page, and target and found anchor unless other links share them, in UTF-8: half the memory of texts, and one object for four.
    private readonly byte[] _own;
    private readonly byte _idLength;
    private readonly ushort _pageLength;
    private readonly ushort _targetLength;
    private readonly short _anchorLength = -1;
    private readonly int _otherBytes;
    private readonly string? _target;
    private readonly string? _foundAnchor;

    // Few links have labels that no other has; null for none.
    private readonly LinkLabels? _labels;

    // Few links are muted or answered; null for neither.
    private readonly LinkHolds? _holds;
    private readonly sbyte _foundRel = -1;
    private readonly sbyte _look = -1;

    // The state in the lower half, the parts of the type in the upper one.
    private readonly byte _state;

    // A bit for each yes or no.
    private readonly byte _flags;

    /// <param name="page">The URL of the page, which is ASCII.</param>
    public LinkFacts(LinkId id, string page)
    {
        ArgumentNullException.ThrowIfNull(page);
        (_idLength, _pageLength) = (checked((byte)id.Value.Length), checked((ushort)page.Length));
        _own = Encoding.ASCII.GetBytes(id.Value + page);
    }

    // Host, Target and State are the other's: the compiler cannot know.
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    private LinkFacts(LinkFacts other, string? target, string? anchor, LinkLabels? labels, int otherBytes)
    {
        (_labels, _holds) = (labels, other._holds);
        (_otherBytes, Host) = (otherBytes, other.Host);
        (_idLength, _pageLength, _foundRel, _look, _state, _flags) =
            (other._idLength, other._pageLength, other._foundRel, other._look, other._state, other._flags);
        var own = other._own.AsSpan(0, _idLength + _pageLength);
        var ownTarget = target is null ? Encoding.UTF8.GetBytes(other.Target) : [];
        var ownAnchor = anchor is null && other.FoundAnchor is { } found ? Encoding.UTF8.GetBytes(found) : null;
        (Target, _foundAnchor) = (target!, anchor);
        (_targetLength, _anchorLength) = (checked((ushort)ownTarget.Length), checked((short)(ownAnchor?.Length ?? -1)));
        _own = [.. own, .. ownTarget, .. ownAnchor ?? []];
    }

    public LinkId Id => new(Encoding.ASCII.GetString(IdBytes));

    public string Page => Encoding.ASCII.GetString(PageBytes);

    /// <summary>The page's host in lower case without <c>www.</c>; empty for none.</summary>
    public required string Host { get; init; }

    public required string Target
    {
        get => _target ?? Encoding.UTF8.GetString(TargetBytes);
        init => _target = value;
    }

    /// <summary>Null unless a text is expected.</summary>
    public string? ExpectedAnchor { get; init; }

    /// <summary>What the last check that found the link saw; null before one did.</summary>
    public string? FoundAnchor
    {
        get => _anchorLength < 0 ? _foundAnchor : Encoding.UTF8.GetString(AnchorBytes);
        init => _foundAnchor = value;
    }

    /// <summary>The qualifying rel tokens that the last check that found the link saw; null before one did.</summary>
    public RelQualifiers? FoundRel
    {
        get => _foundRel < 0 ? null : (RelQualifiers)_foundRel;
        init => _foundRel = value is { } rel ? (sbyte)rel : (sbyte)-1;
    }

    public required LinkState State
    {
        get => (LinkState)(_state & 0x0F);
        init => _state = (byte)((_state & 0xF0) | (int)value);
    }

    /// <summary>What the last check saw of the page; null before the first.</summary>
    public CheckOutcome? Look
    {
        get => _look < 0 ? null : (CheckOutcome)_look;
        init => _look = value is { } look ? (sbyte)look : (sbyte)-1;
    }

    /// <summary>Whether the last check could tell how the link is; null before the first.</summary>
    public bool? IsTold => Look is { } look ? StandingRule.IsTold(State, look, IsUnobserved) : null;

    /// <summary>A bit for each <see cref="ReasonCode"/>, see <see cref="Has(ReasonCode)"/>.</summary>
    public ulong Reasons { get; init; }

    /// <summary>What it is of what was agreed.</summary>
    public Standing Standing => StandingRule.Of(
        State, Look, Reasons != 0 && (Reasons & ~OwnSideBits) == 0, IsUnobserved);

    /// <summary>The key of its type; null for none.</summary>
    public string? Type
    {
        get => _labels?.Type;
        init => _labels = LinkLabels.Of(value, Tags);
    }

    /// <inheritdoc cref="WatchedLink.TypeParts"/>
    public ExpectationParts TypeParts
    {
        get => (ExpectationParts)(_state >> 4);
        init => _state = (byte)((_state & 0x0F) | ((int)value << 4));
    }

    public IReadOnlyList<string> Tags
    {
        get => _labels?.Tags ?? [];
        init => _labels = LinkLabels.Of(Type, value);
    }

    /// <summary>What was agreed for a paid placement; null when nothing was.</summary>
    public PaidFacts? Terms { get; init; }

    public bool HasNote
    {
        get => (_flags & 1) != 0;
        init => _flags = (byte)(value ? _flags | 1 : _flags & ~1);
    }

    /// <summary>A finding waits for its confirmation.</summary>
    public bool IsSuspected
    {
        get => (_flags & 2) != 0;
        init => _flags = (byte)(value ? _flags | 2 : _flags & ~2);
    }

    /// <summary>The last check that was not our own fault could not see the page.</summary>
    public bool IsUnobserved
    {
        get => (_flags & 4) != 0;
        init => _flags = (byte)(value ? _flags | 4 : _flags & ~4);
    }

    /// <summary>Until when it is muted: 0 when it is not, <see cref="Forever"/> when it has no end.</summary>
    public long MutedUntil
    {
        get => _holds?.MutedUntil ?? 0;
        init => _holds = LinkHolds.Of(value, AnsweredUntil);
    }

    /// <summary>Until when a person's answer holds: 0 for none. It counts while no check can tell.</summary>
    public long AnsweredUntil
    {
        get => _holds?.AnsweredUntil ?? 0;
        init => _holds = LinkHolds.Of(MutedUntil, value);
    }

    public required long CreatedAt { get; init; }

    /// <summary>When the state began.</summary>
    public required long Since { get; init; }

    public long LastCheckedAt { get; init; }

    /// <summary>The last check that saw the link.</summary>
    public long LastSeenAt { get; init; }

    /// <summary>When the row was written, by the storage's clock: it tells two versions of a row apart. 0 when it is of no row.</summary>
    public long WrittenAt { get; init; }

    /// <summary>The anchor as it was last found, or else as it is expected.</summary>
    public string? Anchor => FoundAnchor ?? ExpectedAnchor;

    public bool Has(ReasonCode code) => (Reasons & (1UL << (int)code)) != 0;

    public bool IsMutedAt(DateTimeOffset now) => MutedUntil > now.UtcTicks;

    /// <summary>Part of the page's URL, compared without case.</summary>
    public bool IsInPage(string text) => IsIn(PageBytes, text);

    /// <summary>Part of the target's URL, compared without case.</summary>
    public bool IsInTarget(string text) =>
        _target?.Contains(text, StringComparison.OrdinalIgnoreCase) ?? IsIn(TargetBytes, text);

    /// <summary>Part of the anchor that was found, compared without case.</summary>
    public bool IsInFoundAnchor(string text) =>
        _anchorLength >= 0 ? IsIn(AnchorBytes, text) : _foundAnchor?.Contains(text, StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>The order of identities, which is also that of the rows.</summary>
    public int CompareId(LinkFacts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return IdBytes.SequenceCompareTo(other.IdBytes);
    }

    /// <inheritdoc cref="CompareId(LinkFacts)"/>
    public int CompareId(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        Span<byte> bytes = stackalloc byte[128];
        return IdBytes.SequenceCompareTo(bytes[..Encoding.ASCII.GetBytes(id.AsSpan(0, Math.Min(id.Length, bytes.Length)), bytes)]);
    }

    /// <summary>The order of the first characters of the pages.</summary>
    public int ComparePage(LinkFacts other, int length)
    {
        ArgumentNullException.ThrowIfNull(other);
        var one = PageBytes;
        var two = other.PageBytes;
        return one[..Math.Min(one.Length, length)].SequenceCompareTo(two[..Math.Min(two.Length, length)]);
    }

    /// <summary>
    /// The memory it takes: the object, its own texts, and none that it shares with others (<see cref="Sharing"/>). The benchmark of lists
    /// holds this against what is really taken.
    /// </summary>
    public int OwnBytes => ObjectBytes + ArrayBytes + FactPool.Whole(_own.Length) + (_holds is null ? 0 : HoldBytes) + _otherBytes;

    private ReadOnlySpan<byte> IdBytes => _own.AsSpan(0, _idLength);

    private ReadOnlySpan<byte> PageBytes => _own.AsSpan(_idLength, _pageLength);

    private ReadOnlySpan<byte> TargetBytes => _own.AsSpan(_idLength + _pageLength, _targetLength);

    private ReadOnlySpan<byte> AnchorBytes => _own.AsSpan(_idLength + _pageLength + _targetLength);

    /// <summary>The facts of a link that was read whole.</summary>
    /// <param name="writtenAt">See <see cref="WrittenAt"/>.</param>
    public static LinkFacts Of(WatchedLink link, long writtenAt = 0)
    {
        ArgumentNullException.ThrowIfNull(link);
        var status = link.Status;
        return new LinkFacts(link.Id, link.Page.Href)
        {
            Host = HostName.ForFilter(link.Page.Host),
            Target = link.Expectation.Target.Href,
            ExpectedAnchor = AnchorOf(link.Expectation),
            FoundAnchor = FoundAnchorOf(status),
            FoundRel = FoundRelOf(status),
            State = status.State,
            Look = status.LastOutcome,
            Reasons = Bits(status.Reasons.Select(reason => reason.Code)),
            Type = link.Type,
            TypeParts = link.TypeParts,
            Tags = link.Tags,
            Terms = link.Terms is { } terms ? PaidFacts.Of(terms) : null,
            HasNote = !string.IsNullOrEmpty(link.Note),
            IsSuspected = status.Suspicions.Count > 0,
            IsUnobserved = status.UnobservedSince is not null,
            MutedUntil = Muted(link.Muted, link.MutedUntil),
            AnsweredUntil = Answered(link.Answer, status.LastObservedAt),
            CreatedAt = link.CreatedAt.UtcTicks,
            Since = status.Since.UtcTicks,
            LastCheckedAt = status.LastCheckedAt?.UtcTicks ?? 0,
            LastSeenAt = status.LastSeenAt?.UtcTicks ?? 0,
            WrittenAt = writtenAt,
        };
    }

    /// <summary>
    /// The same, in as little memory as can be: what others have, too, is one object for all of them, and target and anchor of this link
    /// alone are packed.
    /// </summary>
    public LinkFacts Sharing(FactPool pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        var bytes = 0;
        var host = pool.Share(Host, ref bytes);
        var expected = ExpectedAnchor is { } text ? pool.Share(text, ref bytes) : null;
        var labels = _labels is { } own ? pool.Share(own, ref bytes) : null;
        var terms = Terms is { } paid ? pool.Share(paid, ref bytes) : null;
        return new LinkFacts(this, pool.Find(Target), FoundAnchor is { } found ? pool.Find(found) : null, labels, bytes)
        {
            Host = host,
            ExpectedAnchor = expected,
            Reasons = Reasons,
            Terms = terms,
            CreatedAt = CreatedAt,
            Since = Since,
            LastCheckedAt = LastCheckedAt,
            LastSeenAt = LastSeenAt,
            WrittenAt = WrittenAt,
        };
    }

    /// <param name="observedAt">The last check that could tell: an answer before it is superseded.</param>
    internal static long Answered(HumanAnswer? answer, DateTimeOffset? observedAt) =>
        answer is not null && !(observedAt > answer.At) ? answer.Until.UtcTicks : 0;

    internal static string? AnchorOf(Expectation expectation) =>
        expectation.Anchor is { Kind: ExpectedKind.Exactly, Value: { } anchor } ? anchor : null;

    internal static string? FoundAnchorOf(LinkStatus status) => StoredText.Cut(status.LastSeenEvidence?.Anchor, MaxFoundAnchor);

    internal static RelQualifiers? FoundRelOf(LinkStatus status) =>
        status.LastSeenEvidence?.Rel is { } tokens ? RelText.Qualifiers(tokens) : null;

    internal static ulong Bits(IEnumerable<ReasonCode> codes) => codes.Aggregate(0UL, (bits, code) => bits | (1UL << (int)code));

    private static bool IsIn(ReadOnlySpan<byte> bytes, string text)
    {
        const int Usual = 512;
        Span<char> whole = bytes.Length <= Usual ? stackalloc char[Usual] : new char[bytes.Length];
        return whole[..Encoding.UTF8.GetChars(bytes, whole)].Contains(text, StringComparison.OrdinalIgnoreCase);
    }

    internal static long Muted(bool muted, DateTimeOffset? until) => !muted ? 0 : until?.UtcTicks ?? Forever;
}

/// <summary>What holds a link's alerts or its state for a time, in UTC ticks; 0 for none.</summary>
internal sealed record LinkHolds(long MutedUntil, long AnsweredUntil)
{
    /// <summary>Null for nothing at all.</summary>
    public static LinkHolds? Of(long mutedUntil, long answeredUntil) =>
        mutedUntil == 0 && answeredUntil == 0 ? null : new LinkHolds(mutedUntil, answeredUntil);
}
