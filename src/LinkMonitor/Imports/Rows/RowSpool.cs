using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Unicode;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Spooling;
using Microsoft.Win32.SafeHandles;

namespace LinkMonitor.Imports.Rows;

/// <summary>
/// The rows of a file on disk, each found by its place, so that rows of one page can be read together wherever they stand and memory holds
/// a few bytes a row. The file is a temporary one.
/// </summary>
internal sealed class RowSpool : IDisposable
{
    private const int UsualLength = 1024;

    private readonly List<long> _places = [];
    private readonly List<int> _lines = [];
    private readonly FileStream _file = TemporaryFile.Create("rows", 64 * 1024);

    private readonly MemoryStream _record = new();
    private long _end;

    public int Count => _places.Count;

    private SafeFileHandle Handle => _file.SafeFileHandle;

    /// <summary>Adds a row; all are added before the first is read.</summary>
    /// <exception cref="IOException">There is no room for it.</exception>
    public void Add(RowText row)
    {
        _record.SetLength(sizeof(int));
        _record.Position = sizeof(int);
        using (var writer = new BinaryWriter(_record, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(row.Line);
            writer.Write(row.Page);
            foreach (var text in (string?[])[row.Target, row.Match, row.Rel, row.Anchor, row.Type])
            {
                writer.Write(text is not null);
                writer.Write(text ?? string.Empty);
            }

            writer.Write(row.Sheet ?? string.Empty);
            writer.Write(row.WasLost);
            writer.Write(row.IsByScript);
            writer.Write(row.IsOtherKind);
            writer.Write7BitEncodedInt(row.Own.Count);
            foreach (var cell in row.Own)
                writer.Write(cell);
        }

        var bytes = _record.GetBuffer().AsSpan(0, (int)_record.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes, bytes.Length - sizeof(int));
        _file.Write(bytes);
        _places.Add(_end);
        _lines.Add(row.Line);
        _end += bytes.Length;
    }

    /// <summary>No more rows come.</summary>
    public void Complete()
    {
        _file.Flush();
        _places.TrimExcess();
        _lines.TrimExcess();
    }

    /// <summary>Thread-safe.</summary>
    public RowText Read(int place)
    {
        var buffer = new byte[UsualLength];
        var at = _places[place];
        var read = RandomAccess.Read(Handle, buffer, at);
        var length = BinaryPrimitives.ReadInt32LittleEndian(buffer);
        if (length > read - sizeof(int))
        {
            buffer = new byte[sizeof(int) + length];
            RandomAccess.Read(Handle, buffer, at);
        }

        using var reader = new BinaryReader(new MemoryStream(buffer, sizeof(int), length), Encoding.UTF8);
        return Read(reader);
    }

    /// <summary>The place of the row that begins at a line; negative when none does.</summary>
    public int Find(int line) => _lines.BinarySearch(line);

    public void Dispose()
    {
        _file.Dispose();
        _record.Dispose();
    }

    private static RowText Read(BinaryReader reader)
    {
        var (line, page) = (reader.ReadInt32(), reader.ReadString());
        var (target, match, rel, anchor, type) =
            (Optional(reader), Optional(reader), Optional(reader), Optional(reader), Optional(reader));
        var (sheet, wasLost, isByScript, isOtherKind) =
            (reader.ReadString(), reader.ReadBoolean(), reader.ReadBoolean(), reader.ReadBoolean());
        var own = new string[reader.Read7BitEncodedInt()];
        for (var at = 0; at < own.Length; at++)
            own[at] = reader.ReadString();
        return new RowText
        {
            Line = line,
            Page = page,
            Target = target,
            Match = match,
            Rel = rel,
            Anchor = anchor,
            Own = own,
            WasLost = wasLost,
            Sheet = sheet.Length == 0 ? null : sheet,
            IsByScript = isByScript,
            IsOtherKind = isOtherKind,
            Type = type,
        };
    }

    private static string? Optional(BinaryReader reader)
    {
        var isGiven = reader.ReadBoolean();
        var text = reader.ReadString();
        return isGiven ? text : null;
    }
}

/// <summary>One link of a file.</summary>
internal sealed record LinkFileRow(RowText Text, WebUrl Page, Expectation Expectation)
{
    /// <param name="error">What is wrong with the row.</param>
    public static bool TryRead(RowText text, [NotNullWhen(true)] out LinkFileRow? row, [NotNullWhen(false)] out string? error)
    {
        row = null;
        if (!ExpectationText.TryReadUrl("page", text.Page, out var page, out error)
            || !ExpectationText.TryRead(text.Target, text.Match, text.Rel, text.Anchor, out var expectation, out error))
            return false;
        row = new LinkFileRow(text, page, expectation);
        return true;
    }
}

/// <summary>What a row of a file says, as it is written there.</summary>
internal sealed record RowText
{
    /// <summary>Where the row begins, from 1.</summary>
    public required int Line { get; init; }

