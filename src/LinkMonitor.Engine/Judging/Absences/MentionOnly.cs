using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Absences;

/// <summary>
/// The target's URL stands on the page, but not in a link: in the text, or in an attribute that only a script follows. Only a link with an
/// href that resolves is crawled. Source: https://developers.google.com/search/docs/crawling-indexing/links-crawlable
/// </summary>
internal sealed class MentionOnly : IAbsenceRule
{
    public Absence? Explain(AbsenceContext context)
    {
        var place = new Mention(context.Expectation.Target, context.Expectation.Match).PlaceIn(context.Page);
        if (place is null)
            return null;

        return new Absence(VerdictState.Lost, new Reason
        {
            Code = ReasonCode.MentionOnly,
            Message =
                $"The target's URL is still in {place}, but not as a link that search engines can follow: ask the site's owner to "
                    + $"{(context.Baseline is null ? "make it a link" : "link it again")}.",
            Expected = context.Expectation.Target.Href,
            Found = place,
        });
    }
}
