using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace LinkMonitor.Imports.Encodings;

/// <summary>
/// A text file whose encoding is known for certain: all of its bytes were checked before the first row is read, because a file that is
/// read half rightly makes a false alarm of every umlaut.
/// </summary>
/// <param name="Skip">Bytes of the byte order mark.</param>
/// <param name="Notice">What the user should know about how it is read; null for nothing.</param>
internal sealed record TextFile(FileInfo File, Encoding Encoding, int Skip, string? Notice)
{
    /// <summary>What a file is called whose name nobody gave.</summary>
    public const string Nameless = "the file";

    private const int BufferSize = 64 * 1024;

    // Of the bytes of a text hardly one is a control character; of other files some 10 % are.
    private const int ControlsInOne = 100;

    private static readonly (byte[] Start, string What)[] OtherKinds =
    [
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel workbook. Save the sheet as 'CSV UTF-8'"),
        ([0x1F, 0x8B], "compressed with gzip. Unpack it first"),
        ([0x25, 0x50, 0x44, 0x46], "a PDF. Export the table as CSV"),
        ([0xFF, 0xD8, 0xFF], "a picture (JPEG). Export the table as CSV"),
        ([0x89, 0x50, 0x4E, 0x47], "a picture (PNG). Export the table as CSV"),
        ([0x47, 0x49, 0x46, 0x38], "a picture (GIF). Export the table as CSV"),
        ([0x37, 0x7A, 0xBC, 0xAF], "an archive (7z). Unpack it first"),
        ([0x52, 0x61, 0x72, 0x21], "an archive (RAR). Unpack it first"),
    ];

    /// <param name="encodingName">What the user says; null to find out.</param>
    /// <exception cref="UnreadableFileException">It is no text, or its encoding is not certain.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">We may not read the file.</exception>
    public static TextFile Recognise(FileInfo file, string? encodingName, CancellationToken cancellationToken)
    {
        var head = Head(file);
        foreach (var (start, what) in OtherKinds)
        {
            if (head.AsSpan().StartsWith(start))
                throw new UnreadableFileException($"{NameOf(file)} is {(Encrypted.Is(file, head) ? Encrypted.What : what)}.");
        }

        if (head.AsSpan().StartsWith("PK\u0003\u0004"u8))
            throw new UnreadableFileException($"{NameOf(file)} is {ZipKind.Of(file)}.");
        if (encodingName is not null)
            return Named(file, encodingName, cancellationToken);
        if (ByteOrderMark(head) is var (marked, skip))
            return Certain(new TextFile(file, marked, skip, null), "what its byte order mark says", cancellationToken);
        if (ZeroPattern.Find(head) is var (wide, name))
            return Certain(new TextFile(file, wide, 0, null), name, cancellationToken);
        if (!IsText(head))
            throw new UnreadableFileException(
                $"{NameOf(file)} is neither a text nor an Excel workbook. Save the table as 'CSV UTF-8' or as .xlsx.");
        var utf8 = new TextFile(file, TextEncodings.Utf8, 0, null);
        if (utf8.FirstWrongLine(cancellationToken) is not null)
            return Western(file, cancellationToken);
        return Accident(file, cancellationToken) is { } doubt
            ? throw Doubtful(file, "may be UTF-8 only by accident", doubt, "utf-8")
            : utf8;
    }

    /// <summary>What an error calls a file, at the beginning of a sentence.</summary>
    public static string NameOf(FileInfo file) => file.Name == Nameless ? "The file" : $"'{file.Name}'";

    /// <summary>The text from its first character on.</summary>
    public StreamReader Open()
    {
        var stream = File.OpenRead();
        stream.Position = Skip;
        return new StreamReader(stream, Encoding, detectEncodingFromByteOrderMarks: false, BufferSize);
    }

    // Zeros are left out: some tools write them into texts.
    private static bool IsText(ReadOnlySpan<byte> head)
    {
        var controls = 0;
        foreach (var value in head)
        {
            if (value is > 0 and < 0x20 and not ((>= (byte)'\t' and <= (byte)'\r') or 0x1A or 0x1B))
                controls++;
        }

        return controls * ControlsInOne <= head.Length;
    }

