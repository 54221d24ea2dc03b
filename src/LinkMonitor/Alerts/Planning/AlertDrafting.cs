using LinkMonitor.Alerts.Composing;
using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Incidents;
using LinkMonitor.Alerts.Kinds;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Planning;

/// <summary>
/// Makes alerts for the channels that want something at once. An alert says the same to all of its channels: where channels want different
/// parts of an incident, each part is an alert of its own.
/// </summary>
internal sealed class AlertDrafting(AlertChannels routes)
{
    // So many alerts of one incident still fit into one transaction.
    private const int MaxVariants = 40;

    /// <summary>None when no channel wants any of the changes at once.</summary>
    /// <param name="incident">With at most <see cref="Alert.MaxChanges"/> changes.</param>
    public IReadOnlyList<NewAlert> Draft(PlanContext context, Incident incident)
    {
        var wanting = context.Channels
            .Select(
                channel =>
                    (Channel: channel, Wanted: incident.Changes.Where(change => context.IsUrgent(channel, change)).ToList()))
            .Where(one => one.Wanted.Count > 0)
            .ToList();
        var variants = wanting.GroupBy(one => string.Join(' ', one.Wanted.Select(change => change.Id))).ToList();

        // Rather too much for some than nothing for others.
        if (variants.Count > MaxVariants)
            return [.. OfIncident(context, incident, [.. wanting.Select(one => one.Channel)], context.Unreadable)];

        // Channels that cannot be read get the whole, with those who want the whole.
        var isShared = false;
        List<NewAlert> drafted = [];
        foreach (var group in variants)
        {
            var wanted = group.First().Wanted;
            var isWhole = wanted.Count == incident.Changes.Count;
            isShared |= isWhole;
            drafted.AddRange(
                OfIncident(
                    context, incident with { Changes = wanted }, [.. group.Select(one => one.Channel)], isWhole ? context.Unreadable : []));
        }

        return isShared ? drafted : [.. drafted, .. OfIncident(context, incident, [], context.Unreadable)];
    }

    /// <summary>An alert that is no incident, for these channels.</summary>
    /// <param name="parts">Names it: the same for the same cause.</param>
    /// <param name="subject">As far as it is known before the alert is sent; see <see cref="SubjectOf"/>.</param>
    /// <param name="changes">The changes it reports, the oldest first.</param>
    public IReadOnlyList<NewAlert> Draft(
        PlanContext context, AlertKind kind, string[] parts, AlertContent content, string subject, IReadOnlyList<LinkChange> changes,
        IEnumerable<Channel> channels) =>
        Split(context, channels, kind == AlertKind.Digest ? [] : context.Unreadable, changes.Count).Select(
            (deliveries, number) => new NewAlert(
                new Alert
                {
                    Id = Id(context.Project.Id, kind, parts, number),
                    ProjectId = context.Project.Id,
                    Kind = kind,
                    Content = content,
                    CreatedAt = context.Now,
                    Subject = subject,
                    ChangeCount = changes.Count,
                    Deliveries = deliveries,
                    LeasedUntil = context.Now,
                    Trace = TraceOf(changes),
                },
                [.. changes.Select(change => change.OutboxKey)])).ToList();

    /// <summary>The subject that its mails would have now: one source for the list of alerts and for what is sent.</summary>
    public static string SubjectOf(AlertFacts facts) => AlertComposer.Compose(facts, PublicLinks.None).Subject;

    /// <summary>The copies of a channel that could not be read when the alert was made.</summary>
    /// <param name="changes">How many changes the alert reports.</param>
    public IReadOnlyList<Delivery> CopiesFor(Project project, Channel channel, int changes, DateTimeOffset now) =>
        [.. Deliveries(new PlanContext(project, new AlertPlan { ProjectId = project.Id }, [channel], now), channel, changes)];

    private IEnumerable<NewAlert> OfIncident(
        PlanContext context, Incident incident, IReadOnlyList<Channel> channels, IReadOnlyList<string> unreadable)
    {
        string[] parts = [.. incident.Changes.Select(change => change.Id)];
        var subject = SubjectOf(IncidentFactsFactory.OfIncident("", context.Project, incident));
        return Split(context, channels, unreadable, parts.Length).Select((deliveries, number) =>
        {
            var id = Id(context.Project.Id, AlertKind.Incident, parts, number);
            return new NewAlert(
                new Alert
                {
                    Id = id,
                    ProjectId = context.Project.Id,
                    Cause = new AlertCause(WireName.Of(incident.Cause.Kind), incident.Cause.Subject),
                    CreatedAt = context.Now,
                    Subject = subject,
                    ChangeCount = incident.Changes.Count,
                    Deliveries = deliveries,
                    LeasedUntil = context.Now,
                    Trace = TraceOf(incident.Changes),
                },
                [.. incident.Changes.Select(change => change.OutboxKey)]);
        });
    }

    // Of many traces one goes on.
    private static string? TraceOf(IReadOnlyList<LinkChange> changes) =>
        changes.Select(change => change.Trace).FirstOrDefault(trace => trace is not null);

