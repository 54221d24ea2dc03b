using System.Globalization;
using LinkMonitor.Api;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Placements;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Links;

/// <summary>Reads the terms of a request field by field; whether they fit together is for <see cref="TermsRules"/>.</summary>
internal static class TermsReader
{
    public const decimal MaxCost = 999_999_999m;

    private const int MaxTextLength = 200;
    private const string DateFormat = "yyyy-MM-dd";
    private static readonly DateOnly FirstDay = new(1990, 1, 1);
    private static readonly DateOnly LastDay = new(2199, 12, 31);

    public static TermsParts Read(TermsRequest request, FieldErrors errors)
    {
        var parts = ReadParts(request, errors);

        // Said with all else that is wrong; of a day that the link has already only the stored link can tell.
        if (parts is { Start: { } start, End: { } end })
            TermsRules.CheckOrder(start, end, errors);
        return parts;
    }

    private static TermsParts ReadParts(TermsRequest request, FieldErrors errors) => new()
    {
        Vendor = ReadText("terms.vendor", request.Vendor, errors),
        Cost = ReadCost(request.Cost, errors),
        Currency = ReadCurrency(request.Currency, errors),
        CostPeriod = errors.ReadName<CostPeriod>("terms.costPeriod", request.CostPeriod),
        Start = ReadDay("terms.start", request.Start, errors),
        End = ReadDay("terms.end", request.End, errors),
        Contact = ReadText("terms.contact", request.Contact, errors),
        Invoice = ReadText("terms.invoice", request.Invoice, errors),
    };

    private static string? ReadText(string field, string? text, FieldErrors errors)
    {
        var trimmed = text?.Trim();
        if (trimmed is not null && (trimmed.Length is 0 or > MaxTextLength || trimmed.Any(char.IsControl)))
            errors.Add(field, $"1 to {MaxTextLength} characters and no line breaks; it has {CountText.Of(trimmed.Length, "character")}.");
        errors.CheckCharacters(field, trimmed);
        return trimmed;
    }

    private static decimal? ReadCost(decimal? cost, FieldErrors errors)
    {
        if (cost is < 0 or > MaxCost)
            errors.Add("terms.cost", string.Create(CultureInfo.InvariantCulture, $"0 to {MaxCost}; it is {cost}."));
        return cost;
    }

    private static string? ReadCurrency(string? code, FieldErrors errors)
    {
        var upper = code?.Trim().ToUpperInvariant();
        if (upper is not null && Currencies.Decimals(upper) is null)
            errors.Add(
                "terms.currency", $"'{FieldErrors.Cut(code!)}' is not an ISO 4217 currency. Write its three letters, for example EUR.");
        return upper;
    }

    private static DateOnly? ReadDay(string field, string? text, FieldErrors errors)
    {
        if (text is null)
            return null;
        if (!DateOnly.TryParseExact(text.Trim(), DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            errors.Add(field, $"'{FieldErrors.Cut(text)}' is not a date. Write year, month and day, for example 2026-01-31.");
        else if (day < FirstDay || day > LastDay)
            errors.Add(field, $"A day from {FirstDay:yyyy-MM-dd} to {LastDay:yyyy-MM-dd}; it is {day:yyyy-MM-dd}.");
        else
            return day;

        // No day at all: others are not to be compared with one that nobody wrote.
        return null;
    }
}

/// <summary>What may be edited of a link's terms, as given in a request. A part that is null was not given.</summary>
internal sealed record TermsParts
{
    public string? Vendor { get; init; }

    public decimal? Cost { get; init; }

    public string? Currency { get; init; }

    public CostPeriod? CostPeriod { get; init; }

    public DateOnly? Start { get; init; }

    public DateOnly? End { get; init; }

    public string? Contact { get; init; }

    public string? Invoice { get; init; }

    /// <summary>The terms with every given part set; null when there is nothing in them.</summary>
    public Terms? ApplyTo(Terms? terms)
    {
        terms ??= new Terms();
        return Terms.NullIfEmpty(new Terms
        {
            Vendor = Vendor ?? terms.Vendor,
            Cost = Cost ?? terms.Cost,
            Currency = Currency ?? terms.Currency,
            CostPeriod = CostPeriod ?? terms.CostPeriod,
            Start = Start ?? terms.Start,
            End = End ?? terms.End,
            Contact = Contact ?? terms.Contact,
            Invoice = Invoice ?? terms.Invoice,
        });
    }
}

/// <summary>What was agreed for a paid placement; every field may be left out.</summary>
public sealed record TermsRequest
{
    /// <summary>Who sold the placement, 1 to 200 characters.</summary>
    public string? Vendor { get; init; }

    /// <summary>0 to 999,999,999, with at most as many decimals as the currency has; needs a currency.</summary>
    public decimal? Cost { get; init; }

    /// <summary>ISO 4217, for example <c>EUR</c>.</summary>
    public string? Currency { get; init; }

    /// <summary>
    /// <c>term</c> (default): the cost pays for the days from start to end, or, without an end, once and for all. <c>month</c>: it pays for
    /// 30.4375 days, over and over.
    /// </summary>
    public string? CostPeriod { get; init; }

    /// <summary>The first day that is paid for, for example <c>2026-01-01</c>.</summary>
    public string? Start { get; init; }

    /// <summary>The last day that is paid for.</summary>
    public string? End { get; init; }

    /// <summary>An e-mail address or free text, 1 to 200 characters.</summary>
    public string? Contact { get; init; }

    /// <summary>The reference of the invoice or the order, 1 to 200 characters.</summary>
    public string? Invoice { get; init; }
}

/// <summary>Whether the parts of terms fit together, whichever of them a request gave and whichever were there before.</summary>
internal static class TermsRules
{
    /// <summary>The edited link if its terms fit together, and otherwise the link as it was, with what is wrong.</summary>
    public static WatchedLink Guard(WatchedLink link, WatchedLink edited, out FieldErrors errors)
    {
        errors = new FieldErrors();
        edited = edited with { Terms = edited.Terms is { } terms ? Terms.NullIfEmpty(terms) : null };

        // Terms that are there already stay good when another part is edited, even if the rules have grown since.
        if (edited.Terms != link.Terms)
            Check(edited.Terms, errors);
        return errors.Any ? link : edited;
    }

    public static bool Fit(Terms? terms)
    {
        var errors = new FieldErrors();
        Check(terms, errors);
        return !errors.Any;
    }

    public static void Check(Terms? terms, FieldErrors errors)
    {
        if (terms is null)
            return;
        if (terms is { Start: { } start, End: { } end })
            CheckOrder(start, end, errors);
        if (terms.Cost is { } cost)
            CheckCost(terms, cost, errors);
    }

    public static void CheckOrder(DateOnly start, DateOnly end, FieldErrors errors)
    {
        if (end < start)
            errors.Add("terms.end", $"The end, {end:yyyy-MM-dd}, is before the start, {start:yyyy-MM-dd}.");
    }

    private static void CheckCost(Terms terms, decimal cost, FieldErrors errors)
    {
        if (terms.Currency is not { } currency)
            errors.Add("terms.currency", "A cost needs a currency, for example EUR.");
        else if (Currencies.Decimals(currency) is { } decimals && decimal.Round(cost, decimals) != cost)
            errors.Add(
                "terms.cost", string.Create(CultureInfo.InvariantCulture, $"{currency} has {decimals} decimals; the cost is {cost}."));
        if (terms is { CostPeriod: CostPeriod.Term, End: not null, Start: null })
            errors.Add(
                "terms.start", "A cost for a term with an end needs a start. For a cost that is paid every month, set costPeriod to "
                    + "month.");
    }
}
