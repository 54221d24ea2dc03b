using LinkMonitor.Engine.Reading;

namespace LinkMonitor.Engine.Judging;

/// <summary>What an absent link means.</summary>
/// <param name="Instead">The link that stands in its place, if any.</param>
internal sealed record Absence(VerdictState State, Reason Reason, PageLink? Instead = null);
