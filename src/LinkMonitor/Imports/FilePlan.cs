using System.Globalization;
using LinkMonitor.Api;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Imports.Encodings;
using LinkMonitor.Imports.Rows;
using LinkMonitor.Links;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;

namespace LinkMonitor.Imports;

/// <summary>What is done with a row of a file.</summary>
internal enum RowFate
{
    Watch,
    Rejected,
    Lost,
    Own,
    Twice,
}

/// <summary>A row of a file, and what an import does with it.</summary>
/// <param name="Row">Null when it is no link.</param>
/// <param name="Draft">Set for <see cref="RowFate.Watch"/>.</param>
/// <param name="Bad">Set for <see cref="RowFate.Rejected"/>.</param>
internal sealed record PlannedRow(RowFate Fate, LinkFileRow? Row, LinkDraft? Draft, BadRow? Bad);

/// <summary>
/// Goes through the rows of a file, always in the same order and to the same end: what a preview counts is what the import does, and an
/// import that was killed goes on where it stopped by passing over as many rows as it had done.
/// </summary>
internal sealed class FilePlan(
    FileOfLinks file, ImportChoices choices, LinkRequestReader reader, ProjectTypes types, DateOnly day)
{
    /// <summary>The most rows of one file.</summary>
    public const int MostRows = 500_000;

    /// <param name="passed">So many rows are passed over: of them only that is read which says whether another is twice.</param>
    /// <exception cref="UnreadableFileException">The file has too many rows, or something must be said first.</exception>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public IEnumerable<PlannedRow> Read(CancellationToken cancellationToken, int passed = 0)
    {
        var (seen, count) = (new HashSet<UInt128>(), 0);
        foreach (var table in file.Tables)
        {
            var notes = new RowNotes(table, choices.Vendor, day);
            var type = TypeOf(table);
            foreach (var row in table.All(cancellationToken))
            {
                if (++count > MostRows)
                    throw new UnreadableFileException($"The file has more than {MostRows:N0} rows. Split it.");
                var planned = row switch
                {
                    LinkFileRow { Text.WasLost: true } lost when !choices.WithLost => new PlannedRow(RowFate.Lost, lost, null, null),
                    LinkFileRow link => Plan(link, table, type, notes, seen),
                    BadRow bad => new PlannedRow(RowFate.Rejected, null, null, bad),
                    _ => new PlannedRow(RowFate.Own, null, null, null),
                };
                if (count > passed)
                    yield return planned is { Fate: RowFate.Watch, Row: { } noted, Draft: { } draft }
                        ? planned with { Draft = draft with { VendorNote = notes.Of(noted) } }
                        : planned;
            }
        }
    }

    /// <summary>
    /// The type that a sheet stands for: the one that it is named like. Such a name is no tag. Null when there is none.
    /// </summary>
    public LinkType? TypeOf(LinkTable table) => table.Sheet is { } sheet ? Named(sheet) : null;

    /// <summary>The tag that a sheet stands for; null for none.</summary>
    public string? TagOf(LinkTable table) => file.Tables.Count > 1 && TypeOf(table) is null ? table.Sheet : null;

    /// <summary>A type by its key or its name, in one or several: <c>Guest post</c>, <c>guest-posts</c>.</summary>
    private LinkType? Named(string text)
    {
        var name = Bare(text);
        return types.Find(text.Trim().ToLowerInvariant())
            ?? types.All.FirstOrDefault(type => name.Length > 0 && (Bare(type.Key) == name || Bare(type.Name) == name));
    }

    private static string Bare(string text)
    {
        var plain = HeaderNames.Plain(text);
        return plain.Length > 3 && plain.EndsWith('s') ? plain[..^1] : plain;
    }

    private PlannedRow Plan(LinkFileRow row, LinkTable table, LinkType? type, RowNotes notes, HashSet<UInt128> seen)
    {
        var errors = new FieldErrors();
        var given = new GivenCells(role => notes.Cell(row, role), day, errors);
        var draft = reader.Read(Request(row, table, type, notes, given), types, errors);
        var (muted, until) = given.Mute();
        // What does not fit together is refused now: when the link is registered, nobody is there to be told.
        if (draft is not null)
            TermsRules.Check(draft.Parts.Terms?.ApplyTo(null), errors);
        if (draft is null || errors.Any)
        {
            var why = errors.ToDictionary().Select(field => $"{field.Key}: {string.Join(' ', field.Value)}").First();
            return new PlannedRow(RowFate.Rejected, row, null, new BadRow(row.Text.Line, why, row.Text.Sheet));
        }

        draft = draft with { Parts = draft.Parts with { Muted = muted, MutedUntil = until } };
        return seen.Add(LinkIdFactory.NumberOf(draft.Id))
            ? new PlannedRow(RowFate.Watch, row, draft, null)
            : new PlannedRow(RowFate.Twice, row, null, null);
    }

    /// <summary>What the file does not say is "as first seen".</summary>
    private LinkRequest Request(LinkFileRow row, LinkTable table, LinkType? type, RowNotes notes, GivenCells given) => new()
    {
        Page = row.Page.Href,
        Target = row.Expectation.Target.Href,
        Match = WireName.Of(row.Expectation.Match),
        Rel = string.IsNullOrWhiteSpace(row.Text.Rel) ? null : RelText.Write(row.Expectation.Rel) ?? "any",
        Anchor = row.Expectation.Anchor is { Kind: ExpectedKind.Exactly, Value: { } anchor } ? anchor : null,
        Type = string.IsNullOrWhiteSpace(row.Text.Type) ? type?.Key ?? choices.Type : Named(row.Text.Type)?.Key ?? row.Text.Type,
        Placement = given.Text(ColumnRole.Placement),
        Indexable = given.Truth(ColumnRole.Indexable, "indexable"),
        Ignore = given.List(ColumnRole.Ignore),
        Terms = given.Terms(),
        Note = notes.Words(row),
        Tags = Tags(row, table, notes) is { Count: > 0 } tags ? tags : null,
    };

    private List<string> Tags(LinkFileRow row, LinkTable table, RowNotes notes) =>
    [
        .. choices.Tags.Concat(notes.Tags(row)).Concat(TagOf(table) is { } sheet ? [sheet] : [])
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];
}

