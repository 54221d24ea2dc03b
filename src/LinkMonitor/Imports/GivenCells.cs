using System.Globalization;
using LinkMonitor.Api;
using LinkMonitor.Imports.Rows;
using LinkMonitor.Links;

namespace LinkMonitor.Imports;

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
