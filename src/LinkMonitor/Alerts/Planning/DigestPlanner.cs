using System.Globalization;
using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Incidents;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Projects;
using TellingTime = LinkMonitor.Storage.Channels.AlertTiming;

namespace LinkMonitor.Alerts.Planning;

/// <summary>
/// Makes a digest for each channel whose time has come. The plan keeps how far each channel's digests reach, so that no period comes twice
/// and missed periods come in one. Pure.
/// </summary>
internal sealed class DigestPlanner(AlertDrafting drafting)
{
    /// <summary>The period that a channel's digest is due for; null for none.</summary>
    public static (DateTimeOffset From, DateTimeOffset To)? Due(PlanContext context, Channel channel) =>
        channel.Digest is { } schedule && From(context, channel) is var from
        && DigestTimes.Last(channel, schedule, context.Project, from, context.Now) is { } to
            ? (from, to)
            : null;

    /// <summary>
    /// Whether a period without changes has no digest: a week without news is news, a day without is noise, and so is a digest that nobody
    /// asked for.
    /// </summary>
    public static bool NeedsNews(Channel channel) => channel.Digest is { Day: null } or { OnlyWithNews: true };

    /// <summary>Whether a change is a reason to send a channel its digest.</summary>
    public static bool IsNews(PlanContext context, Channel channel, LinkChange change) =>
        change.Transition.Alerts && channel.Choice.For(change, context.Types) is var timing
        && (channel.Digest is { OnlyWithNews: true } ? timing == TellingTime.Digest : timing != TellingTime.Never);

    public void Plan(PlanInput input, PlanDraft draft)
    {
        foreach (var id in input.Context.Unreadable)
        {
            // Its digest reaches back to here once the channel can be read.
            if (input.Context.Plan.Digests.TryGetValue(id, out var last))
                draft.Digests[id] = last;
        }

        foreach (var channel in input.Context.Channels)
        {
            if (channel.Digest is { } schedule)
                Plan(input, channel, schedule, draft);
        }
    }

    private void Plan(PlanInput input, Channel channel, DigestSchedule schedule, PlanDraft draft)
    {
        draft.Digests[channel.Id.Value] = From(input.Context, channel);
        draft.WakeBy(DigestTimes.Next(channel, schedule, input.Context.Project, input.Context.Now));
        if (Due(input.Context, channel) is not { } period)
            return;

        var isWanted = !NeedsNews(channel) || input.ChannelsWithNews.Contains(channel.Id.Value);
        if (draft.TryAdd(new AlertBundle { Opened = isWanted ? Draft(input.Context, channel, period.From, period.To) : [] }))
            draft.Digests[channel.Id.Value] = period.To;
    }

    // The first period of a channel begins when its digest was first seen here, and with what waits to be reported then.
    private static DateTimeOffset From(PlanContext context, Channel channel) =>
        context.Plan.Digests.TryGetValue(channel.Id.Value, out var last) ? last
        : context.WaitingSince < context.Now ? context.WaitingSince.Value
        : context.Now;

    private IReadOnlyList<NewAlert> Draft(PlanContext context, Channel channel, DateTimeOffset from, DateTimeOffset to)
    {
        var content = new AlertContent { ChannelId = channel.Id.Value, From = from, To = to };
        var name = string.Create(CultureInfo.InvariantCulture, $"{to.UtcTicks}");
        return drafting.Draft(
            context, AlertKind.Digest, [channel.Id.Value, name], content, $"Digest - {context.Project.Name}", [], [channel]);
    }
}

/// <summary>How each kind of channel is reached.</summary>
internal static class ChannelRoutes
{
    /// <summary>Into how many messages so many changes are cut on a channel of this kind; at least 1.</summary>
    public static int Parts(this AlertChannels channels, ChannelKind kind, int changes)
    {
        var most = channels.For(kind).MaxChangesPerMessage;
        return changes <= most ? 1 : (changes + most - 1) / most;
    }
}

/// <summary>What an alert has to say, from what is at hand: when it is planned, for its subject, and again when it is sent.</summary>
internal static class IncidentFactsFactory
{
    // The newest are enough for a link that changed very often.
    private const int MaxUnstableChanges = 100;

