using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Links;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Planning;

/// <summary>
/// Decides what of a project is to be reported now, and to whom. Pure: the same input gives the same step. What does not fit into one step
/// is left for the next, and every step that leaves something has done something.
/// </summary>
internal sealed class AlertPlanner(
    OutboxPlanner outbox, UnstablePlanner unstable, DigestPlanner digests, TermPlanner terms, CasePlanner cases,
    IOptions<AlertOptions> options)
{
    // Times of causes that a plan remembers; a forgotten one may at worst be reported again too soon.
    private const int MaxCauses = 300;

    private static readonly TimeSpan RetryUnreadable = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public PlanDraft Plan(PlanInput input)
    {
        var draft = new PlanDraft();
        foreach (var (cause, reported) in input.Context.Plan.Causes.OrderByDescending(cause => cause.Value).Take(MaxCauses))
        {
            if (reported + options.Value.GroupInterval > input.Context.Now)
                draft.Causes[cause] = reported;
        }

        outbox.Plan(input, draft);
        unstable.Plan(input, draft);
        digests.Plan(input, draft);
        terms.Plan(input, draft);
        cases.Plan(input, draft);
        if (input.HasUnreadable)
            draft.WakeBy(Whole(input.Context.Now, RetryUnreadable) + RetryUnreadable);

        // Whole days, so that not every planning moves it.
        draft.WakeAtLatest(Whole(input.Context.Now, Day) + AlertTimes.LongestWake);
        return draft;
    }

    private static DateTimeOffset Whole(DateTimeOffset now, TimeSpan step) =>
        new(now.UtcTicks - (now.UtcTicks % step.Ticks), TimeSpan.Zero);
}

/// <summary>
/// The step that one planning has put together so far. Rows come in only through <see cref="TryAdd"/>, which keeps to what one transaction
/// takes: a step that storage would refuse cannot be made.
/// </summary>
internal sealed class PlanDraft
{
    private readonly List<AlertBundle> _parts = [];
    private readonly List<OutboxEntry> _held = [];
    private DateTimeOffset? _readAt;
    private int _rows;
    private int _bytes;

    /// <summary>When each cause was reported last, by its key.</summary>
    public Dictionary<string, DateTimeOffset> Causes { get; } = [];

    /// <summary>By channel: the end of the last period that its digest was made for.</summary>
    public Dictionary<string, DateTimeOffset> Digests { get; } = [];

    /// <summary>When what stays in the outbox may be ready; null when nothing stays.</summary>
    public DateTimeOffset? NudgeAt { get; private set; }

    /// <summary>When the project needs attention though nothing changes.</summary>
    public DateTimeOffset? WakeAt { get; private set; }

    /// <summary>Something is left that could be planned now: it did not fit, or was not read yet.</summary>
    public bool HasMore { get; private set; }

    public IReadOnlyList<NewAlert> Opened => [.. _parts.SelectMany(part => part.Opened)];

    /// <summary>Leave the outbox.</summary>
    public IReadOnlyList<string> Taken => [.. _parts.SelectMany(part => part.Taken)];

    /// <summary>Leave the outbox unreported.</summary>
    public IReadOnlyList<OutboxEntry> Held => _held;

    /// <summary>
    /// Whether a part would fit into a step of its own. One that does not must be cut smaller: it would never be written.
    /// </summary>
    public static bool FitsAlone(AlertBundle part) => part.Rows <= PlanResult.MaxRows && part.Bytes <= PlanResult.MaxBytes;

    /// <summary>Whether the part would still fit.</summary>
    public bool HasRoomFor(AlertBundle part) => _rows + part.Rows <= PlanResult.MaxRows && _bytes + part.Bytes <= PlanResult.MaxBytes;

    /// <summary>Adds a part whole; false when it does not fit any more, and then there is more to plan.</summary>
    /// <exception cref="ArgumentException">It would not fit into any step.</exception>
    public bool TryAdd(AlertBundle part)
    {
        if (!FitsAlone(part))
            throw new ArgumentException($"{part.Rows} rows of {part.Bytes} bytes fit into no step.", nameof(part));
        if (!HasRoomFor(part))
        {
            HasMore = true;
            return false;
        }

        _parts.Add(part);
        _rows += part.Rows;
        _bytes += part.Bytes;
        return true;
    }

    /// <summary>Takes changes of unstable links out of the outbox unreported.</summary>
    public void Hold(IEnumerable<OutboxEntry> entries) => _held.AddRange(entries);

    /// <summary>Says that something is left that could be planned now.</summary>
    public void LeaveMore() => HasMore = true;

    /// <summary>Before this nothing in the outbox can be ready.</summary>
    public void ReadBy(DateTimeOffset at) => _readAt = Earlier(_readAt, at);

    public void NudgeBy(DateTimeOffset at) => NudgeAt = Earlier(NudgeAt, at);

    public void WakeBy(DateTimeOffset at) => WakeAt = Earlier(WakeAt, at);

    /// <summary>What is due later than this is checked by then, too: a time that is further ahead is from a wrong clock.</summary>
    public void WakeAtLatest(DateTimeOffset at) => WakeAt = WakeAt is { } wake && wake > at ? at : WakeAt;

    public PlanResult ToStep(AlertPlan plan) => new()
    {
        // What is left is to be found at once, whatever the rest waits for.
        Plan = plan with { ReadAt = HasMore ? null : _readAt, WakeAt = WakeAt, Causes = Causes, Digests = Digests },
        Opened = Opened,
        Unstable = [.. _parts.SelectMany(part => part.Unstable)],
        Settled = [.. _parts.SelectMany(part => part.Settled)],
        Reminded = _parts.SelectMany(part => part.Reminded).ToDictionary(),
        CheckedTerms = [.. _parts.SelectMany(part => part.CheckedTerms)],
        TermChecks = [.. _parts.SelectMany(part => part.TermChecks)],
        CheckedCases = [.. _parts.SelectMany(part => part.CheckedCases)],
        CaseChecks = [.. _parts.SelectMany(part => part.CaseChecks)],
        CasesReminded = _parts.SelectMany(part => part.CasesReminded).ToDictionary(),
    };

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) =>
        one is { } earlier && earlier < other ? earlier : other;
}
