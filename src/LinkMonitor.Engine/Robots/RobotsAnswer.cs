using LinkMonitor.Engine.Fetching;

namespace LinkMonitor.Engine.Robots;

/// <summary>What asking an origin for its robots.txt gave: the rules, or why there are none to go by.</summary>
internal sealed record RobotsAnswer
{
    private RobotsAnswer()
    {
    }

    /// <summary>Null when <see cref="Problem"/> is set. Empty for a site without the file.</summary>
    public RobotsTxt? Rules { get; private init; }

    /// <summary>Keeps whoever obeys robots.txt from the origin.</summary>
    public FetchProblem? Problem { get; private init; }

    /// <summary>The bytes that the rules were read from; null with a problem.</summary>
    public ReadOnlyMemory<byte>? Content { get; private init; }

    public static RobotsAnswer Of(RobotsTxt rules) => new() { Rules = rules, Content = ReadOnlyMemory<byte>.Empty };

    /// <summary>Reads a file; what is beyond <see cref="RobotsTxt.MaxBytes"/> is ignored.</summary>
    public static RobotsAnswer Read(ReadOnlyMemory<byte> content) => new() { Rules = RobotsTxt.Parse(content.Span), Content = content };

    public static RobotsAnswer Of(FetchProblem problem) => new() { Problem = problem };
}