    public static IncidentFacts OfIncident(string alertId, Project project, Incident incident) =>
        new() { AlertId = alertId, Project = project, Incident = incident };

    /// <param name="events">At least one.</param>
    public static TermsFacts OfTerms(string alertId, Project project, IReadOnlyList<DueTerm> events) =>
        new() { AlertId = alertId, Project = project, Events = events };

    /// <param name="changes">At least one, the oldest first.</param>
    /// <param name="count">How often the link changed within the window.</param>
    public static UnstableFacts OfUnstable(
        string alertId, Project project, IReadOnlyList<LinkChange> changes, int count, AlertOptions options) => new()
        {
            AlertId = alertId,
            Project = project,
            Link = LinkName.Of(changes[^1]),
            Changes = [.. changes.TakeLast(MaxUnstableChanges)],
            Count = count,
            Window = options.FlappingWindow,
            SettlesAfter = options.FlappingWindow,
        };

    /// <param name="at">When the alert was made.</param>
    /// <param name="heldBack">How many changes were not reported meanwhile.</param>
    public static SettledFacts OfSettled(string alertId, Project project, LinkChange change, DateTimeOffset at, int heldBack) =>
        new() { AlertId = alertId, Project = project, Change = change, For = at - change.Transition.At, HeldBack = heldBack };
}

/// <summary>What one planning starts from.</summary>
/// <param name="Channels">The active ones.</param>
internal sealed record PlanContext(Project Project, AlertPlan Plan, IReadOnlyList<Channel> Channels, DateTimeOffset Now)
{
    /// <summary>When the oldest change was made that waits to be reported; null for none.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>Channels whose rows cannot be read: what is reported is kept for them until they can.</summary>
    public IReadOnlyList<string> Unreadable { get; init; } = [];

    /// <summary>The project's types of links.</summary>
    public ProjectTypes Types { get; init; } = ProjectTypes.BuiltIn;

    /// <summary>Whether a channel wants a change at once.</summary>
    public bool IsUrgent(Channel channel, LinkChange change) => channel.Choice.For(change, Types) == TellingTime.AtOnce;

    /// <summary>
    /// Whether a channel wants to know at once that a link changes back and forth: left to the type, as urgent as the most urgent of what
    /// it did, for that is not reported on its own.
    /// </summary>
    public bool IsUnstableUrgent(Channel channel, IEnumerable<LinkChange> changes) =>
        channel.Choice.For(
            Topics.Unstable, changes.Any(change => IsUrgent(channel, change)) ? TellingTime.AtOnce : TellingTime.Digest)
        == TellingTime.AtOnce;
}

/// <summary>When a channel's digests are due.</summary>
internal static class DigestTimes
{
    private const int DaysOfWeek = 7;

    /// <summary>The first time after <paramref name="after"/>.</summary>
    public static DateTimeOffset Next(Channel channel, DigestSchedule schedule, Project project, DateTimeOffset after)
    {
        var zone = LocalTimes.Find(channel.TimeZone ?? project.TimeZone);
        for (var day = LocalTimes.Day(after, zone); ; day = day.AddDays(1))
        {
            if (schedule.Day is not { } wanted || day.DayOfWeek == wanted)
            {
                if (LocalTimes.At(day, schedule.At, zone) is var at && at > after)
                    return at;
            }
        }
    }

    /// <summary>The last time at or before <paramref name="now"/>; null when there was none after <paramref name="since"/>.</summary>
    public static DateTimeOffset? Last(Channel channel, DigestSchedule schedule, Project project, DateTimeOffset since, DateTimeOffset now)
    {
        var zone = LocalTimes.Find(channel.TimeZone ?? project.TimeZone);
        var today = LocalTimes.Day(now, zone);
        for (var day = today; day >= today.AddDays(-DaysOfWeek); day = day.AddDays(-1))
        {
            if (schedule.Day is { } wanted && day.DayOfWeek != wanted)
                continue;
            if (LocalTimes.At(day, schedule.At, zone) is var at && at <= now)
                return at > since ? at : null;
        }

        return null;
    }
}
