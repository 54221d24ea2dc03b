namespace LinkMonitor.Engine.Reading;

/// <summary>
/// Counts what the reading of one page costs. Counts, not a clock: the same page ends the same way on every machine. A page that costs more is given up,
/// because what was read until then is not the page.
/// </summary>
internal sealed class ReadingBudget(ReadingLimits limits)
{
    private long _steps;
    private int _elements;
    private int _links;

    public bool IsExceeded => Exceeded is not null;

    /// <summary>Which limit was passed, as the end of a sentence; null while none was.</summary>
    public string? Exceeded { get; private set; }

    public void Step(long count = 1)
    {
        if ((_steps += count) > limits.MaxSteps)
            Exceeded ??= "is nested so deeply that reading it would take too long";
    }

    public void AddElement()
    {
        Step();
        if (++_elements > limits.MaxElements)
            Exceeded ??= FormattableString.Invariant($"has more than {limits.MaxElements:N0} elements");
    }

    public void AddLink()
    {
        if (++_links > limits.MaxLinks)
            Exceeded ??= FormattableString.Invariant($"has more than {limits.MaxLinks:N0} links");
    }
}
