using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;

namespace LinkMonitor.Engine.Judging;

/// <summary>A page without the link.</summary>
internal sealed record AbsenceContext(Observation Observation, Expectation Expectation, LinkMemory Memory)
{
    public Baseline? Baseline => Memory.Baseline;

    public PageReading Page => Observation.Reading!;
}
