namespace LinkMonitor.Engine.Judging;

/// <summary>Why a check cannot say how a link's target is.</summary>
public enum TargetGap
{
    /// <summary>The target was asked for and gave no answer, or its site gave none a moment ago.</summary>
    NoAnswer,

    /// <summary>The targets of the page took longer than one round has time for.</summary>
    OutOfTime,

    /// <summary>Nobody wants to know.</summary>
    Off,
}
