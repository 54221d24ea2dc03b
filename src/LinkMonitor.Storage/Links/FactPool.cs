namespace LinkMonitor.Storage.Links;

/// <summary>
/// What many links of a project share, so that each is in memory once: what comes for the second time is kept for all who have it from then
/// on. Bounded; what does not fit stays with its link. May be used by several at once.
/// </summary>
public sealed class FactPool
{
    /// <summary>The most things that are shared.</summary>
    public const int MaxShared = 100_000;

    // Of things that came once only the hashes are kept, and only until all links were read.
    private const int MaxSeen = 2_000_000;
    private const int TextBytes = 22;
    private const int ListBytes = 24;
    private const int LabelBytes = 32;
    private const int PaidBytes = 72;
    private const int EntryBytes = 40;

    private readonly Lock _gate = new();
    private readonly Dictionary<object, object> _shared = [];
    private HashSet<int>? _seen = [];

    /// <summary>The memory that the shared things take.</summary>
    public long Bytes { get; private set; }

    /// <summary>All links were read: what comes from now on is shared only when it is already.</summary>
    public void Close()
    {
        lock (_gate)
            _seen = null;
    }

    /// <summary>The one object for a text; null when no other link has it, as far as is known.</summary>
    public string? Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Find(text, text, BytesOf(text));
    }

    /// <param name="ownBytes">The memory is added when it is not shared.</param>
    internal string Share(string text, ref int ownBytes) => Find(text) ?? Own(text, BytesOf(text), ref ownBytes);

    internal LinkLabels Share(LinkLabels labels, ref int ownBytes)
    {
        // No tag and no type has a line break.
        var tags = labels.Tags;
        var key = $"{labels.Type}\n{string.Join('\n', tags)}\n";
        var bytes = LabelBytes + ListBytes + (8 * tags.Count) + BytesOf(key) + tags.Sum(BytesOf) + BytesOf(labels.Type ?? "");
        var thing = labels with { Tags = tags.ToArray() };
        return Find(key, thing, bytes) ?? Own(thing, bytes, ref ownBytes);
    }

    internal PaidFacts Share(PaidFacts terms, ref int ownBytes)
    {
        var texts = 0;
        var thing = terms with
        {
            Vendor = terms.Vendor is { } vendor ? Share(vendor, ref texts) : null,
            VendorKey = Share(terms.VendorKey, ref texts),
            Currency = terms.Currency is { } currency ? Share(currency, ref texts) : null,
        };
        return Find(terms, thing, PaidBytes + texts) ?? Own(thing, PaidBytes + texts, ref ownBytes);
    }

    internal static int Whole(int bytes) => (bytes + 7) & ~7;

    private static int BytesOf(string text) => Whole(TextBytes + (2 * text.Length));

    private static T Own<T>(T thing, int bytes, ref int ownBytes)
    {
        ownBytes += bytes;
        return thing;
    }

    private T? Find<T>(object key, T thing, int bytes)
        where T : class
    {
        lock (_gate)
        {
            if (_shared.TryGetValue(key, out var known))
                return (T)known;
            if (_seen is null || _shared.Count >= MaxShared || _seen.Count >= MaxSeen || _seen.Add(key.GetHashCode()))
                return null;
            _shared[key] = thing;
            Bytes += bytes + EntryBytes;
            return thing;
        }
    }
}

/// <summary>What filters need of the terms of a paid placement.</summary>
/// <param name="Vendor">As it is written; null for none.</param>
/// <param name="VendorKey">As people compare it, see <see cref="VendorName.Key"/>; empty for none.</param>
/// <param name="Starts">A day number, 0 for none.</param>
/// <param name="Ends">A day number, 0 for none.</param>
public sealed record PaidFacts(string? Vendor, string VendorKey, decimal? Cost, string? Currency, int Starts, int Ends)
{
    /// <summary>What the cost pays for.</summary>
    public CostPeriod CostPeriod { get; init; }

    public static PaidFacts Of(Terms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new PaidFacts(
            terms.Vendor, VendorName.Key(terms.Vendor), terms.Cost, terms.Currency, terms.Start?.DayNumber ?? 0, terms.End?.DayNumber ?? 0)
        {
            CostPeriod = terms.CostPeriod,
        };
    }
}

/// <summary>What a link is called by: one object for all links that are called so.</summary>
/// <param name="Type">The key of the type; null for none.</param>
internal sealed record LinkLabels(string? Type, IReadOnlyList<string> Tags)
{
    /// <summary>Null for no labels at all.</summary>
    public static LinkLabels? Of(string? type, IReadOnlyList<string> tags) =>
        type is null && tags.Count == 0 ? null : new LinkLabels(type, tags);
}
