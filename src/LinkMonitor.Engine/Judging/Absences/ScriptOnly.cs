using LinkMonitor.Engine.Reasons;

namespace LinkMonitor.Engine.Judging.Absences;

/// <summary>
/// A script writes what the page shows: the element that a framework fills came empty, and there is next to no text besides. We run no
/// scripts, so we cannot tell. Source: https://developers.google.com/search/docs/crawling-indexing/javascript/javascript-seo-basics
/// </summary>
internal sealed class ScriptOnly : IAbsenceRule
{
    // A menu and a footer may come from the server; an article does not fit in here.
    private const int LongestShell = 500;

    public Absence? Explain(AbsenceContext context)
    {
        var page = context.Page;
        if (context.IsKnownPage || page.ShellRoot is not { } root || page.Text.Length - page.NoscriptLength > LongestShell)
            return null;

        return Absence.Unknown(
            ReasonCode.ScriptOnly,
            $"The page is an empty shell ({root}) that a script fills in the reader's browser, and we run no scripts, so we cannot tell "
                + $"whether the link is there: " +
            "open it in a browser.",
            root);
    }
}