    private static TextFile Western(FileInfo file, CancellationToken cancellationToken)
    {
        if (Doubt(file, cancellationToken) is { } doubt)
            throw Doubtful(file, "is neither UTF-8 nor clearly windows-1252", doubt, "windows-1252");

        return new TextFile(
            file, TextEncodings.Western, 0,
            $"{NameOf(file)} is not UTF-8; it is read as windows-1252 (western Europe). If that is wrong, name its encoding.");
    }

    private static UnreadableFileException Doubtful(FileInfo file, string what, TextDoubt doubt, string likely) => new(
        $"{NameOf(file)} {what}: {doubt}. Save it as 'CSV UTF-8', or name its encoding, for example {likely}, "
            + "windows-1250, windows-1251, macintosh or shift_jis.", asks: WantedWord.Encoding);

    private static TextDoubt? Accident(FileInfo file, CancellationToken cancellationToken)
    {
        var accident = new AccidentalUtf8();
        using var stream = file.OpenRead();
        var bytes = new byte[BufferSize];
        while (!accident.IsMeant && stream.Read(bytes) is > 0 and var count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            accident.Add(bytes.AsSpan(0, count));
        }

        return accident.IsMeant ? null : accident.Doubt;
    }

    private static TextDoubt? Doubt(FileInfo file, CancellationToken cancellationToken)
    {
        var western = new WesternText();
        using var stream = file.OpenRead();
        var bytes = new byte[BufferSize];
        while (stream.Read(bytes) is > 0 and var count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            western.Add(bytes.AsSpan(0, count));
        }

        return western.End();
    }

    private static TextFile Named(FileInfo file, string name, CancellationToken cancellationToken)
    {
        if (!TextEncodings.TryFind(name, out var encoding))
            throw new UnreadableFileException(TextEncodings.WrongName(name)!, isWrittenWrongly: true, WantedWord.Encoding);
        var skip = ByteOrderMark(Head(file)) is var (marked, length) && marked.CodePage == encoding.CodePage ? length : 0;
        return Certain(new TextFile(file, encoding, skip, null), name, cancellationToken);
    }

    private static TextFile Certain(TextFile file, string name, CancellationToken cancellationToken) =>
        file.FirstWrongLine(cancellationToken) is { } line
            ? throw new UnreadableFileException(string.Create(
                CultureInfo.InvariantCulture,
                $"{NameOf(file.File)} is not {name}: line {line} has bytes that are not valid in it. Save it again as 'CSV UTF-8'."))
            : file;

    private static byte[] Head(FileInfo file)
    {
        using var stream = file.OpenRead();
        var head = new byte[4096];
        return head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }

    private static (Encoding Encoding, int Length)? ByteOrderMark(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (TextEncodings.Utf8, 3),
        [0xFF, 0xFE, 0, 0, ..] => (TextEncodings.Utf32(bigEndian: false), 4),
        [0, 0, 0xFE, 0xFF, ..] => (TextEncodings.Utf32(bigEndian: true), 4),
        [0xFF, 0xFE, ..] => (TextEncodings.Utf16(bigEndian: false), 2),
        [0xFE, 0xFF, ..] => (TextEncodings.Utf16(bigEndian: true), 2),
        _ => null,
    };

    /// <summary>The first line with bytes that the encoding does not have; null when there is none.</summary>
    private int? FirstWrongLine(CancellationToken cancellationToken)
    {
        using var stream = File.OpenRead();
        stream.Position = Skip;
        var decoder = Encoding.GetDecoder();
        var bytes = new byte[BufferSize];
        var characters = new char[Encoding.GetMaxCharCount(BufferSize)];
        var line = 1;
        int count;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            count = stream.Read(bytes);
            try
            {
                var read = decoder.GetChars(bytes, 0, count, characters, 0, flush: count == 0);
                line += characters.AsSpan(0, read).Count('\n');
            }
            catch (DecoderFallbackException)
            {
                return line + WholeLines(bytes.AsSpan(0, count));
            }
        }
        while (count > 0);
        return null;
    }

    /// <summary>Lines before the first wrong byte of a block.</summary>
    private int WholeLines(ReadOnlySpan<byte> block)
    {
        var decoder = Encoding.GetDecoder();
        var character = new char[4];
        var lines = 0;
        foreach (var value in block)
        {
            try
            {
                lines += character.AsSpan(0, decoder.GetChars([value], character, flush: false)).Count('\n');
            }
            catch (DecoderFallbackException)
            {
                return lines;
            }
        }

        return lines;
    }
}

