using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Storage.Retention;

/// <summary>Evidence without what takes room: texts around the link, its HTML, the redirects and the steps of the explanation.</summary>
internal static class ReducedEvidence
{
    public static Evidence Of(Evidence evidence) => evidence with
    {
        Redirects = [],
        Robots = null,
        Scope = null,
        WhereItWas = null,
        Explanation = null,
        ContextBefore = null,
        ContextAfter = null,
        Snippet = null,
    };

    /// <summary>Whether there is nothing to take away.</summary>
    public static bool Is(Evidence? evidence) => evidence is null or
    {
        Redirects.Count: 0, Robots: null, Scope: null, WhereItWas: null, Explanation: null, ContextBefore: null, ContextAfter: null, Snippet: null,
    };
}
