using System.Globalization;

namespace LinkMonitor.Engine.Explaining;

/// <summary>The step of a check that had no need to read the page again.</summary>
internal static class UnchangedStep
{
    /// <summary>The explanation of the full look with the step added, or brought up to date; null stays null.</summary>
    public static Explanation? AddTo(Explanation? explanation, DateTimeOffset seenAt, DateTimeOffset at)
    {
        if (explanation is null)
            return null;
        var step = new ExplanationStep(
            StepName.Unchanged,
            string.Create(
                CultureInfo.InvariantCulture,
                $"the site said on {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC that the page has not changed (304) since it was read on {seenAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC"),
            StepState.Notice);
        return explanation with
        {
            Steps = [.. explanation.Steps.Where(one => one.Name != StepName.Unchanged).Append(step).OrderBy(one => one.Name)],
        };
    }
}
