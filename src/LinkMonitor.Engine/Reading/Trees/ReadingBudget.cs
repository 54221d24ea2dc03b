using LinkMonitor.Engine.Reading.Tokens;

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

    /// <summary>What it has cost so far: elements made, and elements visited.</summary>
    public (int Elements, long Steps) Spent => (_elements, _steps);

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

    public void AddTooManyAttributes() =>
        Exceeded ??= FormattableString.Invariant($"has a tag with more than {AttributeList.Most:N0} attributes");

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

    /// <summary>
    /// In characters of the source, 65,536. A longer attribute counts as none, and so an <c>a</c> with such an <c>href</c> is no link.
    /// Chromium stops at 2 MiB; no server that we know takes a URL of a tenth of this.
    /// </summary>
    public const int LongestAttribute = 64 * 1024;

    /// <summary>1,000,000 by default. The largest pages known to us, single-page standards, have some 400,000 elements.</summary>
    public int MaxElements { get; init; } = 1_000_000;

    /// <summary>200,000 by default; the single-page HTML standard has some 100,000.</summary>
    public int MaxLinks { get; init; } = 200_000;

    /// <summary>
    /// Elements made or visited while the tree is built and read; 50 million by default, a second or two. Ordinary pages take some ten
    /// per element.
    /// </summary>
    public long MaxSteps { get; init; } = 50_000_000;
}
