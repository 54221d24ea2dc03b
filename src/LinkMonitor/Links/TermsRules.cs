using System.Globalization;
using LinkMonitor.Api;
using LinkMonitor.Placements;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Links;

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
