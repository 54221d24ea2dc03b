using System.Globalization;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Judging.Targets;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Unicode;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Explaining;

/// <summary>Says what each step of a check saw. Steps that were not reached are left out.</summary>
internal static class StepText
{
    /// <summary>What is longer is cut.</summary>
    public const int Longest = 200;

    private const string HeaderName = "X-Robots-Tag: ";

    public static IEnumerable<ExplanationStep> Of(Verdict verdict)
    {
        var observation = verdict.Observation;
        yield return Step(StepName.Request, Request(observation));
        if (observation.Redirects.Count > 0)
            yield return Step(StepName.Redirects, Redirects(observation));
        if (observation.Status is { } status)
            yield return Step(StepName.Status, Status(observation, status));
        if (observation.Reading is not { } page)
            yield break;

        if (!observation.IsHandedOver)
            yield return Step(StepName.RobotsTxt, RobotsTxt(observation));
        foreach (var step in OfPage(page, observation.IsHandedOver))
            yield return step;
        if (verdict.Identity is { } identity)
            yield return Step(StepName.Identity, IdentityText.Of(identity));
        foreach (var step in verdict.Best is { } link ? OfLink(verdict, page, link) : OfAbsence(verdict))
            yield return step;
    }

    public static bool IsOfHeader(string robotsReason) => robotsReason.StartsWith(HeaderName, StringComparison.Ordinal);

    private static string Request(Observation observation) => observation switch
    {
        { IsHandedOver: true } => observation.Detail,
        { Status: null } => $"GET {observation.Page}: {observation.Detail}",
        _ => $"GET {observation.Page}",
    };

    private static IEnumerable<ExplanationStep> OfPage(PageReading page, bool isHandedOver)
    {
        var (headers, metas) =
            (page.Robots.Reasons.Where(IsOfHeader).ToList(), page.Robots.Reasons.Where(reason => !IsOfHeader(reason)).ToList());
        if (!isHandedOver)
            yield return Step(StepName.Headers, headers.Count > 0 ? string.Join(", ", headers) : "no X-Robots-Tag that restricts");
        yield return Step(StepName.Meta, metas.Count > 0 ? string.Join(", ", metas) : "no robots rule that restricts");
        yield return Step(StepName.Canonical, Canonical(page));
        yield return Step(
            StepName.Content,
            Text($"HTML, {CountText.Of(page.Links.Count, "link")} ({LinkSurroundings.ExternalLinks(page):N0} to other hosts), ")
                + Text($"{CountText.Of(page.Text.Length, "character")} of text"));
    }

