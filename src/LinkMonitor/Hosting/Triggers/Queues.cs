using LinkMonitor.Alerts.Sending;
using LinkMonitor.Failures;
using LinkMonitor.Hosting.Budgets;
using LinkMonitor.Imports;
using LinkMonitor.Monitoring;
using LinkMonitor.Storage.Queues;
using Microsoft.Azure.Functions.Worker;

namespace LinkMonitor.Hosting.Triggers;

/// <summary>
/// What a queue message starts. A message may come twice or to two copies, and a run may be killed at any instruction. Returning means
/// that the message is done with; throwing, that it comes again and in the end goes to the poison queue.
/// </summary>
internal sealed class Queues(
    PageCheckHandler checks, NudgeHandler nudges, ImportHandler imports, FailureNotes failures, FunctionRuns runs)
{
    /// <summary>One round of one page.</summary>
    [Function(nameof(CheckPage))]
    public Task CheckPage([QueueTrigger(QueueNames.PageChecks)] string message, CancellationToken cancellationToken) =>
        RunAsync(nameof(CheckPage), QueueNames.PageChecks, message, token => checks.HandleAsync(message, token), cancellationToken);

    /// <summary>Keeps a page check that failed too often. The page itself is due again when its lease ends.</summary>
    [Function(nameof(CheckPagePoison))]
    public Task CheckPagePoison(
        [QueueTrigger(QueueNames.PageChecks + QueueNames.PoisonSuffix)] string message, CancellationToken cancellationToken) =>
        runs.RunAsync(nameof(CheckPagePoison), token => failures.KeepAsync(QueueNames.PageChecks, message, token), cancellationToken);

    /// <summary>Tells a project's changes.</summary>
    [Function(nameof(SendAlerts))]
    public Task SendAlerts([QueueTrigger(QueueNames.Alerts)] string message, CancellationToken cancellationToken) =>
        RunAsync(nameof(SendAlerts), QueueNames.Alerts, message, token => nudges.HandleAsync(message, token), cancellationToken);

    /// <summary>Keeps a nudge that failed too often. The changes themselves stay in the outbox for the sweep.</summary>
    [Function(nameof(SendAlertsPoison))]
    public Task SendAlertsPoison(
        [QueueTrigger(QueueNames.Alerts + QueueNames.PoisonSuffix)] string message, CancellationToken cancellationToken) =>
        runs.RunAsync(nameof(SendAlertsPoison), token => failures.KeepAsync(QueueNames.Alerts, message, token), cancellationToken);

    /// <summary>Registers the links of a file, or undoes that, or looks at a polled sheet.</summary>
    [Function(nameof(ImportLinks))]
    public Task ImportLinks([QueueTrigger(QueueNames.Imports)] string message, CancellationToken cancellationToken) =>
        RunAsync(nameof(ImportLinks), QueueNames.Imports, message, token => imports.HandleAsync(message, token), cancellationToken);

    /// <summary>Keeps an import that failed too often. Put back, it goes on where it stopped.</summary>
    [Function(nameof(ImportLinksPoison))]
    public Task ImportLinksPoison(
        [QueueTrigger(QueueNames.Imports + QueueNames.PoisonSuffix)] string message, CancellationToken cancellationToken) =>
        runs.RunAsync(nameof(ImportLinksPoison), token => failures.KeepAsync(QueueNames.Imports, message, token), cancellationToken);

    private Task RunAsync(
        string function, string queue, string message, Func<CancellationToken, Task> work, CancellationToken cancellationToken) =>
        failures.WatchBudgetAsync(
            queue, message, () => runs.RunAsync(function, queue, message, work, cancellationToken), cancellationToken);
}
