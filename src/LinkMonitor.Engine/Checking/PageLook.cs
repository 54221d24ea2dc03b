using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Engine.Checking;

/// <summary>One look at a page.</summary>
/// <param name="Seen">What was seen.</param>
/// <param name="Obedient">
/// What may be known of it by those who obey robots.txt: the same, unless the look was told not to obey and robots.txt forbids the page.
/// </param>
public sealed record PageLook(Observation Seen, Observation Obedient)
{
    /// <summary>
    /// What to ask with next time; null when the answer gives nothing to ask with, or when what was seen comes from more than this one answer and may
    /// change without it.
    /// </summary>
    public PageSight? Sight { get; init; }

    /// <summary>The look with its sight in the place of an earlier one.</summary>
    /// <param name="known">Null for none.</param>
    public PageLook After(PageSight? known) => After(known, isDoubtful: false);

    /// <param name="isDoubtful">The site has just answered in a way that cannot be trusted.</param>
    internal PageLook After(PageSight? known, bool isDoubtful) => this with { Sight = Sight?.After(known, isDoubtful) };
}
