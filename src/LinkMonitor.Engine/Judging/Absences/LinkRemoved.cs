using System.Globalization;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Unicode;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Absences;

/// <summary>The page was seen with real content and has no such link. Always fits, so it is the last of the explanations.</summary>
internal sealed class LinkRemoved : IAbsenceRule
{
    private const int LongestUrl = 200;

    public Absence Explain(AbsenceContext context) => new(VerdictState.Lost, new Reason
    {
        Code = ReasonCode.LinkRemoved,
        Message =
            $"{Page(context.Observation)} was read and has no link to {context.Expectation.Target}: {Advice(context)}{Others(context)}",
    });

    // Nothing can be put back that nobody has seen there.
    private static string Advice(AbsenceContext context) => context.Baseline is null
        ? "check that page and target are right, or ask the site's owner to add the link."
        : "ask the site's owner to put it back.";

    private static string Page(Observation observation) => observation.Redirects.Count == 0
        ? "The page"
        : $"The page redirects to {observation.FinalUrl}, which";

    /// <summary>A notice of the other links to the site, so that nobody takes one of them for what is left of this one.</summary>
    private static string Others(AbsenceContext context)
    {
        string[] others = [.. ReplacementLinks.Others(context.Observation, context.Expectation).Select(link => link.Url!.Href).Distinct()];
        return others switch
        {
            [] => "",
            [var one] => $" Another link to the site is on the page: {ShortText.Cut(one, LongestUrl)}.",
            [var one, ..] =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $" {others.Length} other links to the site are on the page, {ShortText.Cut(one, LongestUrl)} among them."),
        };
    }
}
