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
