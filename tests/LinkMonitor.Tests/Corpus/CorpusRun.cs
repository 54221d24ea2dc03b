using System.Text.Json;
using System.Text.Json.Nodes;
using LinkMonitor.CommandLine.Output;
using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Imports.Rows;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Corpus;

/// <summary>Checks the link of a case as the product does: fetcher, observer, related pages, judge.</summary>
internal static class CorpusRun
{
    /// <returns>
    /// What <c>check --json</c> writes, with <c>suspected</c> (a reason's code, or null) and <c>requests</c> (URLs) besides.
    /// </returns>
    public static async Task<JsonObject> RunAsync(CorpusCase given, CancellationToken cancellationToken)
    {
        var status = given.Before.Count > 0 ? await RememberAsync(given, cancellationToken) : StatusOf(given);
        await using var web = await CorpusWeb.StartAsync(given, cancellationToken);
        var pacer = new HostPacer(new HostPacing { Pause = TimeSpan.Zero }, TimeProvider.System);
        var pages = new PageObserver(web.Fetcher, pacer, new RobotsCache(web.Fetcher, pacer, TimeProvider.System));
        var checker = new LinkChecker(new TargetObserver(pages, TimeProvider.System), TimeProvider.System);
        var (page, expectation) = (Web.Parse(given.Page), ExpectationOf(given));

        var observation =
            (await new RelatedPages(pages).CheckAsync(
                page, given.Settings.GetValueOrDefault("robots") != "ignored", cancellationToken)).Seen;
        var verdict = status is not null
            ? await LinkChecker.CheckAsync(observation, expectation, status, checker.Round(Timeout.InfiniteTimeSpan), cancellationToken)
            : await checker.CheckAsync(observation, expectation, cancellationToken);

        var outcome = JsonSerializer.SerializeToNode(CheckView.Of(page, expectation, verdict), CliJson.Indented.CheckView)!.AsObject();
        outcome["suspected"] = verdict.Suspected is { } suspected ? WireName.Of(suspected.Code) : null;
        outcome["requests"] = new JsonArray([.. web.Requests.Select(url => JsonValue.Create(url))]);
        return outcome;
    }

    /// <summary>What an earlier check of the same link leaves behind.</summary>
    private static async Task<LinkStatus> RememberAsync(CorpusCase given, CancellationToken cancellationToken)
    {
        await using var web = await CorpusWeb.StartAsync(given with { Answers = given.Before }, cancellationToken);
        var pacer = new HostPacer(new HostPacing { Pause = TimeSpan.Zero }, TimeProvider.System);
        var pages = new PageObserver(web.Fetcher, pacer, new RobotsCache(web.Fetcher, pacer, TimeProvider.System));
        var checker = new LinkChecker(new TargetObserver(pages, TimeProvider.System), TimeProvider.System);
        var observation = (await new RelatedPages(pages).CheckAsync(Web.Parse(given.Page), true, cancellationToken)).Seen;
        var before = LinkStatus.New(PageAnswer.Time);
        var verdict = await LinkChecker.CheckAsync(
            observation, ExpectationOf(given), before, checker.Round(Timeout.InfiniteTimeSpan), cancellationToken);
        Assert.Equal(VerdictState.Live, verdict.State);
        return LinkTracker.Apply(before, verdict, ConfirmationPolicy.Default).Status;
    }

    private static Expectation ExpectationOf(CorpusCase given)
    {
        Assert.True(
            ExpectationText.TryRead(
                given.Target, given.Settings.GetValueOrDefault("match"), given.Settings.GetValueOrDefault("rel"),
                given.Settings.GetValueOrDefault("anchor"),
                out var expectation, out var error),
            error);
        return expectation with
        {
            Rel = given.Settings.ContainsKey("rel") || IsAlone(given) ? expectation.Rel : default,
            Anchor = given.Settings.ContainsKey("anchor") || IsAlone(given) ? expectation.Anchor : default,
            Placement =
                given.Settings.TryGetValue("placement", out var placement)
                    ? Expected<Placement>.Exactly(WireName.Parse<Placement>(placement)) : default,
            Indexable = given.Settings.GetValueOrDefault("indexable") switch
            {
                null => default,
                "any" => Expected<bool>.Any,
                var text => Expected<bool>.Exactly(bool.Parse(text)),
            },
        };
    }

    private static bool IsAlone(CorpusCase given) =>
        !given.Settings.ContainsKey("first") && !given.Settings.ContainsKey("before") && given.Before.Count == 0;

    /// <summary>Null for a check on its own.</summary>
    private static LinkStatus? StatusOf(CorpusCase given)
    {
        if (IsAlone(given))
            return null;
        return LinkStatus.New(PageAnswer.Time) with
        {
            Baseline = given.Settings.ContainsKey("first") ? BaselineOf(given.Parts("first")) : null,
            LastSeenEvidence = EvidenceOf(given.Parts("before")),
        };
    }

    private static Baseline BaselineOf(IReadOnlyDictionary<string, string> first) => new()
    {
        Rel = RelText.Qualifiers(RelText.Tokens(first.GetValueOrDefault("rel"))),
        Anchor = first.GetValueOrDefault("anchor", "lamps"),
        Placement = WireName.Parse<Placement>(first.GetValueOrDefault("placement", "main")),
        Hidden = first.ContainsKey("hidden"),
        Indexable = !first.ContainsKey("noindex"),
        PageNofollow = first.ContainsKey("page-nofollow"),
        GoogleDisallowed = first.ContainsKey("google-disallowed"),
        IsMissingOnCanonical = first.ContainsKey("missing-on-canonical"),
        TargetLeadsTo = first.GetValueOrDefault("target-leads-to"),
        SeenAt = PageAnswer.Time,
    };

    private static Evidence? EvidenceOf(IReadOnlyDictionary<string, string> before) => before.Count == 0 ? null : new Evidence
    {
        CheckedAt = PageAnswer.Time,
        Observation = ObservationKind.Observed,
        Detail = "The page answered 200 and was read.",
        FinalUrl = "http://blog.example.net/post",
        TextLength = int.Parse(before["text"], System.Globalization.CultureInfo.InvariantCulture),
        LinkCount = int.Parse(before["links"], System.Globalization.CultureInfo.InvariantCulture),
    };
}
