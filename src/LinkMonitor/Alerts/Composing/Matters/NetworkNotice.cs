using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Composing.Matters;

/// <summary>Our own network failed, so that nothing was judged.</summary>
public sealed record NetworkNotice : NoticeMatter
{
    /// <summary>So long after the last check that was not judged the network counts as back.</summary>
    public static readonly TimeSpan BackAfter = TimeSpan.FromMinutes(20);

    public override Project? About => null;

    public required DateTimeOffset Since { get; init; }

    /// <summary>When it worked again; null while it does not.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How many checks were not judged so far.</summary>
    public required int NotJudged { get; init; }

    /// <summary>The control addresses that failed; empty when most checks of a round failed instead.</summary>
    public IReadOnlyList<string> FailedControls { get; init; } = [];
}
