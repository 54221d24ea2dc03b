using LinkMonitor.Engine.Links;

namespace LinkMonitor.Engine.Judging;

/// <summary>One thing that can be wrong with the target itself. Registered by one line in <see cref="TargetJudge"/>.</summary>
internal interface ITargetRule
{
    /// <summary>Why the link is worth less than it was; null when the target is well.</summary>
    Reason? Check(TargetSight target, Baseline? baseline);
}