/// <summary>What a row says of its link besides what is expected: the user's words and tags, and the figures of the tool.</summary>
internal sealed class RowNotes(LinkTable table, string? vendor, DateOnly day)
{
    private const string Unknown = "Another tool";
    private const int MostName = 60;
    private const int MostValue = 200;
    private const int MostInAll = 4_000;

    private static readonly char[] Separators = [',', ';', '|'];

    private readonly bool _isOurs = ExportedFile.IsHeader([.. table.Columns.Header.Select(HeaderNames.Plain)]);
    private readonly string _vendor = Cut(vendor ?? table.Columns.Vendor ?? Unknown, MostName);
    private readonly (int At, string Name, ColumnRole Role)[] _columns =
    [
        .. table.Columns.Own.Select((column, at) => (at, table.Columns.Header[column], table.Columns.Roles[column])),
    ];

    /// <summary>Null when the row says nothing.</summary>
    public VendorNote? Of(LinkFileRow row)
    {
        var (values, length) = (new Dictionary<string, string>(StringComparer.Ordinal), 0);
        foreach (var (at, name, role) in _columns)
        {
            // A status may say more than that the link is there, and a reason more than that it is not.
            var isKept = role == ColumnRole.Metric || (role == ColumnRole.Lost
                && (HeaderNames.Status.Contains(HeaderNames.Plain(name)) || LossWords.IsNameOfReasons(name)));
            var cell = row.Text.Own[at];
            if (!isKept || TruthText.IsNothing(cell) || cell.Length > MostValue || values.Count == VendorNote.MostValues
                || (length += name.Length + cell.Length) > MostInAll)
                continue;
            values[Cut(name, MostName)] = cell;
        }

        return values.Count == 0 ? null : new VendorNote(_vendor, day, values);
    }

