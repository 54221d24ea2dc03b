using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>
/// One running Azurite with its data in memory, on ports the system picked. It ends with <see cref="DisposeAsync"/> or with the test host.
/// </summary>
internal sealed partial class AzuriteProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly string _folder;
    private readonly Dictionary<string, Uri> _addresses = new(StringComparer.OrdinalIgnoreCase);
    private readonly StringBuilder _log = new();
    private Task _draining = Task.CompletedTask;

    private AzuriteProcess(Process process, string folder)
    {
        _process = process;
        _folder = folder;
    }

    /// <summary>Address of a service (<c>blob</c>, <c>queue</c>, <c>table</c>) without the account.</summary>
    public Uri this[string service] => _addresses[service];

    /// <summary>Starts Azurite and returns when all three services listen.</summary>
    /// <exception cref="InvalidOperationException">Node.js is missing, or Azurite ended or stayed silent: its output is told.</exception>
    /// <param name="accounts">The accounts it has, as Azurite wants them: <c>name:key;name:key</c>.</param>
    public static async Task<AzuriteProcess> StartAsync(string accounts, CancellationToken cancellationToken)
    {
        var script = await NodeModules.FileAsync(Path.Combine("azurite", "dist", "src", "azurite.js"), cancellationToken);
        var watch = Path.Combine(RepositoryRoot.Path, "tests", "LinkMonitor.IntegrationTests", "Support", "exit-with-parent.cjs");
        var folder = Directory.CreateTempSubdirectory("linkmonitor-azurite-").FullName;
        var process = NodeModules.Start("node", folder,
        [
            "--require", watch, script, "--inMemoryPersistence", "--disableTelemetry", "--silent",
            "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
        ], ("AZURITE_ACCOUNTS", accounts));
        var azurite = new AzuriteProcess(process, folder);
        try
        {
            await azurite.ReadAddressesAsync(cancellationToken);
            return azurite;
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends Azurite and deletes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        await _draining;
        _process.Dispose();
        // A cleaner of temporary folders may have been here first.
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    // Azurite prints an address only after the socket listens, so the lines are the readiness signal and nothing needs polling.
    private async Task ReadAddressesAsync(CancellationToken cancellationToken)
    {
        var errors = _process.StandardError.ReadToEndAsync(CancellationToken.None);
        _draining = errors;
        using var limit = new CancellationTokenSource(StartTime, TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            while (_addresses.Count < 3)
            {
                var line = await _process.StandardOutput.ReadLineAsync(stop.Token)
                    ?? throw new InvalidOperationException($"Azurite ended before it listened:\n{_log}{await errors}");
                _log.AppendLine(line);
                if (Listening().Match(line) is { Success: true } match)
                    _addresses[match.Groups["service"].Value] = new Uri(match.Groups["address"].Value);
            }
        }
        catch (OperationCanceledException late) when (limit.IsCancellationRequested)
        {
            throw new InvalidOperationException($"Azurite did not listen within {StartTime}:\n{_log}", late);
        }

        // A full pipe would stop Azurite, so whatever it prints later is read and dropped.
        _draining = Task.WhenAll(errors, _process.StandardOutput.ReadToEndAsync(CancellationToken.None));
    }

    [GeneratedRegex(@"Azurite (?<service>\w+) service is successfully listening at (?<address>\S+)")]
    private static partial Regex Listening();
}
