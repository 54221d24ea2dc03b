using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Alerts.Sending;

/// <summary>What reminders say of cases, read anew for each attempt.</summary>
internal sealed class CaseFactsReader(ICaseStore cases)
{
    /// <summary>Null when none of the cases is open any more: what was done meanwhile needs no reminder.</summary>
    public async Task<CasesFacts?> GatherAsync(Project project, Alert alert, CancellationToken cancellationToken)
    {
        // As of the day of the alert: a copy that is sent late says what the others said.
        var today = LocalTimes.Day(alert.CreatedAt, project.TimeZone);
        var events = new List<DueCase>();
        UnreadableRowException? unreadable = null;
        foreach (var reminder in alert.Content?.CaseReminders ?? [])
        {
            try
            {
                if (await cases.GetAsync(project.Id, reminder.CaseId, cancellationToken) is { IsOpen: true } one)
                    events.Add(CaseEvents.Of(one, reminder, today));
            }
            catch (UnreadableRowException e)
            {
                unreadable = e;
            }
        }

        // One that cannot be read holds up no other; alone it waits until it can.
        return events.Count > 0 ? new CasesFacts { AlertId = alert.Id, Project = project, Events = events }
            : unreadable is not null ? throw unreadable : null;
    }
}
