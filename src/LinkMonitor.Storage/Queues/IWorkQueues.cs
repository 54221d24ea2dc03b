using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Storage.Queues;

/// <summary>Puts work on the queues.</summary>
public interface IWorkQueues
{
    /// <summary>
    /// The longest that a message is held back: the service takes up to seven days, and no longer than the message lives, which is seven
    /// days, too. One that was
    /// to come later comes then, and whoever takes it looks whether its time has come.
    /// </summary>
    static readonly TimeSpan MaxDelay = TimeSpan.FromDays(6);

    /// <summary>Creates the queues that are not there yet, poison queues included.</summary>
    Task CreateAsync(CancellationToken cancellationToken);

    /// <summary>Asks for the next step of a run over a host's due pages.</summary>
    /// <param name="run">The step; see <see cref="HostCheckMessage.Run"/>.</param>
    /// <param name="delay">How long the message stays invisible; cut to zero and <see cref="MaxDelay"/>.</param>
    Task SendHostCheckAsync(HostKey host, string run, TimeSpan delay, CancellationToken cancellationToken);

    Task SendAlertNudgeAsync(ProjectId projectId, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Sends a message again as it was.</summary>
    Task ResendAsync(string queue, string text, CancellationToken cancellationToken);
}
