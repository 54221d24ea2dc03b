namespace LinkMonitor.Engine.Reading.Trees;

/// <summary>
/// Counts what the reading of one page costs. Counts, not a clock: the same page ends the same way on every machine. A page that costs more
/// is given up, because what was read until then is not the page.
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

/// <summary>What the reading of one page may cost.</summary>
public sealed record ReadingLimits
{
    public static readonly ReadingLimits Default = new();

    /// <summary>1,000,000 by default. The largest pages known to us, single-page standards, have some 400,000 elements.</summary>
    public int MaxElements { get; init; } = 1_000_000;

    /// <summary>200,000 by default; the single-page HTML standard has some 100,000.</summary>
    public int MaxLinks { get; init; } = 200_000;

    /// <summary>
    /// From the page's last byte to its reading: 1 s to 60 s, 10 s by default. The other limits end a page much sooner on an ordinary
    /// machine.
    /// </summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Elements made or visited while the tree is built and read; 50 million by default, a second or two. Ordinary pages take some ten
    /// per element.
    /// </summary>
    public long MaxSteps { get; init; } = 50_000_000;
}
