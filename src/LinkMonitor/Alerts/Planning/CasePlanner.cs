using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Cases;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Channels;
using TellingTime = LinkMonitor.Storage.Channels.AlertTiming;

namespace LinkMonitor.Alerts.Planning;

/// <summary>Reminds of the due and the promised day of open cases: of each once. Pure; as <see cref="TermPlanner"/> of terms.</summary>
internal sealed class CasePlanner(AlertDrafting drafting)
{
    /// <summary>So many cases come in one alert; more come in the next.</summary>
    internal const int MaxCases = 25;

    private const char Separator = ' ';

    public void Plan(PlanInput input, PlanDraft draft)
    {
        if (input.NextCaseCheckAt is { } next)
            draft.WakeBy(next);

        // Fewer where the step is nearly full: the rest is due at the next.
        var part = new AlertBundle();
        var count = Math.Min(input.CaseChecks.Count, MaxCases);
        while (count > 0 && !draft.HasRoomFor(part = Take(input, count)))
            count /= 2;
        if (count < input.CaseChecks.Count || input.HasMoreCaseChecks)
            draft.LeaveMore();
        if (count == 0)
            return;
        draft.TryAdd(part);
        foreach (var look in part.CaseChecks)
            draft.WakeBy(look.At);
    }

    private AlertBundle Take(PlanInput input, int count)
    {
        var zone = LocalTimes.Find(input.Context.Project.TimeZone);
        var looked = input.CaseChecks.Take(count).ToList();
        var looks = new HashSet<CaseCheck>();
        var reminded = new Dictionary<string, string>(StringComparer.Ordinal);
        var reminders = new List<CaseReminder>();
        var events = new List<DueCase>();
        foreach (var look in looked)
        {
            if (input.Cases.GetValueOrDefault(look.CaseId) is not { } one)
                continue;
            var days = CaseCalendar.Of(one, zone);
            if (days.FirstOrDefault(day => day.DueAt > input.Context.Now) is { } next)
                looks.Add(look with { At = next.DueAt });
            var due = days.Where(day => day.DueAt <= input.Context.Now).Select(day => day.Reminder).ToList();
            var known = (input.CasesReminded.GetValueOrDefault(one.Id) ?? "").Split(Separator);
            var news = due.Where(day => !known.Contains(day.EventId, StringComparer.Ordinal)).ToList();
            if (news.Count == 0 || !reminded.TryAdd(one.Id, string.Join(Separator, due.Select(day => day.EventId))))
                continue;
            reminders.AddRange(news);
            events.AddRange(news.Select(day => CaseEvents.Of(one, day, LocalTimes.Day(input.Context.Now, zone))));
        }

        return new AlertBundle
        {
            CheckedCases = looked,
            CaseChecks = [.. looks],
            CasesReminded = reminded,
            Opened = reminders.Count > 0 ? Draft(input.Context, reminders, events) : [],
        };
    }

    private IReadOnlyList<NewAlert> Draft(PlanContext context, List<CaseReminder> reminders, List<DueCase> events)
    {
        // No digest has them: whoever wants them at all is reminded on the day.
        var wanting = context.Channels.Where(channel => channel.Choice.For(Topics.Cases, TellingTime.AtOnce) != TellingTime.Never);
        return drafting.Draft(
            context, AlertKind.Cases, [.. reminders.Select(one => one.EventId)], new AlertContent { CaseReminders = reminders },
            AlertDrafting.SubjectOf(new CasesFacts { AlertId = "", Project = context.Project, Events = events }), [], wanting);
    }
}

/// <summary>What is reported of a case.</summary>
internal static class CaseEvents
{
    /// <param name="today">The day in the project's time zone.</param>
    public static DueCase Of(LinkCase one, CaseReminder day, DateOnly today) => new()
    {
        Link = new LinkName(one.LinkId, one.Page, one.Target),
        Status = one.Status,
        State = one.State,
        Day = day.Day,
        IsPromise = day.IsPromise,
        DaysLeft = day.Day.DayNumber - today.DayNumber,
        Owner = one.Owner?.Name,
    };
}
