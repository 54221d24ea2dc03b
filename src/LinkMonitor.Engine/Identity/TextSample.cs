using System.Buffers;
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

    private const int MostPieces = 128;

    /// <summary>Four bytes a piece in Base64Url; empty for a text of less than a piece.</summary>
    public static string Of(string text)
    {
        var smallest = new SortedSet<uint>();
        var largest = uint.MaxValue;
        using var letters = new SampledLetters(text);
        for (var piece = 0; piece < letters.Pieces; piece++)
        {
            var hash = letters.Hash(piece);
            if (hash >= largest && smallest.Count == MostPieces)
                continue;
            if (smallest.Add(hash) && smallest.Count > MostPieces)
                smallest.Remove(smallest.Max);
            if (smallest.Count == MostPieces)
                largest = smallest.Max;
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
        using var letters = new SampledLetters(text);
        for (var piece = 0; piece < letters.Pieces && wanted.Count > 0; piece++)
        {
            var hash = letters.Hash(piece);
            if (hash <= largest)
                wanted.Remove(hash);
        }

        return (double)(all - wanted.Count) / all;
    }
}

/// <summary>
/// The letters of a text, in pooled memory, and the hashes of its pieces. Only letters and digits count, without case: markup, punctuation
/// and line breaks are no change of a text.
/// </summary>
internal readonly struct SampledLetters : IDisposable
{
    private const int PieceLength = 10;

    // Beyond this a text is not read: what an edit does shows at any place of it, and a page may have megabytes.
    private const int MostLetters = 400_000;

    private readonly char[] _letters;

    public SampledLetters(string text)
    {
        _letters = ArrayPool<char>.Shared.Rent(Math.Min(text.Length, MostLetters));
        var count = 0;
        foreach (var c in text)
        {
            if (!char.IsLetterOrDigit(c))
                continue;
            if (count == MostLetters)
                break;
            _letters[count++] = char.ToLowerInvariant(c);
        }

        Pieces = Math.Max(0, count - PieceLength + 1);
    }

    /// <summary>How many there are: one begins at every letter but the last nine.</summary>
    public int Pieces { get; }

    // FNV-1a, mixed at the end: https://datatracker.ietf.org/doc/html/draft-eastlake-fnv
    public uint Hash(int piece)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in _letters.AsSpan(piece, PieceLength))
            hash = (hash ^ c) * 1099511628211UL;
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDUL;
        return (uint)(hash >> 32);
    }

    public void Dispose() => ArrayPool<char>.Shared.Return(_letters);
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
