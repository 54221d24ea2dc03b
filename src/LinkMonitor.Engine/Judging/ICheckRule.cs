namespace LinkMonitor.Engine.Judging;

/// <summary>One expectation of a link that is there. Registered by one line in <see cref="LinkJudge"/>.</summary>
internal interface ICheckRule
{
    /// <summary>Why the link is not as expected; null when it is, or when nothing is expected.</summary>
    Reason? Check(RuleContext context);
}
