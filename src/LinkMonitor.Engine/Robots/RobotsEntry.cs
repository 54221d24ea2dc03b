using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Results;

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