    private static IEnumerable<ExplanationStep> OfLink(Verdict verdict, PageReading page, PageLink link)
    {
        var others = verdict.Occurrences.Count > 1 ? Text($", one of {verdict.Occurrences.Count}") : "";
        var notices = string.Join(' ', new[] { verdict.Detour, Notices.LostSentence(verdict) }.OfType<string>());
        var lost = notices.Length > 0 ? $" {notices}" : "";
        yield return Step(
            StepName.Element,
            Text($"link {link.Ordinal:N0} of {page.Links.Count:N0}, {LinkSurroundings.Share(page, link) * 100:0} % down the text{others}: ")
                + $"{ShortText.Cut(link.Url?.Href ?? link.Href, 100)}{(lost.Length > 0 ? "." : "")}{lost}");
        yield return Step(
            StepName.Rel,
            $"{(link.Rel.Count == 0 ? "no rel" : $"rel=\"{string.Join(' ', link.Rel)}\"")}: {(link.Follow ? "followed" : "not followed")}");
        yield return Step(StepName.Anchor, $"{WireName.Of(link.Kind)}: {(link.Anchor.Length == 0 ? "(empty)" : $"“{link.Anchor}”")}");
        yield return Step(StepName.Placement, WireName.Of(link.Placement));
        yield return Step(
            StepName.Visibility,
            link.HiddenBy is { } by ? $"hidden from readers by {by}" : link.Hidden ? "hidden from readers" : "visible");
        if (Target(verdict) is { } target)
            yield return Step(StepName.Target, target);
    }

    /// <summary>
    /// Where the link was is reported here, because there is no element to show; nothing when a page without it proves nothing.
    /// </summary>
    private static IEnumerable<ExplanationStep> OfAbsence(Verdict verdict)
    {
        if (verdict.State == VerdictState.Unknown)
            yield break;
        var mention = verdict.Reasons.FirstOrDefault(reason => reason.Code == ReasonCode.MentionOnly) is { Found: { } found }
            ? $", only its URL in {found}" : "";
        var place = verdict.Comparison?.WhereItWas is { } excerpt ? $"; it was here: “{excerpt}”" : "";
        var now = verdict.Reasons.FirstOrDefault(reason => reason.Code == ReasonCode.LinkRemoved) is { Found: { } address }
            ? $"; its anchor now leads to {ShortText.Cut(address, 100)}" : "";
        yield return Step(StepName.Element, $"no link to the target{mention}{now}{place}");
    }

    /// <summary>Only when nobody could fetch it: an answer that counts is a reason, and shown as that.</summary>
    private static string? Target(Verdict verdict)
    {
        var known = verdict.Reasons.FirstOrDefault(TargetJudge.IsOfTarget) is { Found: { } found }
            ? $"what was known before is kept ({TargetJudge.Words(found)})" : "no problem is known";
        return verdict.TargetGap switch
        {
            TargetGap.NoAnswer => $"gave no answer; {known}",
            TargetGap.OurFault => $"not checked: our own network failed; {known}",
            TargetGap.OutOfTime => $"not checked: this round's time for targets was used up; {known}",
            TargetGap.Off when verdict.Observation.IsHandedOver => "not checked: a document that is handed over is judged alone",
            TargetGap.Off => "not checked: the project has target checks switched off (checkTargets)",
            _ => null,
        };
    }

    private static string Status(Observation observation, int status) =>
        observation.Kind is ObservationKind.Observed ? Text($"{status}") : $"{Text($"{status}")}: {observation.Detail}";

    private static string RobotsTxt(Observation observation) => observation.DisallowedForGoogle is { } disallowed
        ? $"{disallowed.Ruling.Place} keeps Googlebot out of {disallowed.Url}"
        : "no rule known that keeps Googlebot out";

    private static string Redirects(Observation observation)
    {
        var hops = observation.Redirects.Select(hop => Text($"{hop.Status} ") + ShortText.Cut(hop.Url.Href, 60));
        return $"{string.Join(", ", hops)} → {ShortText.Cut(observation.FinalUrl.Href, 80)}";
    }

    private static string Canonical(PageReading page) => page.Canonical switch
    {
        null => "none",
        var url when UrlKeys.IsSamePage(url, page.Url) => "names this page",
        var url => $"names another page, which search engines may show instead of this one: {ShortText.Cut(url.Href, 100)}",
    };

    private static ExplanationStep Step(StepName name, string seen) => new(name, seen, StepState.Ok);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Tells whether what came is the page, and what that rests on.</summary>
public static class IdentityText
{
    /// <summary>For example <c>the page, changed: title as before, 61 % of the text kept</c>.</summary>
    public static string Of(IdentityFinding identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        var compared = string.Join(", ", identity.Compared);
        return identity.Sign is { } sign ? $"{Word(identity.Answer)} ({sign}): {compared}" : $"{Word(identity.Answer)}: {compared}";
    }

    private static string Word(IdentityAnswer answer) => answer switch
    {
        IdentityAnswer.ThePage => "the page",
        IdentityAnswer.ThePageChanged => "the page, changed",
        IdentityAnswer.InItsPlace => "something in its place",
        _ => "cannot say",
    };
}