    public string? Words(LinkFileRow row) => _columns.Where(column => column.Role == ColumnRole.Note)
        .Select(column => row.Text.Own[column.At]).FirstOrDefault(text => text.Length > 0);

    public IEnumerable<string> Tags(LinkFileRow row) => _columns.Where(column => column.Role == ColumnRole.Tags)
        .SelectMany(column => _isOurs ? ExportedFile.Split(row.Text.Own[column.At]) : row.Text.Own[column.At].Split(
            Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The cell of a role; null when there is no such column, or nothing in it.</summary>
    public string? Cell(LinkFileRow row, ColumnRole role) => _columns.Where(column => column.Role == role)
        .Select(column => row.Text.Own[column.At]).FirstOrDefault(text => text.Length > 0);

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";
}

/// <summary>What a row says of its link beside page, target, match, rel and anchor, as the API takes it.</summary>
/// <param name="cell">The text of a column; null for none.</param>
/// <param name="day">The day of the import, in UTC.</param>
/// <param name="errors">Gets what is wrong with a cell.</param>
internal sealed class GivenCells(Func<ColumnRole, string?> cell, DateOnly day, FieldErrors errors)
{
    private static readonly ColumnRole[] OfTerms =
    [
        ColumnRole.Vendor, ColumnRole.Cost, ColumnRole.Currency, ColumnRole.CostPeriod, ColumnRole.Start, ColumnRole.End,
        ColumnRole.Contact, ColumnRole.Invoice,
    ];

    // As in requests: nobody means a later time.
    private const int LastYear = 2199;

    public string? Text(ColumnRole role) => cell(role);

    /// <summary>Null for an empty cell.</summary>
    public IReadOnlyList<string>? List(ColumnRole role) => cell(role) is { } text ? ExportedFile.Split(text) : null;

    /// <summary>Null for an empty cell, and for one that is neither yes nor no, which is an error.</summary>
    public bool? Truth(ColumnRole role, string field)
    {
        if (cell(role) is not { } text)
            return null;
        if (TruthText.IsTrue(text))
            return true;
        if (!TruthText.IsFalse(text))
            errors.Add(field, $"'{FieldErrors.Cut(text)}' is neither yes nor no.");
        return TruthText.IsFalse(text) ? false : null;
    }

    /// <summary>
    /// Whether the link is muted, and until when. A muting that is over by the day of the import is none: whoever reads the file again, to
    /// undo it, comes to the same.
    /// </summary>
    public (bool? Muted, DateTimeOffset? Until) Mute()
    {
        var muted = Truth(ColumnRole.Muted, "muted");
        if (cell(ColumnRole.MutedUntil) is not { } text)
            return (muted, null);
        const DateTimeStyles AsUtc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, AsUtc, out var until) && until.Year <= LastYear)
            return DateOnly.FromDateTime(until.UtcDateTime) <= day ? (null, null) : (muted ?? true, until);
        errors.Add("mutedUntil", $"'{FieldErrors.Cut(text)}' is not {TimeText.Wanted}.");
        return (muted, null);
    }

    /// <summary>Null when no cell of the terms says anything.</summary>
    public TermsRequest? Terms() => OfTerms.All(role => cell(role) is null)
        ? null
        : new TermsRequest
        {
            Vendor = cell(ColumnRole.Vendor),
            Cost = Cost(),
            Currency = cell(ColumnRole.Currency),
            CostPeriod = cell(ColumnRole.CostPeriod),
            Start = cell(ColumnRole.Start),
            End = cell(ColumnRole.End),
            Contact = cell(ColumnRole.Contact),
            Invoice = cell(ColumnRole.Invoice),
        };

    private decimal? Cost()
    {
        if (cell(ColumnRole.Cost) is not { } text)
            return null;
        // No thousands: "1,234" is a price in one country and another in the next.
        const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent;
        if (decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var cost))
            return cost;
        errors.Add("terms.cost", $"'{FieldErrors.Cut(text)}' is not a number. Write it like 1234.50.");
        return null;
    }
}
