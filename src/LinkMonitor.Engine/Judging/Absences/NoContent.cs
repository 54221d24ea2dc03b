using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Absences;

/// <summary>
/// A page that shows nothing without scripts proves nothing: not one link, and either no text outside noscript, or only a few words that
/// ask for scripts or patience.
/// </summary>
internal sealed class NoContent : IAbsenceRule
{
    // A waiting page says little; an article of this length that mentions JavaScript is an article.
    private const int MaxShellLength = 300;

    private static readonly string[] ShellWords = ["javascript", "loading", "please wait", "redirecting", "enable cookies"];

    public Absence? Explain(AbsenceContext context)
    {
        var page = context.Page;
        if (context.IsKnownPage || page.Links.Count > 0 || (page.Text.Length > page.NoscriptLength && !IsShell(page.Text)))
            return null;

        return new Absence(VerdictState.Unknown, new Reason
        {
            Code = ReasonCode.NoContent,
            Message =
                "The page came without content, like pages that a script writes or that failed half-way, so we cannot tell whether the "
                    + "link is there: " +
                "open it in a browser.",
        });
    }

    private static bool IsShell(string text) =>
        text.Length <= MaxShellLength && ShellWords.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
