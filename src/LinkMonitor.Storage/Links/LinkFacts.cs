using System.Text;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Links;

/// <summary>
/// What lists, filters and counts need of a link, so small that those of a whole project fit into memory: about 270 bytes and its texts
/// that no other link shares. Times are UTC ticks and 0 for none, days are day numbers and 0 for none.
/// </summary>
public sealed class LinkFacts
{
    /// <summary>Of the anchor that was found so many characters are kept, as it comes from the web.</summary>
    public const int MaxFoundAnchor = 500;

    /// <summary><see cref="MutedUntil"/> of a link that is muted for ever.</summary>
    public const long Forever = long.MaxValue;

    // Both are ASCII and of this link alone: half the memory of texts, and one object for two.
    private readonly byte[] _idAndPage;
    private readonly int _idLength;

    private LinkFacts(LinkFacts other) => (_idAndPage, _idLength) = (other._idAndPage, other._idLength);

    /// <param name="page">The URL of the page, which is ASCII.</param>
    public LinkFacts(LinkId id, string page)
    {
        ArgumentNullException.ThrowIfNull(page);
        _idLength = id.Value.Length;
        _idAndPage = Encoding.ASCII.GetBytes(id.Value + page);
    }

    public LinkId Id => new(Encoding.ASCII.GetString(IdBytes));

    public string Page => Encoding.ASCII.GetString(PageBytes);

    /// <summary>The page's host in lower case without <c>www.</c>; empty for none.</summary>
    public required string Host { get; init; }

    public required string Target { get; init; }

    /// <summary>Null unless a text is expected.</summary>
    public string? ExpectedAnchor { get; init; }

    /// <summary>What the last check that found the link saw; null before one did.</summary>
    public string? FoundAnchor { get; init; }

    /// <summary>The qualifying rel tokens that the last check that found the link saw; null before one did.</summary>
    public RelQualifiers? FoundRel { get; init; }

    public required LinkState State { get; init; }

    /// <summary>What the last check saw of the page; null before the first.</summary>
    public CheckOutcome? Look { get; init; }

    /// <summary>A bit for each <see cref="ReasonCode"/>, see <see cref="Has(ReasonCode)"/>.</summary>
    public ulong Reasons { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What was agreed for a paid placement; null when nothing was.</summary>
    public PaidFacts? Terms { get; init; }

    public bool HasNote { get; init; }

    /// <summary>A finding waits for its confirmation.</summary>
    public bool IsSuspected { get; init; }

    /// <summary>Until when it is muted: 0 when it is not, <see cref="Forever"/> when it has no end.</summary>
    public long MutedUntil { get; init; }

    /// <summary>Until when a person's answer holds: 0 for none. It counts while no check can tell.</summary>
    public long AnsweredUntil { get; init; }

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
    public bool IsInPage(string text)
    {
        const int Usual = 512;
        var bytes = PageBytes;
        Span<char> page = bytes.Length <= Usual ? stackalloc char[Usual] : new char[bytes.Length];
        Ascii.ToUtf16(bytes, page, out var length);
        return page[..length].Contains(text, StringComparison.OrdinalIgnoreCase);
    }

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

    /// <summary>An estimate of the memory it takes: the object, its own texts, and no text that it may share with others.</summary>
    public int OwnBytes => 192 + _idAndPage.Length + (FoundAnchor is { } anchor ? 24 + (2 * anchor.Length) : 0);

    private ReadOnlySpan<byte> IdBytes => _idAndPage.AsSpan(0, _idLength);

    private ReadOnlySpan<byte> PageBytes => _idAndPage.AsSpan(_idLength);

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
            Tags = link.Tags,
            Terms = link.Terms is { } terms ? PaidFacts.Of(terms) : null,
            HasNote = !string.IsNullOrEmpty(link.Note),
            IsSuspected = status.Suspicions.Count > 0,
            MutedUntil = Muted(link.Muted, link.MutedUntil),
            AnsweredUntil = Answered(link.Answer, status.LastObservedAt),
            CreatedAt = link.CreatedAt.UtcTicks,
            Since = status.Since.UtcTicks,
            LastCheckedAt = status.LastCheckedAt?.UtcTicks ?? 0,
            LastSeenAt = status.LastSeenAt?.UtcTicks ?? 0,
            WrittenAt = writtenAt,
        };
    }

    /// <summary>The same with texts that others have, too.</summary>
    /// <param name="share">The one object for a text.</param>
    public LinkFacts Sharing(Func<string, string> share)
    {
        ArgumentNullException.ThrowIfNull(share);
        return new LinkFacts(this)
        {
            Host = share(Host),
            Target = share(Target),
            ExpectedAnchor = ExpectedAnchor is { } expected ? share(expected) : null,
            FoundAnchor = FoundAnchor is { } found ? share(found) : null,
            FoundRel = FoundRel,
            State = State,
            Look = Look,
            Reasons = Reasons,
            Tags = Tags.Count == 0 ? [] : [.. Tags.Select(share)],
            Terms = Terms is { } terms ? terms with
            {
                Vendor = terms.Vendor is { } vendor ? share(vendor) : null,
                VendorKey = share(terms.VendorKey),
                Currency = terms.Currency is { } currency ? share(currency) : null,
            } : null,
            HasNote = HasNote,
            IsSuspected = IsSuspected,
            MutedUntil = MutedUntil,
            AnsweredUntil = AnsweredUntil,
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

    internal static long Muted(bool muted, DateTimeOffset? until) => !muted ? 0 : until?.UtcTicks ?? Forever;
}

/// <summary>What filters need of the terms of a paid placement.</summary>
/// <param name="Vendor">As it is written; null for none.</param>
/// <param name="VendorKey">As people compare it, see <see cref="VendorName.Key"/>; empty for none.</param>
/// <param name="Starts">A day number, 0 for none.</param>
/// <param name="Ends">A day number, 0 for none.</param>
public sealed record PaidFacts(string? Vendor, string VendorKey, decimal? Cost, string? Currency, int Starts, int Ends)
{
    public static PaidFacts Of(Terms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new PaidFacts(
            terms.Vendor, VendorName.Key(terms.Vendor), terms.Cost, terms.Currency, terms.Start?.DayNumber ?? 0, terms.End?.DayNumber ?? 0);
    }
}
