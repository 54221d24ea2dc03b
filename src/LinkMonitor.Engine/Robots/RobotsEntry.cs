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
    private DateTimeOffset _lastReadAt;
    private DateTimeOffset? _failingSince;

    public string Origin => origin;

    /// <summary>Held by whoever asks the origin; the others wait for what comes of it.</summary>
    public SemaphoreSlim Asking { get; } = new(1);

    public int Weight => _lastRead?.Weight ?? RobotsTxt.Empty.Weight;

    /// <summary>Null when the origin must be asked (again).</summary>
    public RobotsAnswer? Fresh(DateTimeOffset now) => now < _freshUntil ? _answer : null;

    /// <summary>Takes up what asking gave, and answers with what is to be gone by.</summary>
    public RobotsAnswer Renew(RobotsAnswer asked, DateTimeOffset now)
    {
        _answer = asked.Rules is { } rules ? Keep(rules, now) : Bridge(asked, now);
        return _answer;
    }

    private RobotsAnswer Keep(RobotsTxt rules, DateTimeOffset now)
    {
        (_lastRead, _lastReadAt, _failingSince) = (rules, now, null);
        _freshUntil = now + Lifetime;
        return RobotsAnswer.Of(rules);
    }

    /// <summary>The last copy goes on to count; without one nothing may be fetched, and in the end everything.</summary>
    private RobotsAnswer Bridge(RobotsAnswer failure, DateTimeOffset now)
    {
        _failingSince ??= now;
        _freshUntil = now + LifetimeOf(failure);
        if (_lastRead is not null && now - _lastReadAt < GiveUpAfter)
            return RobotsAnswer.Of(_lastRead);
        return now - _failingSince >= GiveUpAfter ? RobotsAnswer.Of(RobotsTxt.Empty) : failure;
    }

    private static TimeSpan LifetimeOf(RobotsAnswer failure)
    {
        var isRefusal = failure.Problem!.Failure is Fetching.FetchFailure.RobotsDisallowed;
        var usual = isRefusal ? RefusalLifetime : FailureLifetime;
        return failure.Problem.RetryAfter is { } asked && asked > usual ? asked : usual;
    }
}
