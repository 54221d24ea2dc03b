using LinkMonitor.Engine.Clocks;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Planning;

/// <summary>
/// Lets links go that were unstable and have kept their state: it is reported if it is not the one that people know of. Pure.
/// </summary>
internal sealed class UnstablePlanner(AlertDrafting drafting, IOptions<AlertOptions> options)
{
    private static readonly TimeSpan RetryUnreadable = TimeSpan.FromHours(1);

    public void Plan(PlanInput input, PlanDraft draft)
    {
        foreach (var link in input.Unstable)
        {
            if (StoredTime.Due(link.SettlesAt, options.Value.FlappingWindow, input.Context.Now) is var settlesAt
                && settlesAt > input.Context.Now)
                draft.WakeBy(settlesAt);

            // Its last change may be the one that cannot be read; it stays held until it can.
            else if (input.UnreadableHistories.Contains(link.LinkId))
                draft.WakeBy(input.Context.Now + RetryUnreadable);
            else if (!TrySettle(input, link, draft))
                return;
        }
    }

    private bool TrySettle(PlanInput input, UnstableLink link, PlanDraft draft)
    {
        var since = input.Histories.GetValueOrDefault(link.LinkId, []).Where(change => change.Transition.At >= link.Since).ToList();
        var now = input.Context.Now;
        var settlesAt = since.Select(change => change.Transition.At)
            .Append(link.Since)
            .Where(at => !StoredTime.IsFromFuture(at, now))
            .DefaultIfEmpty().Max();
        settlesAt = settlesAt == default ? now : settlesAt + options.Value.FlappingWindow;
        if (settlesAt > input.Context.Now)
        {
            draft.WakeBy(settlesAt);
            return draft.TryAdd(new AlertBundle { Unstable = [link with { SettlesAt = settlesAt }] });
        }

        return draft.TryAdd(new AlertBundle
        {
            Opened = since.Count > 0 && IsNews(link, since[^1]) ? Draft(input.Context, link, since) : [],
            Settled = [link.LinkId],
        });
    }

    // Some channels heard of the last state with the instability, some only of the one before it.
    private static bool IsNews(UnstableLink link, LinkChange last) =>
        last.Transition.To != link.StateBefore || last.Transition.To != link.StateTold;

    private IReadOnlyList<NewAlert> Draft(PlanContext context, UnstableLink link, List<LinkChange> since)
    {
        var last = since[^1];
        var content = new AlertContent { LinkId = link.LinkId.Value, Count = since.Count(change => change.Held) };
        var wanting = context.Channels.Where(channel =>
            context.IsUnstableUrgent(channel, since) || context.IsUrgent(channel, last));
        var subject = AlertDrafting.SubjectOf(IncidentFactsFactory.OfSettled("", context.Project, last, context.Now, content.Count ?? 0));
        return drafting.Draft(context, AlertKind.Settled, [last.Id], content, subject, [last], wanting);
    }
}

/// <summary>Everything that one planning decides from, read before it decides.</summary>
internal sealed record PlanInput
{
    public required PlanContext Context { get; init; }

    /// <summary>What waits in the outbox and is in no open alert, the oldest first.</summary>
    public IReadOnlyList<OutboxEntry> Waiting { get; init; } = [];

    /// <summary>Whether the outbox holds more than was read.</summary>
    public bool IsCut { get; init; }

    /// <summary>
    /// The links of <see cref="Waiting"/> and <see cref="TermChecks"/> as they are now; those that are gone or unreadable are not there.
    /// What of a change must be reported is in the change itself.
    /// </summary>
    public IReadOnlyDictionary<LinkId, WatchedLink> Links { get; init; } = new Dictionary<LinkId, WatchedLink>();

    /// <summary>The links that are held.</summary>
    public IReadOnlyList<UnstableLink> Unstable { get; init; } = [];

    /// <summary>
    /// Changes that alert, the oldest first: of each link that is ready, within the flapping window before its newest one; of each unstable
    /// link that may have settled, since it became unstable.
    /// </summary>
    public IReadOnlyDictionary<LinkId, IReadOnlyList<LinkChange>> Histories { get; init; } =
        new Dictionary<LinkId, IReadOnlyList<LinkChange>>();

    /// <summary>Links of whose changes some cannot be read: nobody knows which state they were in last.</summary>
    public IReadOnlySet<LinkId> UnreadableHistories { get; init; } = new HashSet<LinkId>();

