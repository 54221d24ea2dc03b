using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Engine.Checking;

/// <summary>One look at a page.</summary>
/// <param name="Seen">What was seen.</param>
/// <param name="Obedient">
/// What may be known of it by those who obey robots.txt: the same, unless the look was told not to obey and robots.txt forbids the page.
/// </param>
public sealed record PageLook(Observation Seen, Observation Obedient);
