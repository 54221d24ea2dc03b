using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Absences;

/// <summary>
/// The page answers with success, and says in its title, its heading or its few words that there is no such page; or it is a copy of the
/// home page. Source: https://developers.google.com/search/docs/crawling-indexing/troubleshoot-crawling-errors#soft-404-errors
/// </summary>
internal sealed class Soft404 : IAbsenceRule
{
    // What says so anywhere in its text must be little else.
    private const int LongestMessage = 400;

    // A copy of a page this short may be any empty template.
    private const int ShortestCopy = 100;

    public Absence? Explain(AbsenceContext context)
    {
        if (PlaceOf(context) is not { } place)
            return null;

        return new Absence(VerdictState.Lost, new Reason
        {
            Code = ReasonCode.Soft404,
            Message = place == "home page"
                ? "The page shows a copy of the site's home page instead of its own content: ask the site's owner to bring the page back."
                : context.Observation.Status is { } status
                    ? $"The page answers with a success status ({status}), but its {place} says that there is no such page: ask the site's "
                        + "owner to bring it back."
                    : $"The {place} of the page says that there is no such page: ask the site's owner to bring it back.",
            Found = place,
        });
    }

    private static string? PlaceOf(AbsenceContext context)
    {
        var page = context.Page;
        if (NotFoundPhrases.IsIn(page.Title))
            return "title";
        if (NotFoundPhrases.IsIn(page.Heading))
            return "heading";
        if (page.Text.Length <= LongestMessage && NotFoundPhrases.IsSaidIn(page.Text))
            return "text";
        return IsHomePage(context) ? "home page" : null;
    }

    private static bool IsHomePage(AbsenceContext context)
    {
        var page = context.Page;
        return !PageRedirected.IsHome(page.Url)
            && page.Canonical is { } canonical && PageRedirected.IsHome(canonical)
            && context.Observation.Canonical?.Reading is { } home
            && page.Text.Length >= ShortestCopy
            && page.Title == home.Title && page.Text == home.Text;
    }
}