    private static string Id(ProjectId project, AlertKind kind, IEnumerable<string> parts, int number) =>
        AlertIds.For(project, kind, number == 0 ? parts : parts.Append($"{number}"));

    private IEnumerable<Delivery[]> Split(
        PlanContext context, IEnumerable<Channel> channels, IEnumerable<string> unreadable, int changes) =>
        channels.OrderBy(channel => channel.Kind).ThenBy(channel => channel.Address, StringComparer.Ordinal)
            .SelectMany(channel => Deliveries(context, channel, changes))
            .Concat(unreadable.Select(id => new Delivery { ChannelId = id, Channel = ChannelKind.Webhook, Recipient = id }))
            .Chunk(Alert.MaxDeliveries);

    private IEnumerable<Delivery> Deliveries(PlanContext context, Channel channel, int changes)
    {
        var parts = routes.Parts(channel.Kind, changes);
        return Enumerable.Range(1, parts).Select(part => new Delivery
        {
            ChannelId = channel.Id.Value,
            Channel = channel.Kind,
            Recipient = channel.Recipient(),
            Part = part,
            Parts = parts,
            NextAttemptAt = QuietTime.End(channel, context.Project, context.Now),
        });
    }
}

/// <summary>What a change is about, in the words of a channel's choice.</summary>
internal static class ChangeTopics
{
    /// <summary>
    /// When a channel gets a change: as soon as the most urgent of its topics says; never <see cref="AlertTiming.ByType"/>. What is left to
    /// the type of the link is as urgent as what is new in the change, and as what has ended.
    /// </summary>
    public static AlertTiming For(this AlertChoice choice, LinkChange change, ProjectTypes types)
    {
        var (transition, type) = (change.Transition, types.UrgencyOf(change.Type));
        return transition.To switch
        {
            LinkState.Live => choice.For(Topics.Recovered, Ended(choice, transition, type)),
            LinkState.Unreachable => choice.For(Topics.Unreachable, Timing(type.IsUrgent(TypeTopics.Unreachable))),
            _ when transition.ReasonsAfter.Count == 0 =>
                choice.For(WireName.Of(transition.To), Timing(transition.To == LinkState.Lost)),
            _ => Worsened(choice, transition, type),
        };
    }

    /// <summary>Whether a channel gets a change at all.</summary>
    public static bool Wants(this AlertChoice choice, LinkChange change) => choice.For(change, ProjectTypes.BuiltIn) != AlertTiming.Never;

    private static AlertTiming Worsened(AlertChoice choice, LinkTransition transition, LinkType type)
    {
        var before = Before(transition);
        var isNewState = before.State != transition.To;
        var timing = transition.ReasonsAfter.Min(reason => choice.For(
            WireName.Of(reason.Code),
            Timing((isNewState || !before.Reasons.Any(reason.IsSameAs)) && type.IsUrgent(reason))));

        // A link that is back, though not as agreed, is a recovery of what was lost.
        return transition.To == LinkState.Changed
            && choice.IsLeft(Topics.Recovered)
            && Ended(choice, transition, type) == AlertTiming.AtOnce ? AlertTiming.AtOnce : timing;
    }

    // Who was notified of something at once wants to know as soon that it is over. What was so when the link was registered was told
    // nobody.
    private static AlertTiming Ended(AlertChoice choice, LinkTransition transition, LinkType type)
    {
        var before = Before(transition);
        if (before.State is not (LinkState.Lost or LinkState.Changed))
            return AlertTiming.Digest;
        var ended = before.Reasons.Where(reason => !transition.ReasonsAfter.Any(reason.IsSameAs));
        return Timing(ended.Any(
            reason => choice.For(WireName.Of(reason.Code), Timing(type.IsUrgent(reason))) == AlertTiming.AtOnce));
    }

    // A page that could not be reached for long took nothing away from what was known of its link.
    private static HeldState Before(LinkTransition transition) =>
        transition.HeldBefore ?? new HeldState(transition.From, transition.ReasonsBefore);

    private static AlertTiming Timing(bool isUrgent) => isUrgent ? AlertTiming.AtOnce : AlertTiming.Digest;
}

/// <summary>When a channel may be disturbed.</summary>
internal static class QuietTime
{
    /// <summary>The first time at or after <paramref name="at"/> that is outside of the channel's quiet hours.</summary>
    public static DateTimeOffset End(Channel channel, Project project, DateTimeOffset at)
    {
        if (channel.Quiet is not { } quiet)
            return at;

        // The hours that began yesterday may go over midnight.
        var zone = LocalTimes.Find(channel.TimeZone ?? project.TimeZone);
        var today = LocalTimes.Day(at, zone);
        for (var day = today.AddDays(-1); day <= today; day = day.AddDays(1))
        {
            var from = LocalTimes.At(day, quiet.From, zone);
            var to = LocalTimes.At(quiet.To > quiet.From ? day : day.AddDays(1), quiet.To, zone);
            if (from <= at && at < to)
                return to;
        }

        return at;
    }
}
