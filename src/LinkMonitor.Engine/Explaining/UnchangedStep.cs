using System.Globalization;
using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Engine.Explaining;

/// <summary>The step of a check that had no need to read the page again.</summary>
internal static class UnchangedStep
{
    /// <summary>The explanation of the full look with the step added, or brought up to date; null stays null.</summary>
    public static Explanation? AddTo(Explanation? explanation, DateTimeOffset seenAt, DateTimeOffset at, TargetGap? target) => explanation is null ? null : explanation with
    {
        Steps =
        [
            .. explanation.Steps
                .Where(step => step.Name != StepName.Unchanged)
                .Append(new ExplanationStep(StepName.Unchanged, $"{Word(seenAt, at)}{OfTarget(target)}", StepState.Notice))
                .OrderBy(step => step.Name),
        ],
    };

    private static string Word(DateTimeOffset seenAt, DateTimeOffset at) => string.Create(
        CultureInfo.InvariantCulture,
        $"the site said on {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC that the page has not changed (304) since {seenAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC");

    private static string OfTarget(TargetGap? gap) => gap switch
    {
        TargetGap.NoAnswer => "; the target gave no answer then",
        TargetGap.OutOfTime => "; there was no time left to look at the target",
        _ => "",
    };
}