/// <summary>
/// An office document behind a password: a compound file with the encrypted document as one stream (MS-OFFCRYPTO, 2.3.4.4; its directory:
/// MS-CFB, 2.2 and 2.6).
/// </summary>
internal static class Encrypted
{
    public const string What =
        "protected by a password. Open it, take the password away, and save it again; or save the sheet as 'CSV UTF-8'";

    private const int ShiftAt = 0x1E;
    private const int DirectoryAt = 0x30;
    private const int LargestShift = 12;
    private const int DirectoryLength = 64 * 1024;

    /// <param name="head">Its beginning; that of a compound file.</param>
    public static bool Is(FileInfo file, ReadOnlySpan<byte> head)
    {
        if (head.Length < DirectoryAt + sizeof(uint))
            return false;
        var shift = BinaryPrimitives.ReadUInt16LittleEndian(head[ShiftAt..]);
        var directory = (BinaryPrimitives.ReadUInt32LittleEndian(head[DirectoryAt..]) + 1L) << Math.Min((int)shift, LargestShift);
        if (directory >= file.Length)
            return false;
        using var stream = file.OpenRead();
        stream.Position = directory;
        var entries = new byte[DirectoryLength];
        var count = stream.ReadAtLeast(entries, entries.Length, throwOnEndOfStream: false);
        return entries.AsSpan(0, count).IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0;
    }
}

/// <summary>What a file is that is a zip and no Excel workbook, and what to do with it.</summary>
internal static class ZipKind
{
    private const string OpenDocument = "application/vnd.oasis.opendocument.";

    private static readonly (string Part, string What)[] Parts =
    [
        ("xl/workbook.bin", "a binary Excel workbook (.xlsb). Save it as .xlsx, or the sheet as 'CSV UTF-8'"),
        ("word/document.xml", "a Word document. Save its table as 'CSV UTF-8'"),
        ("ppt/presentation.xml", "a PowerPoint file. Save its table as 'CSV UTF-8'"),
        ("Index/Document.iwa", "a file of Apple Numbers or Pages. Export it as Excel or CSV"),
    ];

    /// <returns>The rest of a sentence, without its end.</returns>
    public static string Of(FileInfo file)
    {
        try
        {
            using var zip = ZipFile.OpenRead(file.FullName);
            if (MediaType(zip) is { } type && type.StartsWith(OpenDocument, StringComparison.Ordinal))
                return type.StartsWith(OpenDocument + "spreadsheet", StringComparison.Ordinal)
                    ? "an OpenDocument spreadsheet (.ods). Save it as .xlsx, or the sheet as 'CSV UTF-8'"
                    : "an OpenDocument file and no spreadsheet. Save its table as 'CSV UTF-8'";
            return Parts.FirstOrDefault(one => zip.GetEntry(one.Part) is not null).What
                ?? "an archive (.zip). Unpack it, and take the file in it";
        }
        catch (InvalidDataException)
        {
            return "an archive, or an Excel workbook that is damaged. Save the sheet as 'CSV UTF-8'";
        }
    }

    private static string? MediaType(ZipArchive zip)
    {
        if (zip.GetEntry("mimetype") is not { } entry)
            return null;
        using var text = new StreamReader(entry.Open());
        var head = new char[100];
        return new string(head, 0, text.ReadBlock(head, 0, head.Length));
    }
}

/// <summary>A file of links cannot be read as a whole; the message says why and what to do.</summary>
/// <param name="isWrittenWrongly">It is a file of ours with a mistake in it, not a file of something else.</param>
/// <param name="asks">What the user may add so that it can be read.</param>
internal sealed class UnreadableFileException(
    string message, bool isWrittenWrongly = false, WantedWord asks = WantedWord.None) : Exception(message)
{
    /// <summary>It is a file of ours with a mistake in it, not a file of something else.</summary>
    public bool IsWrittenWrongly => isWrittenWrongly;

    /// <summary>What the user may add so that it can be read; how it is said depends on where.</summary>
    public WantedWord Asks => asks;
}

/// <summary>What a file does not say itself.</summary>
internal enum WantedWord
{
    None,

    /// <summary>The name of its encoding.</summary>
    Encoding,

    /// <summary>Where all links should point.</summary>
    Target,

    /// <summary>Which column is the page, and which the target.</summary>
    Columns,

    /// <summary>Which sheet of the workbook.</summary>
    Sheet,
}
