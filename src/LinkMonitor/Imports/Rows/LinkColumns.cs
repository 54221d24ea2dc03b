using System.Globalization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Imports.Encodings;

namespace LinkMonitor.Imports.Rows;

/// <summary>What a column of a file is taken for.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(WireNameJsonConverter<ColumnRole>))]
public enum ColumnRole
{
    /// <summary>Not read.</summary>
    Ignored,

    /// <summary>The page that should carry the link.</summary>
    Page,

    /// <summary>Where the link should point.</summary>
    Target,

    /// <summary>The anchor text that is expected.</summary>
    Anchor,

    /// <summary>The rel that is expected.</summary>
    Rel,

    /// <summary>Whether the link is expected to be followed: yes or no.</summary>
    Follow,

    /// <summary>How the target is compared.</summary>
    Match,

    /// <summary>A truth value or a date: the tool itself has found the link gone.</summary>
    Lost,

    /// <summary>Whether the tool saw the link on the page after its scripts ran.</summary>
    Rendered,

    /// <summary>Whether the tool saw the link in the page as the server sends it.</summary>
    Raw,

    /// <summary>The key of a type of link of the project.</summary>
    Type,

    /// <summary>Tags of the link, with commas between them.</summary>
    Tags,

    /// <summary>Words of the user's own.</summary>
    Note,

    /// <summary>What the tool says of the link: kept with its name and the day.</summary>
    Metric,

    /// <summary>The placement that is expected.</summary>
    Placement,

    /// <summary>Whether the page must be indexable: yes or no.</summary>
    Indexable,

    /// <summary>What is not watched, with commas between.</summary>
    Ignore,

    /// <summary>Whether nobody is notified of its changes: yes or no.</summary>
    Muted,

    /// <summary>When the muting ends; a time that is over mutes nothing.</summary>
    MutedUntil,

    /// <summary>Who sold the placement.</summary>
    Vendor,

    /// <summary>What the placement costs, with a point before decimals.</summary>
    Cost,

    /// <summary>The currency of the cost, ISO 4217.</summary>
    Currency,

    /// <summary>What the cost pays for: <c>term</c> or <c>month</c>.</summary>
    CostPeriod,

    /// <summary>The first day that is paid for.</summary>
    Start,

    /// <summary>The last day that is paid for.</summary>
    End,

    /// <summary>Whom to write to about the placement.</summary>
    Contact,

    /// <summary>The reference of its invoice or order.</summary>
    Invoice,
}

/// <summary>How far a guess can be trusted.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(WireNameJsonConverter<Certainty>))]
public enum Certainty
{
    /// <summary>The names are known, and the contents do not contradict them.</summary>
    Certain,

    /// <summary>One of the two follows from the other, or the contents leave no other reading.</summary>
    Likely,

    /// <summary>Names and contents contradict each other, or leave two readings: nothing is imported until somebody confirms it.</summary>
    Doubtful,
}

/// <summary>Which column of a table holds what.</summary>
internal sealed record LinkColumns
{
    /// <summary>All names as they stand in the file; of a list without a header <c>Column 1</c> and so on.</summary>
    public required IReadOnlyList<string> Header { get; init; }

    /// <summary>A role for each column.</summary>
    public required IReadOnlyList<ColumnRole> Roles { get; init; }

    public Certainty Certainty { get; init; } = Certainty.Certain;

    /// <summary>Why the page and the target are taken for that, one sentence.</summary>
    public string Why { get; init; } = string.Empty;

    /// <summary>The tool that wrote the file; null when nothing says it.</summary>
    public string? Vendor { get; init; }

    /// <summary>It has our own names for page and target: written for us, by whomever.</summary>
    public bool IsForUs { get; init; }

    /// <summary>One of our own exports that was written as a table: its cells are guarded (<see cref="ExportedFile.Guard"/>).</summary>
    public bool IsExport { get; init; }

    /// <summary>The names stand in the file.</summary>
    public bool HasHeader { get; init; } = true;

    public int Page => Find(ColumnRole.Page) ?? 0;

    /// <summary>Null when the file does not say; then the target is asked for.</summary>
    public int? Target => Find(ColumnRole.Target);

    /// <summary>The user's own columns: all but page and target; without a header only those that somebody has named.</summary>
    public IEnumerable<int> Own => Enumerable.Range(0, Header.Count).Where(at =>
        Roles[at] is not (ColumnRole.Page or ColumnRole.Target) && (HasHeader || Roles[at] != ColumnRole.Ignored));

    /// <summary>All columns that say whether a link is lost: one that says so is enough.</summary>
    public IEnumerable<int> Losses => Enumerable.Range(0, Header.Count).Where(at => Roles[at] == ColumnRole.Lost);

    /// <summary>Columns with the name of the page or the target that held the same in the first rows, each with that one.</summary>
    public IReadOnlyList<(int Column, int Twin)> Twins { get; init; } = [];

