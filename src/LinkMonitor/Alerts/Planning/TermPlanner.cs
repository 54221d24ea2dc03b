using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Placements;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using Microsoft.Extensions.Options;
using Stake = LinkMonitor.Alerts.Composing.Facts.LinkCost;
using TellingTime = LinkMonitor.Storage.Channels.AlertTiming;

namespace LinkMonitor.Alerts.Planning;

/// <summary>
/// Reminds of terms that end, and of links that outlived theirs: each once. What is to be checked, and when, is a row for each link, so
/// that no link is read before its time. Pure.
/// </summary>
internal sealed class TermPlanner(AlertDrafting drafting, IOptions<PlacementOptions> options)
{
    /// <summary>So many reminders come in one alert; more come in the next.</summary>
    internal const int MaxReminders = 25;

    /// <summary>A link that is not live when its term has ended may come back: it is checked once a day for so long.</summary>
    internal static readonly TimeSpan LookOnFor = TimeSpan.FromDays(30);

    public void Plan(PlanInput input, PlanDraft draft)
    {
        if (input.NextTermCheckAt is { } next)
            draft.WakeBy(next);

        // Fewer where the step is nearly full: the rest is due at the next.
        var part = new AlertBundle();
        var count = Math.Min(input.TermChecks.Count, MaxReminders);
        while (count > 0 && !draft.HasRoomFor(part = Take(input, count)))
            count /= 2;
        if (count < input.TermChecks.Count || input.HasMoreTermChecks)
            draft.LeaveMore();
        if (count == 0)
            return;
        draft.TryAdd(part);
        foreach (var check in part.TermChecks)
            draft.WakeBy(check.At);
    }

    private AlertBundle Take(PlanInput input, int count)
    {
        var done = input.TermChecks.Take(count).ToList();
        var checks = new HashSet<TermCheck>();
        var reminded = new Dictionary<LinkId, string>();
        var reminders = new List<TermReminder>();
        var events = new List<DueTerm>();
        foreach (var check in done)
        {
            if (input.Links.GetValueOrDefault(check.LinkId) is not { Terms.End: { } end } link)
                continue;
            var zone = LocalTimes.Find(input.Context.Project.TimeZone);

            // Terms that were edited are checked twice, and both checks lead to the same next one.
            if (NextCheck(link, end, zone, input.Context.Now) is { } next)
                checks.Add(check with { At = next });
            if (Due(input, link, zone) is not { } due || !reminded.TryAdd(link.Id, due.Id))
                continue;
            var today = LocalTimes.Day(input.Context.Now, zone);
            reminders.Add(new TermReminder(due.Id, link.Id.Value, end, end.DayNumber - today.DayNumber));
            events.Add(TermsEvents.Of(link, end, end.DayNumber - today.DayNumber, today));
        }

        return new AlertBundle
        {
            CheckedTerms = done,
            TermChecks = [.. checks],
            Reminded = reminded,
            Opened = reminders.Count > 0 ? Draft(input.Context, reminders, events) : [],
        };
    }

    private TermEvent? Due(PlanInput input, WatchedLink link, TimeZoneInfo zone) =>
        !link.IsMutedAt(input.Context.Now)
        && TermCalendar.Due(link, zone, [.. options.Value.RemindBefore], input.Context.Now) is { } due
        && input.Reminded.GetValueOrDefault(link.Id) != due.Id
            ? due
            : null;

    private DateTimeOffset? NextCheck(WatchedLink link, DateOnly end, TimeZoneInfo zone, DateTimeOffset now)
    {
        var next = TermCalendar.Of(link, zone, [.. options.Value.RemindBefore]).FirstOrDefault(one => one.DueAt > now);
        if (next is not null)
            return next.DueAt;
        var isWaited = link.Status.State != LinkState.Live && now < LocalTimes.Start(end, zone) + LookOnFor;
        return isWaited ? LocalTimes.Start(LocalTimes.Day(now, zone).AddDays(1), zone) : null;
    }

    private IReadOnlyList<NewAlert> Draft(PlanContext context, List<TermReminder> reminders, List<DueTerm> events)
    {
        var wanting = context.Channels.Where(channel => channel.Choice.For(Topics.Terms, TellingTime.AtOnce) == TellingTime.AtOnce);
        return drafting.Draft(
            context, AlertKind.Terms, [.. reminders.Select(one => one.EventId)], new AlertContent { Reminders = reminders },
            AlertDrafting.SubjectOf(IncidentFactsFactory.OfTerms("", context.Project, events)), [], wanting);
    }
}

/// <summary>What is reported of the terms of a link.</summary>
internal static class TermsEvents
{
    /// <param name="end">The end that it was reminded of; the terms may have been edited since.</param>
    /// <param name="daysLeft">From the day of the reminder to <paramref name="end"/>; negative when that has passed.</param>
    /// <param name="today">The day in the project's time zone.</param>
    public static DueTerm Of(WatchedLink link, DateOnly end, int daysLeft, DateOnly today) => new()
    {
        Link = LinkName.Of(link),
        State = link.Status.State,
        End = end,
        DaysLeft = daysLeft,
        Vendor = link.Terms?.Vendor,
        Contact = link.Terms?.Contact,
        Stake = StakeOf(link, today),
    };

    /// <summary>What a link costs by its terms, whether or not that is at stake; null when that is not known.</summary>
    /// <param name="today">The day in the project's time zone.</param>
    public static Stake? StakeOf(WatchedLink link, DateOnly today)
    {
        if (link.Terms is not { } terms || PlacementCost.Whole(terms) is not { } whole)
            return null;
        var perMonth = PlacementCost.PerMonth(terms)?.Rounded().Amount ?? 0;
        return new Stake(perMonth, whole.Currency, terms.Vendor)
        {
            Whole = terms.CostPeriod == CostPeriod.Month ? null : whole.Rounded().Amount,
            Days = terms.CostPeriod == CostPeriod.Month ? null : PlacementCost.Days(terms),
            EndedOn = terms.End < today ? terms.End : null,
            BeginsOn = terms.Start > today ? terms.Start : null,
        };
    }
}
