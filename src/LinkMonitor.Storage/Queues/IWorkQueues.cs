using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Storage.Queues;

/// <summary>Puts work on the queues.</summary>
public interface IWorkQueues
{
    /// <summary>Creates the queues that are not there yet, poison queues included.</summary>
    Task CreateAsync(CancellationToken cancellationToken);

    /// <param name="leasedUntil">The lease the message belongs to; see <see cref="PageCheckMessage.Round"/>.</param>
    /// <param name="delay">How long the message stays invisible: zero to seven days.</param>
    Task SendPageCheckAsync(PageKey page, DateTimeOffset leasedUntil, TimeSpan delay, CancellationToken cancellationToken);

    Task SendAlertNudgeAsync(ProjectId projectId, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Sends a message again as it was.</summary>
    Task ResendAsync(string queue, string text, CancellationToken cancellationToken);
}
