using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Robots;

/// <summary>What is known of one origin's robots.txt.</summary>
internal sealed class RobotsEntry(string origin)
{
    /// <summary>Google's term for a copy that cannot be renewed, and for a site whose file never could be read.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(30);

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
    private static readonly TimeSpan RefusalLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FailureLifetime = TimeSpan.FromMinutes(1);

    private RobotsAnswer? _answer;
    private DateTimeOffset _freshUntil;
    private RobotsTxt? _lastRead;
    private ReadOnlyMemory<byte>? _content;
    private DateTimeOffset _lastReadAt;
    private DateTimeOffset? _failingSince;
    private FetchProblem? _failure;

    public string Origin => origin;

    /// <summary>Held by whoever asks the origin; the others wait for what comes of it.</summary>
    public SemaphoreSlim Asking { get; } = new(1);

    public int Weight => (_lastRead?.Weight ?? RobotsTxt.Empty.Weight) + (_content?.Length ?? 0);

    /// <summary>Null when the origin must be asked (again).</summary>
    public RobotsAnswer? Fresh(DateTimeOffset now) => now < _freshUntil ? _answer : null;

    /// <summary>Takes up what asking gave, and answers with what is to be gone by.</summary>
    public RobotsAnswer Renew(RobotsAnswer asked, DateTimeOffset now)
    {
        _failure = asked.Problem;
        _answer = asked.Rules is { } rules ? Keep(rules, asked.Content, now) : Bridge(asked, now, now + LifetimeOf(asked));
        return _answer;
    }

    /// <summary>What other processes should know.</summary>
    public RobotsRecord ToRecord() => new()
    {
        Origin = origin,
        FreshUntil = _freshUntil,
        Content = _content,
        ReadAt = _content is null ? null : _lastReadAt,
        FailingSince = _failingSince,
        Failure = _failure?.Failure,
        Message = _failure?.Message,
    };

    /// <summary>Takes up what another process learnt, when that is fresh.</summary>
    /// <returns>What is to be gone by; null when the origin must be asked.</returns>
    public RobotsAnswer? Restore(RobotsRecord record, DateTimeOffset now)
    {
        if (record is { Content: { } content, ReadAt: { } readAt })
            (_lastRead, _content, _lastReadAt) = (RobotsTxt.Parse(content.Span), content, readAt);
        _failingSince = record.FailingSince;

        // A time far ahead was written by a clock that was wrong.
        if (record.FreshUntil <= now || record.FreshUntil > now + Lifetime)
            return null;
        _freshUntil = record.FreshUntil;
        _failure = record.Failure is { } failure ? new FetchProblem(failure, record.Message ?? "") : null;
        _answer = _failure is null
            ? RobotsAnswer.Of(_lastRead ?? RobotsTxt.Empty)
            : Bridge(RobotsAnswer.Of(_failure with { RetryAfter = record.FreshUntil - now }), now, record.FreshUntil);
        return _answer;
    }

    private RobotsAnswer Keep(RobotsTxt rules, ReadOnlyMemory<byte>? content, DateTimeOffset now)
    {
        (_lastRead, _content, _lastReadAt, _failingSince) = (rules, content, now, null);
        _freshUntil = now + Lifetime;
        return RobotsAnswer.Of(rules);
    }

    /// <summary>The last copy goes on to count; without one nothing may be fetched, and in the end everything.</summary>
    private RobotsAnswer Bridge(RobotsAnswer failure, DateTimeOffset now, DateTimeOffset freshUntil)
    {
        _failingSince ??= now;
        _freshUntil = freshUntil;
        if (_lastRead is not null && now - _lastReadAt < GiveUpAfter)
            return RobotsAnswer.Of(_lastRead);
        return now - _failingSince >= GiveUpAfter ? RobotsAnswer.Of(RobotsTxt.Empty) : failure;
    }

    private static TimeSpan LifetimeOf(RobotsAnswer failure)
    {
        var isRefusal = failure.Problem!.Failure is FetchFailure.RobotsDisallowed;
        var usual = isRefusal ? RefusalLifetime : FailureLifetime;
        return failure.Problem.RetryAfter is { } asked && asked > usual ? asked : usual;
    }
}

/// <summary>What is known of one origin's robots.txt, to be kept where all processes see it.</summary>
public sealed record RobotsRecord
{
    /// <summary>Scheme, host and port.</summary>
    public required string Origin { get; init; }

    /// <summary>Before this the origin is not asked again.</summary>
    public required DateTimeOffset FreshUntil { get; init; }

    /// <summary>
    /// The file as it was read last, at most <see cref="RobotsTxt.MaxBytes"/>; empty for a site without one, null when it never could be
    /// read.
    /// </summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>When <see cref="Content"/> was read.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>Since when the file cannot be read; null when it can.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>How asking failed last; null when it did not.</summary>
    public FetchFailure? Failure { get; init; }

    /// <summary>The same in a sentence.</summary>
    public string? Message { get; init; }
}

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
