using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;

namespace LinkMonitor.Engine.Judging;

/// <summary>A page without the link.</summary>
internal sealed record AbsenceContext(Observation Observation, Expectation Expectation, LinkMemory Memory)
{
    /// <summary>Whether this is the page at all.</summary>
    public required IdentityFinding Identity { get; init; }

    /// <summary>The page is known from earlier, and this is it: what it looks like by itself proves nothing any more.</summary>
    public bool IsKnownPage => Memory.Known is not null && Identity.IsThePage;

    public Baseline? Baseline => Memory.Baseline;

    public PageReading Page => Observation.Reading!;
}