    /// <summary>
    /// In doubt is only whether another column holds the targets: settled when somebody says where all links should point.
    /// </summary>
    public bool IsTargetOpen { get; init; }

    public RowShape Shape => new(Header.Count, [.. new[] { Find(ColumnRole.Page), Target }.OfType<int>()])
    {
        Losses = [.. Losses.Select(at => (at, Header[at]))],
    };

    public int? Find(ColumnRole role)
    {
        for (var at = 0; at < Roles.Count; at++)
        {
            if (Roles[at] == role)
                return at;
        }

        return null;
    }

    /// <summary>Whether all columns that somebody has chosen are there.</summary>
    public bool Have(IReadOnlyDictionary<string, ColumnRole> chosen) => chosen.Keys.All(name => PlaceOf(name) is not null);

    /// <summary>The same with roles that somebody has chosen, which settles every doubt.</summary>
    /// <param name="chosen">By the name of the column, or its number from 1.</param>
    /// <exception cref="UnreadableFileException">There is no such column, or two are the page.</exception>
    public LinkColumns With(IReadOnlyDictionary<string, ColumnRole> chosen)
    {
        if (chosen.Count == 0)
            return this;
        var roles = Roles.ToArray();
        var missing = chosen.Keys.Where(name => PlaceOf(name) is null).Select(name => $"'{name}'").ToList();
        if (missing.Count > 0)
            throw new UnreadableFileException(
                $"There is no column {string.Join(" and no column ", missing)}. The file has: {string.Join(", ", Header)}.", true,
                WantedWord.Columns);
        var places = chosen.Select(one => (At: PlaceOf(one.Key)!.Value, Role: one.Value)).ToList();
        if (places.GroupBy(one => one.At).FirstOrDefault(group => group.Count() > 1) is { } same)
            throw new UnreadableFileException(
                $"The column '{Header[same.Key]}' is chosen for {string.Join(" and for ", same.Select(one => WireName.Of(one.Role)))}. "
                    + "Choose one.", true, WantedWord.Columns);

        // One that is chosen takes the place of the one that was guessed.
        foreach (var role in places.Select(one => one.Role).Where(role => IsSingle(role) || role == ColumnRole.Lost))
            for (var at = 0; at < roles.Length; at++)
                if (roles[at] == role)
                    roles[at] = HasHeader ? ColumnRole.Metric : ColumnRole.Ignored;
        foreach (var (at, role) in places)
            roles[at] = role;
        if (roles.GroupBy(role => role).FirstOrDefault(group => IsSingle(group.Key) && group.Count() > 1) is { } twice)
            throw new UnreadableFileException(
                $"Two columns are chosen for {WireName.Of(twice.Key)}. Choose one.", true, WantedWord.Columns);
        if (!roles.Contains(ColumnRole.Page))
            throw new UnreadableFileException("No column is the page. Choose the one with the pages that carry the links.", true,
                WantedWord.Columns);
        var settles = places.Exists(one => one.Role is ColumnRole.Page or ColumnRole.Target);
        return this with
        {
            Roles = roles,
            Certainty = settles ? Certainty.Certain : Certainty,
            Why = settles ? "You chose the columns." : Why,
            Twins = settles ? [] : Twins,
            IsTargetOpen = !settles && IsTargetOpen,
        };
    }

    private static bool IsSingle(ColumnRole role) =>
        role is not (ColumnRole.Metric or ColumnRole.Ignored or ColumnRole.Tags or ColumnRole.Lost);

    /// <summary>A column by its number from 1; null for a name, and for a number that no column has.</summary>
    public static int? PlaceOfNumber(string text, int columns) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= columns
            ? number - 1
            : null;

    private int? PlaceOf(string name)
    {
        for (var at = 0; at < Header.Count; at++)
        {
            if (Header[at].Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))
                return at;
        }

        return PlaceOfNumber(name, Header.Count);
    }
}

/// <summary>What is said for a whole file, beside what stands in it.</summary>
/// <param name="Target">Where all links should point, for a file without a column for it; null to ask for it.</param>
/// <param name="Match">For rows that say none; null for the page.</param>
internal sealed record RowDefaults(string? Target, string? Match)
{
    public static RowDefaults None { get; } = new(null, null);

    /// <summary>The encoding of a text; null to find out.</summary>
    public string? Encoding { get; init; }

    /// <summary>The one sheet of a workbook to read; null for all that list links.</summary>
    public string? Sheet { get; init; }

    /// <summary>Links that are lost are watched, too: then nothing has to say which are.</summary>
    public bool WithLost { get; init; }

    /// <summary>What columns are, by name or by number from 1, where the guess is wrong.</summary>
    public IReadOnlyDictionary<string, ColumnRole> Columns { get; init; } = new Dictionary<string, ColumnRole>();

    /// <summary>Somebody has said which column is the page: then no table is refused for what it looks like.</summary>
    public bool SayPage => Columns.Values.Contains(ColumnRole.Page);
}
