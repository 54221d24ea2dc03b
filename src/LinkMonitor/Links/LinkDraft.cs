using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Links;

/// <summary>A request to register a link that was read and is sound.</summary>
internal sealed record LinkDraft(WebUrl Page, WebUrl Target, TargetMatch Match, LinkParts Parts)
{
    /// <summary>The expectation of a new link.</summary>
    public Expectation ToExpectation() => Parts.ApplyTo(new Expectation { Target = Target, Match = Match });
}
