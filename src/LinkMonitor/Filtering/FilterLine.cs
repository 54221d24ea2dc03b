using LinkMonitor.Storage.Links;

namespace LinkMonitor.Filtering;

/// <summary>
/// Which links are wanted, and in what order: a filter line that was read (<see cref="FilterParser"/>). Page, API, command line, exports
/// and saved views share it. Two lines with the same <see cref="Text"/> are equal.
/// </summary>
public sealed class FilterLine : IEquatable<FilterLine>
{
    private FilterLine(IReadOnlyList<FilterTerm> terms, LinkOrder? order)
    {
        (Terms, Order) = (terms, order);
        Text = string.Join(' ', terms.Select(term => term.Text).Concat(order is null ? [] : [$"{FilterParser.Sort}:{order.Text}"]));
    }

    /// <summary>All links, in order of identity.</summary>
    public static FilterLine All { get; } = new([], null);

    /// <summary>All of them must hold; each once.</summary>
    public IReadOnlyList<FilterTerm> Terms { get; }

    /// <summary>Null for the order of identity, which never changes.</summary>
    public LinkOrder? Order { get; }

    /// <summary>The line in its one canonical spelling, without the empty one for all links; reading it gives an equal line.</summary>
    public string Text { get; }

    /// <summary>Whether the same links may match now and not later, because a term says how long ago or in how many days.</summary>
    public bool DependsOnTime => Terms.Any(term => term.DependsOnTime);

    /// <summary>A line of these terms; one that is there twice counts once.</summary>
    public static FilterLine Of(IEnumerable<FilterTerm> terms, LinkOrder? order = null) => new([.. terms.Distinct()], order);

    /// <summary>The line with one more term. The same line when it has it; its opposite is taken out.</summary>
    public FilterLine With(FilterTerm term)
    {
        ArgumentNullException.ThrowIfNull(term);
        return Terms.Contains(term) ? this : Of(Terms.Where(one => one != term.Inverse()).Append(term), Order);
    }

    /// <summary>The line without a term.</summary>
    public FilterLine Without(FilterTerm term) => Of(Terms.Where(one => one != term), Order);

    /// <summary>The line without any term of a key.</summary>
    public FilterLine Without(FilterKey key) => Of(Terms.Where(one => one.Key != key), Order);

    /// <summary>The line with a term in the place of all others of its key.</summary>
    public FilterLine WithOnly(FilterTerm term)
    {
        ArgumentNullException.ThrowIfNull(term);
        return Without(term.Key).With(term);
    }

    /// <param name="order">Null for the order of identity.</param>
    public FilterLine OrderedBy(LinkOrder? order) => new(Terms, order);

    /// <summary>The links of both lines; the order is this line's, or the other's when this has none.</summary>
    public FilterLine And(FilterLine other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Of(Terms.Concat(other.Terms), Order ?? other.Order);
    }

    /// <summary>What tells the wanted links; make one for a run, as it stands for one moment.</summary>
    public Func<LinkFacts, bool> ToPredicate(FilterMoment moment)
    {
        var tests = Terms.Select(term => term.ToPredicate(moment)).ToArray();
        return tests switch
        {
            [] => static _ => true,
            [var only] => only,
            _ => link =>
            {
                foreach (var test in tests)
                    if (!test(link))
                        return false;
                return true;
            }
            ,
        };
    }

    public bool Equals(FilterLine? other) => other?.Text == Text;

    public override bool Equals(object? obj) => Equals(obj as FilterLine);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public static bool operator ==(FilterLine? one, FilterLine? other) => one is null ? other is null : one.Equals(other);

    public static bool operator !=(FilterLine? one, FilterLine? other) => !(one == other);

    public override string ToString() => Text;
}

/// <summary>The moment for which relative times count.</summary>
/// <param name="Zone">The project's: days begin and end in it.</param>
public sealed record FilterMoment(DateTimeOffset Now, TimeZoneInfo Zone)
{
    /// <summary>The day that it is there.</summary>
    public DateOnly Today { get; } = Engine.Clocks.LocalTimes.Day(Now, Zone);
}