    /// <summary>The channels of daily digests whose period has something to report.</summary>
    public IReadOnlySet<string> ChannelsWithNews { get; init; } = new HashSet<string>();

    /// <summary>Checks of terms whose time has come, the earliest first.</summary>
    public IReadOnlyList<TermCheck> TermChecks { get; init; } = [];

    /// <summary>Whether more checks of terms are due than were read.</summary>
    public bool HasMoreTermChecks { get; init; }

    /// <summary>Whether something was left out because its row cannot be read: it is checked again though nothing may change.</summary>
    public bool HasUnreadable { get; init; }

    /// <summary>Links whose row as a held link cannot be read: they are held all the same.</summary>
    public IReadOnlyList<string> UnreadableUnstable { get; init; } = [];

    /// <summary>When the next check is due that is not yet; null for none.</summary>
    public DateTimeOffset? NextTermCheckAt { get; init; }

    /// <summary>By link: the reminder of its terms that was sent last.</summary>
    public IReadOnlyDictionary<LinkId, string> Reminded { get; init; } = new Dictionary<LinkId, string>();

    /// <summary>Checks of cases whose time has come, the earliest first.</summary>
    public IReadOnlyList<CaseCheck> CaseChecks { get; init; } = [];

    /// <summary>Whether more looks at cases are due than were read.</summary>
    public bool HasMoreCaseChecks { get; init; }

    /// <summary>When the next look at a case is due that is not yet; null for none.</summary>
    public DateTimeOffset? NextCaseCheckAt { get; init; }

    /// <summary>The cases of <see cref="CaseChecks"/> as they are now, by id; those that are gone are not there.</summary>
    public IReadOnlyDictionary<string, LinkCase> Cases { get; init; } = new Dictionary<string, LinkCase>();

    /// <summary>By case: the reminders that were sent, separated by spaces.</summary>
    public IReadOnlyDictionary<string, string> CasesReminded { get; init; } = new Dictionary<string, string>();

    public WatchedLink? LinkOf(LinkChange change) => Links.GetValueOrDefault(change.LinkId);
}

/// <summary>Finds links that change back and forth: that is reported once, and what they do from then on is held. Pure.</summary>
internal sealed class FlappingPlanner(AlertDrafting drafting, IOptions<AlertOptions> options)
{
    /// <summary>Opens an alert for each link that has become unstable.</summary>
    /// <param name="ready">Changes that would be reported now.</param>
    /// <returns>Those of links that are stable.</returns>
    public IReadOnlyList<LinkChange> Plan(PlanInput input, IReadOnlyList<LinkChange> ready, PlanDraft draft)
    {
        var stable = new List<LinkChange>();
        foreach (var link in ready.GroupBy(change => change.LinkId))
        {
            var unreported = link.OrderBy(change => change.Transition.At).ToList();
            var after = unreported[^1].Transition.At - options.Value.FlappingWindow;
            var counted = input.Histories.GetValueOrDefault(link.Key, []).Where(change => change.Transition.At > after).ToList();
            if (counted.Count <= options.Value.FlappingChanges)
                stable.AddRange(unreported);
            else
                Hold(input.Context, unreported, counted, draft);
        }

        return stable;
    }

    private void Hold(PlanContext context, List<LinkChange> unreported, List<LinkChange> counted, PlanDraft draft)
    {
        var link = unreported[0].LinkId;
        var reported = counted.TakeLast(Alert.MaxChanges).ToList();
        var content = new AlertContent { LinkId = link.Value, Count = counted.Count };
        var wanting = context.Channels.Where(channel => context.IsUnstableUrgent(channel, counted));
        var settlesAt = counted[^1].Transition.At + options.Value.FlappingWindow;
        var isAdded = draft.TryAdd(new AlertBundle
        {
            Opened = drafting.Draft(
                context, AlertKind.Unstable, [link.Value, reported[^1].Id], content,
                AlertDrafting.SubjectOf(IncidentFactsFactory.OfUnstable("", context.Project, reported, counted.Count, options.Value)),
                reported, wanting),
            Taken = [.. unreported.Select(change => change.OutboxKey)],
            Unstable =
            [
                new UnstableLink
                {
                    ProjectId = context.Project.Id,
                    LinkId = link,
                    Since = counted[^1].Transition.At,
                    StateBefore = unreported[0].Transition.From,
                    StateTold = counted[^1].Transition.To,
                    SettlesAt = settlesAt,
                },
            ],
        });
        if (isAdded)
            draft.WakeBy(settlesAt);
    }
}
