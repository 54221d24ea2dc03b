using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LinkMonitor.Engine.Reading;

namespace LinkMonitor.Engine.Identity;

/// <summary>
/// A sample of a text that shows later how much of it is still there: of all pieces of ten letters the 128 with the smallest
/// hashes. A piece is in the sample whatever stands beside it, so the share of the sample that another text holds is, give or take a few
/// hundredths, the share of the text that it holds. Source: A. Broder, "On the resemblance and containment of documents" (1997),
/// https://doi.org/10.1109/SEQUEN.1997.666900
/// </summary>
internal static class TextSample
{
    /// <summary>A running or main text shorter than this, in characters, says too little: then more of the page's text counts.</summary>
    public const int ShortestMain = 200;

    private const int PieceLength = 10;
    private const int MostPieces = 128;

    // Beyond this a text is not read: what an edit does shows at any place of it, and a page may have megabytes.
    private const int MostLetters = 400_000;

    /// <summary>Four bytes a piece in Base64Url; empty for a text of less than a piece.</summary>
    public static string Of(string text)
    {
        var smallest = new SortedSet<uint>();
        foreach (var hash in Pieces(text))
        {
            if (smallest.Count == MostPieces && hash >= smallest.Max)
                continue;
            if (smallest.Add(hash) && smallest.Count > MostPieces)
                smallest.Remove(smallest.Max);
        }

        var bytes = new byte[smallest.Count * sizeof(uint)];
        foreach (var (index, hash) in smallest.Index())
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(index * sizeof(uint)), hash);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>How much of the sampled text is in another, 0 to 1; null when there is no sample to look for.</summary>
    public static double? ShareIn(string? sample, string text)
    {
        if (string.IsNullOrEmpty(sample))
            return null;
        var bytes = Base64Url.DecodeFromChars(sample);
        var wanted = new HashSet<uint>(MemoryMarshal.Cast<byte, uint>(bytes).ToArray());
        if (wanted.Count == 0)
            return null;
        var (all, largest) = (wanted.Count, wanted.Max());
        foreach (var hash in Pieces(text))
        {
            if (hash <= largest && wanted.Remove(hash) && wanted.Count == 0)
                break;
        }

        return (double)(all - wanted.Count) / all;
    }

    /// <summary>
    /// The hashes of all pieces. Only letters and digits count, without case: markup, punctuation and line breaks are no change of a text.
    /// </summary>
    private static IEnumerable<uint> Pieces(string text)
    {
        var ring = new char[PieceLength];
        var letters = 0;
        foreach (var c in text)
        {
            if (!char.IsLetterOrDigit(c))
                continue;
            if (letters == MostLetters)
                yield break;
            ring[letters++ % PieceLength] = char.ToLowerInvariant(c);
            if (letters >= PieceLength)
                yield return Hash(ring, letters % PieceLength);
        }
    }

    // FNV-1a, mixed at the end: https://datatracker.ietf.org/doc/html/draft-eastlake-fnv
    private static uint Hash(char[] ring, int from)
    {
        var hash = 14695981039346656037UL;
        for (var i = 0; i < PieceLength; i++)
            hash = (hash ^ ring[(from + i) % PieceLength]) * 1099511628211UL;
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDUL;
        return (uint)(hash >> 32);
    }
}

/// <summary>How much of a sampled text a page still has, worked out once for all links that remember the same sample of it.</summary>
internal static class TextShares
{
    private static readonly ConditionalWeakTable<PageReading, ConcurrentDictionary<string, double?>> Known = [];

    /// <summary>0 to 1; null when there is no sample.</summary>
    public static double? Of(string? sample, PageReading page) => string.IsNullOrEmpty(sample)
        ? null
        : Known.GetValue(page, static _ => new ConcurrentDictionary<string, double?>(StringComparer.Ordinal))
            .GetOrAdd(sample, static (sample, page) => TextSample.ShareIn(sample, page.Text), page);
}
