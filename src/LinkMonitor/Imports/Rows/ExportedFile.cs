using System.Text;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Imports.Rows;

/// <summary>
/// What our own exports and our own reader agree on: the names of columns, how a cell is kept from being run as a formula, and how tags
/// stand in one cell. Every export is read back without a difference in what people have decided of a link.
/// </summary>
internal static class ExportedFile
{
    /// <summary>The columns that an import reads back, each with what it is taken for. The order is that of the file.</summary>
    public static readonly IReadOnlyList<(string Name, ColumnRole Role)> Given =
    [
        .. new[]
        {
            ColumnRole.Page, ColumnRole.Target, ColumnRole.Match, ColumnRole.Type, ColumnRole.Rel, ColumnRole.Anchor, ColumnRole.Placement,
            ColumnRole.Indexable, ColumnRole.Ignore, ColumnRole.Tags, ColumnRole.Note, ColumnRole.Muted, ColumnRole.MutedUntil,
            ColumnRole.Vendor, ColumnRole.Cost, ColumnRole.Currency, ColumnRole.CostPeriod, ColumnRole.Start, ColumnRole.End,
            ColumnRole.Contact, ColumnRole.Invoice,
        }.Select(role => (NameOf(role), role)),
    ];

    /// <summary>The columns behind them, which say what was found and are not read.</summary>
    public static readonly IReadOnlyList<string> Found =
    [
        "state", "reasons", "since", "observation", "lastCheckedAt", "lastSeenAt", "foundRel", "foundAnchor", "caseId", "importId",
        "linkId", "createdAt",
    ];

    // Names that no other tool's file has beside page and target. A user may have deleted some of them.
    private static readonly string[] Signs = ["costperiod", "muteduntil", "foundrel", "foundanchor", "linkid", "lastseenat"];
    private const int EnoughSigns = 4;

    private const string Separators = ",;|";

    /// <param name="plain">The names as <see cref="HeaderNames.Plain"/> has them.</param>
    public static bool IsHeader(IReadOnlyList<string> plain) => Signs.Count(plain.Contains) >= EnoughSigns;

    /// <summary>Says what the columns of an export are.</summary>
    public static void Assign(IReadOnlyList<string> plain, ColumnRole[] roles)
    {
        foreach (var (name, role) in Given)
            if (HeaderNames.Find(plain, [HeaderNames.Plain(name)]) is { } at)
                roles[at] = role;
        foreach (var name in Found)
            if (HeaderNames.Find(plain, [HeaderNames.Plain(name)]) is { } at)
                roles[at] = ColumnRole.Ignored;
    }

    /// <summary>
    /// The text as a cell that no spreadsheet runs (OWASP, "CSV injection"): what begins with <c>= + - @</c>, a tab or a line break gets an
    /// apostrophe in front, and so does what looks like that already, so that <see cref="Unguard"/> gives back every text.
    /// </summary>
    public static string Guard(string text) => IsRisky(text.AsSpan().TrimStart('\'')) ? $"'{text}" : text;

    /// <summary>The text of a guarded cell.</summary>
    public static string Unguard(string cell) =>
        cell.StartsWith('\'') && IsRisky(cell.AsSpan().TrimStart('\'')) ? cell[1..] : cell;

    /// <summary>Texts in one cell: with a comma between, and a backslash before what would be taken for one.</summary>
    public static string Join(IEnumerable<string> texts) => string.Join(", ", texts.Select(Escape));

    /// <summary>The texts of a cell that <see cref="Join"/> has made, or that somebody has typed.</summary>
    public static IReadOnlyList<string> Split(string cell) => Split(cell, Separators);

    /// <inheritdoc cref="Split(string)"/>
    /// <param name="separators">What may stand between two texts.</param>
    public static IReadOnlyList<string> Split(string cell, string separators)
    {
        var (texts, text) = (new List<string>(), new StringBuilder());
        for (var at = 0; at < cell.Length; at++)
        {
            if (cell[at] == '\\' && at + 1 < cell.Length)
                text.Append(cell[++at]);
            else if (separators.Contains(cell[at], StringComparison.Ordinal))
                Take();
            else
                text.Append(cell[at]);
        }

        Take();
        return texts;

        void Take()
        {
            if (text.ToString().Trim() is { Length: > 0 } found)
                texts.Add(found);
            text.Clear();
        }
    }

    private static string NameOf(ColumnRole role)
    {
        var words = WireName.Of(role).Split('-');
        return words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    private static bool IsRisky(ReadOnlySpan<char> text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..];

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
            escaped.Append(character == '\\' || Separators.Contains(character, StringComparison.Ordinal) ? "\\" : "").Append(character);
        return escaped.ToString();
    }
}
