using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Judging;

/// <summary>One page, one expectation, one verdict.</summary>
internal static class JudgeCase
{
    public const string Target = "https://shop.example.com/lamps";

    public static readonly Expectation Expectation = new() { Target = PageAnswer.Url(Target) };

    public static readonly Baseline Baseline = new()
    {
        Rel = RelQualifiers.None,
        Anchor = "lamps",
        Placement = Placement.Main,
        Hidden = false,
        Indexable = true,
        PageNofollow = false,
        SeenAt = PageAnswer.Time,
    };

    public static string Link(string attributes = "", string anchor = "lamps") => $"<a href='{Target}' {attributes}>{anchor}</a>";

    public static Observation Observe(FetchResult fetch) => Observer.Observe(fetch, TestContext.Current.CancellationToken);

    public static Verdict Judge(FetchResult fetch, Expectation? expectation = null, Baseline? baseline = null) =>
        LinkJudge.Judge(Observe(fetch), expectation ?? Expectation, baseline);

    public static Verdict Judge(string html, Expectation? expectation = null, Baseline? baseline = null) =>
        Judge(PageAnswer.Html(html), expectation, baseline);

    public static ReasonCode[] Codes(this Verdict verdict) => [.. verdict.Reasons.Select(reason => reason.Code)];

    /// <summary>What the first reason found; null without reasons.</summary>
    public static string? FirstFinding(this Verdict verdict) => verdict.Reasons.Count == 0 ? null : verdict.Reasons[0].Found;
}
