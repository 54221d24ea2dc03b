using LinkMonitor.Hosting.Account;
using LinkMonitor.Hosting.Azurite;
using LinkMonitor.Hosting.Installations;
using LinkMonitor.Storage.Connecting;

namespace LinkMonitor.CommandLine;

/// <summary>The storage of this installation: the one that is set, or else the Azurite of the data folder, which is started when it does not run.</summary>
internal sealed class OwnStorage(StorageOptions options, AzuriteStorage? azurite) : IAsyncDisposable
{
    public StorageOptions Options { get; } = options;

    /// <summary>Null when the storage is set.</summary>
    public AzuriteStorage? Azurite { get; } = azurite;

    /// <param name="adopt">The user says that the Azurite on the usual ports is this installation's.</param>
    /// <param name="output">Told what is started or joined.</param>
    /// <exception cref="AzuriteUnavailableException">There is none to be had.</exception>
    /// <exception cref="InvalidStorageOptionsException">A setting cannot be used.</exception>
    public static async Task<OwnStorage> OpenAsync(
        IConfiguration configuration, bool adopt, TextWriter output, CancellationToken cancellationToken)
    {
        if (StorageAccount.From(configuration) is { } account)
            return new OwnStorage(account.ToOptions(), null);
        var local = LocalOptions.From(configuration);
        var options = new AzuriteOptions { DataFolder = local.FullFolder, UsualPorts = AzuritePorts.Parse(local.UsualPorts), Adopt = adopt };
        var azurite = await new AzuriteLauncher(options, TimeProvider.System, output).StartAsync(cancellationToken);
        return new OwnStorage(new StorageOptions { ConnectionString = azurite.ConnectionString }, azurite);
    }

    public ValueTask DisposeAsync() => Azurite?.DisposeAsync() ?? ValueTask.CompletedTask;
}
