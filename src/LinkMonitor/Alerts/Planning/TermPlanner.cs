using LinkMonitor.Alerts.Composing.Matters;
using LinkMonitor.Placements;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;
using Microsoft.Extensions.Options;
using TellingTime = LinkMonitor.Storage.Channels.Telling;

namespace LinkMonitor.Alerts.Planning;

/// <summary>
/// Reminds of terms that end, and of links that outlived theirs: each once. What is to be looked at, and when, is a row for each link, so that no
/// link is read before its time. Pure.
/// </summary>
internal sealed class TermPlanner(AlertDrafting drafting, IOptions<PlacementOptions> options)
{
    /// <summary>So many reminders come in one alert; more come in the next.</summary>
    internal const int MaxReminders = 25;

    /// <summary>A link that is not live when its term has ended may come back: it is looked at once a day for so long.</summary>
    internal static readonly TimeSpan LookOnFor = TimeSpan.FromDays(30);

    public void Plan(PlanInput input, PlanDraft draft)
    {
        if (input.NextLookAt is { } next)
            draft.WakeBy(next);

        // Fewer where the step is nearly full: the rest is due at the next.
        var part = new PlanPart();
        var count = Math.Min(input.Looks.Count, MaxReminders);
        while (count > 0 && !draft.HasRoomFor(part = Take(input, count)))
            count /= 2;
        if (count < input.Looks.Count || input.HasMoreLooks)
            draft.LeaveMore();
        if (count == 0)
            return;
        draft.TryAdd(part);
        foreach (var look in part.Looks)
            draft.WakeBy(look.At);
    }

    private PlanPart Take(PlanInput input, int count)
    {
        var looked = input.Looks.Take(count).ToList();
        var looks = new HashSet<TermLook>();
        var reminded = new Dictionary<LinkId, string>();
        var reminders = new List<TermReminder>();
        var events = new List<TermsEvent>();
        foreach (var look in looked)
        {
            if (input.Links.GetValueOrDefault(look.LinkId) is not { Terms.End: { } end } link)
                continue;
            var zone = ZoneDay.Find(input.Context.Project.TimeZone);

            // Terms that were edited are looked at twice, and both looks lead to the same next one.
            if (NextLook(link, end, zone, input.Context.Now) is { } next)
                looks.Add(look with { At = next });
            if (Due(input, link, zone) is not { } due || !reminded.TryAdd(link.Id, due.Id))
                continue;
            var today = ZoneDay.Of(input.Context.Now, zone);
            reminders.Add(new TermReminder(due.Id, link.Id.Value, end, end.DayNumber - today.DayNumber));
            events.Add(TermsEvents.Of(link, end, end.DayNumber - today.DayNumber, today));
        }

        return new PlanPart
        {
            Looked = looked,
            Looks = [.. looks],
            Reminded = reminded,
            Opened = reminders.Count > 0 ? Draft(input.Context, reminders, events) : [],
        };
    }

    private TermEvent? Due(PlanInput input, WatchedLink link, TimeZoneInfo zone) =>
        !link.IsMutedAt(input.Context.Now)
        && TermEvents.Due(link, zone, [.. options.Value.RemindBefore], input.Context.Now) is { } due
        && input.Reminded.GetValueOrDefault(link.Id) != due.Id
            ? due
            : null;

    private DateTimeOffset? NextLook(WatchedLink link, DateOnly end, TimeZoneInfo zone, DateTimeOffset now)
    {
        var next = TermEvents.Of(link, zone, [.. options.Value.RemindBefore]).FirstOrDefault(one => one.DueAt > now);
        if (next is not null)
            return next.DueAt;
        var isWaited = link.Status.State != Engine.Tracking.LinkState.Live && now < ZoneDay.Start(end, zone) + LookOnFor;
        return isWaited ? ZoneDay.Start(ZoneDay.Of(now, zone).AddDays(1), zone) : null;
    }

    private IReadOnlyList<NewAlert> Draft(PlanContext context, List<TermReminder> reminders, List<TermsEvent> events)
    {
        var wanting = context.Channels.Where(channel => channel.Choice.For(Topics.Terms) == TellingTime.AtOnce);
        return drafting.Draft(
            context, AlertKind.Terms, [.. reminders.Select(one => one.EventId)], new AlertContent { Reminders = reminders },
            AlertDrafting.SubjectOf(Matters.OfTerms("", context.Project, events)), [], wanting);
    }
}
