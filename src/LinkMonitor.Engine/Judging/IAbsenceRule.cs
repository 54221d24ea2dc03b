namespace LinkMonitor.Engine.Judging;

/// <summary>One explanation for a link that is not on a page that was seen. Registered by one line in <see cref="LinkJudge"/>; the first that fits counts.</summary>
internal interface IAbsenceRule
{
    /// <summary>Null when the explanation does not fit.</summary>
    Absence? Explain(AbsenceContext context);
}
