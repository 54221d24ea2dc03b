using LinkMonitor.Placements;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;
using Microsoft.Extensions.Options;
using TellingTime = LinkMonitor.Storage.Channels.Telling;

namespace LinkMonitor.Alerts.Telling;

/// <summary>
/// Reminds of terms that end, and of links that outlived theirs: each once. What is to be looked at, and when, is a row for each link, so that no
/// link is read before its time.
/// </summary>
internal sealed class TermPlanning(ILinkStore links, IAlertPlanStore plans, AlertDrafting drafting, IOptions<PlacementOptions> options)
{
    /// <summary>So many reminders come in one alert; more are told in the next.</summary>
    internal const int MaxReminders = 25;

    /// <summary>
    /// A link that is not live when its term has ended may come back: it is looked at once a day for so long.
    /// </summary>
    internal static readonly TimeSpan LookOnFor = TimeSpan.FromDays(30);

    // For each link: the look taken, the next one, and what was told.
    private const int RowsPerLink = 3;

    public async Task PlanAsync(PlanContext context, Planned planned, CancellationToken cancellationToken)
    {
        var told = new List<TermReminder>();
        var taken = 0;
        await foreach (var look in plans.ReadTermLooksAsync(context.Project.Id, cancellationToken))
        {
            if (look.At > context.Now)
            {
                planned.WakeBy(look.At);
                break;
            }

            if (taken++ == MaxReminders || !planned.Fits(RowsPerLink))
            {
                planned.HasMore = true;
                break;
            }

            if (await TakeAsync(context, look, planned, cancellationToken) is { } reminder)
                told.Add(reminder);
        }

        if (told.Count > 0)
            planned.Opened.AddRange(Draft(context, told));
    }

    private async Task<TermReminder?> TakeAsync(PlanContext context, TermLook look, Planned planned, CancellationToken cancellationToken)
    {
        planned.Looked.Add(look);
        if (await links.GetAsync(context.Project.Id, look.LinkId, cancellationToken) is not { Terms.End: { } end } link)
            return null;

        var zone = ZoneDay.Find(context.Project.TimeZone);
        if (NextLook(link, end, zone, context.Now) is { } next)
        {
            // Terms that were edited are looked at twice, and both looks lead to the same next one.
            if (!planned.Looks.Contains(look with { At = next }))
                planned.Looks.Add(look with { At = next });
            planned.WakeBy(next);
        }

        if (link.IsMutedAt(context.Now) || planned.Reminded.ContainsKey(link.Id)
            || TermEvents.Due(link, zone, [.. options.Value.RemindBefore], context.Now) is not { } due
            || await plans.GetRemindedAsync(context.Project.Id, link.Id, cancellationToken) == due.Id)
            return null;
        planned.Reminded[link.Id] = due.Id;
        return new TermReminder(due.Id, link.Id.Value, end, end.DayNumber - ZoneDay.Of(context.Now, zone).DayNumber);
    }

    private DateTimeOffset? NextLook(WatchedLink link, DateOnly end, TimeZoneInfo zone, DateTimeOffset now)
    {
        var next = TermEvents.Of(link, zone, [.. options.Value.RemindBefore]).FirstOrDefault(one => one.DueAt > now);
        if (next is not null)
            return next.DueAt;
        var isWaited = link.Status.State != Engine.Tracking.LinkState.Live && now < ZoneDay.Start(end, zone) + LookOnFor;
        return isWaited ? ZoneDay.Start(ZoneDay.Of(now, zone).AddDays(1), zone) : null;
    }

    private IReadOnlyList<NewAlert> Draft(PlanContext context, List<TermReminder> told)
    {
        var wanting = context.Channels.Where(channel => channel.Choice.For(Topics.Terms) == TellingTime.AtOnce);
        return drafting.Draft(
            context, AlertKind.Terms, [.. told.Select(one => one.EventId)], new AlertContent { Reminders = told },
            $"Terms that end - {context.Project.Name}", [], wanting);
    }
}
