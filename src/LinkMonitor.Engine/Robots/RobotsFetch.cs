using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Robots;

/// <summary>Asks an origin for its robots.txt, in the host's turn, and says what the answer means.</summary>
/// <remarks>
/// Source: https://www.rfc-editor.org/rfc/rfc9309#section-2.3.1 and Google's reading of it. A redirect counts for the origin that was
/// asked.
/// </remarks>
internal sealed class RobotsFetch(PageFetcher fetcher, HostPacer pacer, TimeProvider timeProvider)
{
    private static readonly VisitRules Rules = new() { MaxRedirects = 5, FirstBytes = RobotsTxt.MaxBytes + 1 };

    public async Task<RobotsAnswer> ReadAsync(WebUrl page, CancellationToken cancellationToken)
    {
        await using var turn = await pacer.EnterAsync(page.Host ?? string.Empty, cancellationToken);
        return await fetcher.FetchAsync(FileOf(page), Rules, cancellationToken) switch
        {
            FetchedResponse response => Read(response),
            FetchFailed failed => Read(failed),
            var other => throw new InvalidOperationException($"Neither a response nor a failure: {other}"),
        };
    }

    private static WebUrl FileOf(WebUrl page) =>
        WebUrl.TryParse($"{page.Origin}/robots.txt", out var url)
            ? url
            : throw new ArgumentException($"'{page}' has no origin.", nameof(page));

    private RobotsAnswer Read(FetchedResponse response) => response.Status switch
    {
        >= 200 and < 300 => RobotsAnswer.Read(response.Body),
        429 or (>= 500 and < 600) => RobotsAnswer.Of(new FetchProblem(
            FetchFailure.RobotsDisallowed,
            $"The site answers {response.Status} for its robots.txt, which keeps crawlers out until that changes; we try "
                + $"again.",
            RetryAfterField.Read(response.Headers, timeProvider.GetUtcNow()))),

        // Every other status says that there is no such file, the refusals among them.
        _ => RobotsAnswer.Of(RobotsTxt.Empty),
    };

    private static RobotsAnswer Read(FetchFailed failed) => failed.Failure switch
    {
        // A chain that leads nowhere is no file either.
        FetchFailure.TooManyRedirects or FetchFailure.RedirectLoop or FetchFailure.InvalidRedirect => RobotsAnswer.Of(RobotsTxt.Empty),
        _ => RobotsAnswer.Of(new FetchProblem(failed.Failure, failed.Message, failed.RetryAfter) { Certificate = failed.Certificate }),
    };
}

/// <summary>What asking an origin for its robots.txt gave: the rules, or why there are none to go by.</summary>
internal sealed record RobotsAnswer
{
    private RobotsAnswer()
    {
    }

    /// <summary>Null when <see cref="Problem"/> is set. Empty for a site without the file.</summary>
    public RobotsTxt? Rules { get; private init; }

    /// <summary>Keeps whoever obeys robots.txt from the origin.</summary>
    public FetchProblem? Problem { get; private init; }

    /// <summary>The bytes that the rules were read from; null with a problem.</summary>
    public ReadOnlyMemory<byte>? Content { get; private init; }

    public static RobotsAnswer Of(RobotsTxt rules) => new() { Rules = rules, Content = ReadOnlyMemory<byte>.Empty };

    /// <summary>Reads a file; what is beyond <see cref="RobotsTxt.MaxBytes"/> is ignored.</summary>
    public static RobotsAnswer Read(ReadOnlyMemory<byte> content) => new() { Rules = RobotsTxt.Parse(content.Span), Content = content };

    public static RobotsAnswer Of(FetchProblem problem) => new() { Problem = problem };
}