    public required string Page { get; init; }

    public required string? Target { get; init; }

    public string? Match { get; init; }

    public string? Rel { get; init; }

    public string? Anchor { get; init; }

    /// <summary>The key of a type of the project that it is imported into.</summary>
    public string? Type { get; init; }

    /// <summary>The cells of the user's own columns, in the order of <see cref="LinkTable.OwnColumns"/>.</summary>
    public IReadOnlyList<string> Own { get; init; } = [];

    /// <summary>The tool that wrote the file has found the link gone.</summary>
    public bool WasLost { get; init; }

    /// <summary>The sheet of the workbook; null for a text.</summary>
    public string? Sheet { get; init; }

    /// <summary>The tool saw the link only after the scripts of the page had run.</summary>
    public bool IsByScript { get; init; }

    /// <summary>The tool saw no anchor: a frame, a form, a redirect, or the address as text.</summary>
    public bool IsOtherKind { get; init; }
}

/// <summary>
/// Reads what one check expects. One check has nothing to compare with, so what is not given is not watched; only that the page may be
/// indexed and that the link can be seen is always expected.
/// </summary>
internal static class ExpectationText
{
    public static bool TryReadUrl(string what, string? text, [NotNullWhen(true)] out WebUrl? url, [NotNullWhen(false)] out string? error)
    {
        (url, error) = (null, string.IsNullOrWhiteSpace(text) ? $"The {what} is missing." : null);
        if (error is null && !GivenUrl.TryRead(text!, out url, out error))
            error = $"The {what} {error}";
        return error is null;
    }

    /// <summary>What is wrong with an address; null when nothing is.</summary>
    public static string? WrongUrl(string what, string? text) => TryReadUrl(what, text, out _, out var error) ? null : error;

    /// <summary>What is wrong with a match mode; null when nothing is.</summary>
    public static string? WrongMatch(string match) =>
        string.IsNullOrWhiteSpace(match) || WireName.TryParse<TargetMatch>(match.Trim(), out _)
        ? null
        : $"'{match}' is not a match mode. Use {string.Join(", ", WireName.All<TargetMatch>())}.";

    /// <summary>What is wrong with an expected rel; null when nothing is.</summary>
    public static string? WrongRel(string rel) =>
        string.IsNullOrWhiteSpace(rel) || RelText.TryParseExpectation(rel, out _, out var error) ? null : error;

    /// <summary>What is wrong with an expected anchor; null when nothing is.</summary>
    public static string? WrongAnchor(string anchor) => anchor.Contains('\uFFFD', StringComparison.Ordinal)
        ? "The anchor contains U+FFFD: a character was lost when it was saved."
        : UnicodeText.FirstNoncharacter(anchor) is { } codePoint
            ? $"The anchor contains {codePoint}, which is not a character. Remove it."
            : null;

    public static bool TryRead(
        string? target,
        string? match,
        string? rel,
        string? anchor,
        [NotNullWhen(true)] out Expectation? expectation,
        [NotNullWhen(false)] out string? error)
    {
        expectation = null;
        var qualifiers = Expected<RelQualifiers>.Any;
        var mode = TargetMatch.Page;
        if (!TryReadUrl("target", target, out var url, out error))
            return false;
        error = anchor is null ? null : WrongAnchor(anchor);
        if (!string.IsNullOrWhiteSpace(rel) && !RelText.TryParseExpectation(rel, out qualifiers, out var wrongRel))
            error = wrongRel;
        if (!string.IsNullOrWhiteSpace(match) && !WireName.TryParse(match.Trim(), out mode))
            error = WrongMatch(match);
        if (error is not null)
            return false;
        error = null;
        expectation = new Expectation
        {
            Target = url,
            Match = mode,
            Rel = qualifiers,
            Anchor = string.IsNullOrWhiteSpace(anchor) ? Expected<string>.Any : Expected<string>.Exactly(anchor.Trim()),
            Placement = Expected<Placement>.Any,
            Indexable = Expected<bool>.Exactly(true),
        };
        return true;
    }
}
