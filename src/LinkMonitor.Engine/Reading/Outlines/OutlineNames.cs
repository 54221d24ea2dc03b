using System.Buffers;
using System.Buffers.Text;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Engine.Reading.Tokens;
using LinkMonitor.Engine.Reading.Trees;

namespace LinkMonitor.Engine.Reading.Outlines;

/// <summary>What the names of tags and attributes mean to an outline.</summary>
internal static class OutlineNames
{
    private static readonly FrozenDictionary<string, TagKind> Tags = new Dictionary<TagKind, string>
    {
        // Their content is not where it stands, or stands elsewhere, too; the rest of the page is not read as markup, or the body is thrown
        // away.
        [TagKind.Unusual] = $"template frameset plaintext {SelectedContent.Name}",
        [TagKind.Link] = "a",
        [TagKind.Foreign] = "svg math",
        [TagKind.Script] = "script",
        [TagKind.Style] = "style iframe noembed noframes",
        [TagKind.RawText] = "xmp",
        [TagKind.Escapable] = "title textarea",
        [TagKind.Boundary] =
            "table caption colgroup tbody td tfoot th thead tr object applet marquee select html head body frame",
        [TagKind.Meta] = "meta",
        [TagKind.Relation] = "link",
        [TagKind.Formatting] = "area b big code em font i nobr s small strike strong tt u",
    }.SelectMany(pair => pair.Value.Split(' ').Select(name => KeyValuePair.Create(name, pair.Key)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> VoidTags = TagNames.Void.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenSet<string> ForeignEnders = TagNames.ForeignEnders.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> ForeignPoints =
        FrozenSet.ToFrozenSet(["foreignobject", "annotation-xml", "a", "font", "template"], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> ForeignLeaves = FrozenSet.ToFrozenSet(
        [
            "title", "desc", "mi", "mo", "mn", "ms", "mtext", "script", "style", "textarea", "xmp", "iframe", "noembed", "noframes",
            "noscript",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, AttributeKind> Attributes =
        MeaningfulAttributes.Values.Select(name => KeyValuePair.Create(name, AttributeKind.Value))
            .Concat(MeaningfulAttributes.Names.Select(name => KeyValuePair.Create(name, AttributeKind.Name)))
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static TagKind Kind(ReadOnlySpan<char> name) =>
        IsAscii(name) && Tags.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var kind) ? kind : TagKind.Ordinary;

    public static AttributeKind OfAttribute(ReadOnlySpan<char> name) =>
        IsAscii(name) && Attributes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var kind) ? kind : AttributeKind.None;

    public static bool IsVoid(ReadOnlySpan<char> name) => Has(VoidTags, name);

    /// <summary>What ends SVG and MathML, or is HTML inside of them.</summary>
    public static bool EndsForeign(ReadOnlySpan<char> name) => Has(ForeignEnders, name) || Has(ForeignPoints, name);

    /// <summary>What may hold text only there, so that it is read alike whatever it is.</summary>
    public static bool IsForeignLeaf(ReadOnlySpan<char> name) => Has(ForeignLeaves, name);

    private static bool Has(FrozenSet<string> names, ReadOnlySpan<char> name) =>
        IsAscii(name) && names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);

    // Beyond ASCII, two letters may be one without case.
    private static bool IsAscii(ReadOnlySpan<char> name) => System.Text.Ascii.IsValid(name);
}

/// <summary>
/// Remembers what the names of one source mean, by where they stand in it: a page has many tags and few names, and comparing two of them
/// is quicker than looking one up.
/// </summary>
internal sealed class SeenNames<T>(NameMeaning<T> meaning)
{
    private const int Slots = 128;
    private const int Longest = 32;

    private readonly (int Start, int Length, T Meaning)[] _seen = new (int, int, T)[Slots];

    /// <param name="start">Where the name begins in the source.</param>
    public T Of(ReadOnlySpan<char> source, int start, int end)
    {
        var name = source[start..end];
        if (name.Length is 0 or > Longest)
            return meaning(name);
        ref var slot = ref _seen[((name.Length * 37) ^ (name[0] * 7) ^ (name[^1] * 3) ^ name[name.Length / 2]) & (Slots - 1)];
        if (slot.Length != name.Length || !source.Slice(slot.Start, slot.Length).SequenceEqual(name))
            slot = (start, name.Length, meaning(name));
        return slot.Meaning;
    }
}

/// <summary>What a name means, whatever its case.</summary>
internal delegate T NameMeaning<out T>(ReadOnlySpan<char> name);

/// <summary>What a tag is to an outline.</summary>
internal enum TagKind
{
    Ordinary,
    Unusual,
    Link,
    Foreign,
    Script,
    Style,
    RawText,
    Escapable,

    /// <summary>Where the search for an open link ends, or what no link holds.</summary>
    Boundary,
    Meta,
    Relation,

    /// <summary>Compared by all its attributes when the tree is built; an area is a link, too.</summary>
    Formatting,
}

/// <summary>What of an attribute is part of an outline.</summary>
internal enum AttributeKind
{
    None,

    /// <summary>Only that it is there.</summary>
    Name,
    Value,
}

/// <summary>
/// The attributes that the readers in <c>Reading</c> ask for. What is not here is not part of an outline; a test holds this against the
/// sources.
/// </summary>
internal static class MeaningfulAttributes
{
    public static readonly string[] Values =
    [
        "alt", "charset", "class", "client", "color", "content", "data-hx-trigger", "encoding", "face", "hidden", "href", "hreflang",
        "http-equiv",
        "hx-trigger", "id", "itemprop", "itemtype", "lang", "media", "name", "property", "rel", "role", "shadowrootmode", "size", "style",
        "type", .. HeadFindings.UrlAttributes.All,
    ];

    public static readonly string[] Names = ["disabled", "multiple", "open", "popover", "selected", "src", .. ShapeMarks.Cloaks.All];
}

/// <summary>
/// A SHA-256 of pieces, each with its length, so that no two lists of pieces are written alike. Whoever writes pages must not be able to
/// make two with one outline, so a quicker hash would not do.
/// </summary>
internal sealed class OutlineHash : IDisposable
{
    private const int Capacity = 8 * 1024;
    private const int HashLength = 16;
    private const byte IsNarrow = 0xFF;
    private const byte IsWide = 0xFE;

    private readonly char[] _buffer = ArrayPool<char>.Shared.Rent(Capacity);
    private readonly byte[] _narrow = ArrayPool<byte>.Shared.Rent(Capacity + 1);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _count;

    public void Add(char c)
    {
        if (_count == Capacity)
            Flush();
        _buffer[_count++] = c;
    }

    public void Add(ReadOnlySpan<char> piece)
    {
        AddLength(piece.Length);
        AddPart(piece);
    }

    /// <summary>A name, in lower case.</summary>
    public void AddName(ReadOnlySpan<char> name)
    {
        AddLength(name.Length);
        if (!name.ContainsAnyInRange('A', 'Z'))
        {
            AddPart(name);
            return;
        }

        foreach (var c in name)
            Add(AsciiCase.Lower(c));
    }

    public void AddLength(int length)
    {
        Add((char)(length & 0xFFFF));
        Add((char)(length >> 16));
    }

    /// <summary>A part of a piece whose length is written already.</summary>
    public void AddPart(ReadOnlySpan<char> part)
    {
        while (!part.IsEmpty)
        {
            if (_count == Capacity)
                Flush();
            var length = Math.Min(part.Length, Capacity - _count);
            part[..length].CopyTo(_buffer.AsSpan(_count));
            _count += length;
            part = part[length..];
        }
    }

    /// <summary>128 bits, 22 characters.</summary>
    public string Take()
    {
        Flush();
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _hash.GetHashAndReset(hash);
        return Base64Url.EncodeToString(hash[..HashLength]);
    }

    public void Dispose()
    {
        _hash.Dispose();
        ArrayPool<char>.Shared.Return(_buffer);
        ArrayPool<byte>.Shared.Return(_narrow);
    }

    private void Flush()
    {
        var full = _buffer.AsSpan(0, _count);
        _count = 0;

        // Half the bytes, where they say all there is to say. What goes in is cut at the same places either way.
        if (Ascii.FromUtf16(full, _narrow.AsSpan(1), out var written) is OperationStatus.Done)
        {
            _narrow[0] = IsNarrow;
            _hash.AppendData(_narrow.AsSpan(0, written + 1));
            return;
        }

        _narrow[0] = IsWide;
        _hash.AppendData(_narrow.AsSpan(0, 1));
        _hash.AppendData(MemoryMarshal.AsBytes(full));
    }
}
