using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Links;

/// <summary>Has terms looked at after they were set, so that reminders of them come.</summary>
internal sealed class TermSchedule(IAlertPlanStore plans, IAlertStore alerts, TimeProvider time)
{
    /// <summary>Longer than it takes to store the link after this: the look must find what was set.</summary>
    internal static readonly TimeSpan Delay = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Called before a link with terms is stored: a crash in between leaves a look that finds nothing, never terms that nobody is reminded of.
    /// </summary>
    public async Task LookSoonAsync(ProjectId projectId, LinkId linkId, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow() + Delay;
        await plans.LookAtTermsAsync(projectId, new TermLook(linkId, at), cancellationToken);
        await alerts.WakeAsync(projectId, at, cancellationToken);
    }
}
