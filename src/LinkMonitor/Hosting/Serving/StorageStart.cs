using LinkMonitor.Hosting.Account;
using LinkMonitor.Storage.Archives;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Hosting.Serving;

/// <summary>Makes the storage ready: tables and queues that are not there yet are created.</summary>
internal static class StorageStart
{
    private const string Unfinished =
        "The import of an archive into this storage did not finish. Run `linkmonitor import --all` with the same file again; then start.";

    /// <returns>Null when the storage is ready; otherwise what is wrong and what to do.</returns>
    public static async Task<string?> PrepareAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            await services.GetRequiredService<ITableSetup>().CreateAsync(cancellationToken);
            await services.GetRequiredService<IWorkQueues>().CreateAsync(cancellationToken);
            return await services.GetRequiredService<ImportMark>().FindAsync(cancellationToken) is null ? null : Unfinished;
        }
        catch (InvalidStorageOptionsException e)
        {
            return e.Message;
        }
        catch (StorageFailureException failure)
        {
            return Explain(failure);
        }
    }

    private static string Explain(StorageFailureException failure) => failure.Kind switch
    {
        StorageFailureKind.NoAnswer =>
            $"The storage does not answer: {failure.Message} Is it running, and is {StorageAccount.Setting} right?",
        StorageFailureKind.Denied => "The storage refuses our credentials (" + failure.Status
            + $"). Check the account key in {StorageAccount.Setting}, or that the identity has the roles Storage Table Data Contributor "
            + $"and Storage Queue Data Contributor.",
        _ => $"The storage failed ({failure.Status}): {failure.Message}",
    };
}

/// <summary>
/// Makes the storage ready behind the Functions host, after the start: the host shuts itself down when a worker does not answer for long or
/// ends three times in a row. Until it is done, requests and triggers fail and are repeated. The triggers create no queue themselves.
/// </summary>
internal sealed partial class StoragePreparation(IServiceProvider services, TimeProvider time, ILogger<StoragePreparation> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await StorageStart.PrepareAsync(services, stoppingToken) is { } problem)
        {
            Log.NotReady(logger, problem);
            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Problem} Retrying in 30 seconds.")]
        public static partial void NotReady(ILogger logger, string problem);
    }
}
