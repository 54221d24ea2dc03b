using System.Net;
using System.Net.Sockets;
using LinkMonitor.Engine.Unicode;
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

/// <summary>Finds a port that is taken before the web server does, whose own report is a page of stack trace.</summary>
internal static class PortCheck
{
    /// <summary>The first configured address on this machine whose port is taken, or null.</summary>
    public static string? Taken(IConfiguration configuration) => Addresses(configuration)
        .FirstOrDefault(address => Parse(address) is { Host: "localhost", Port: > 0 and var port } && IsTaken(port));

    /// <summary>What is wrong with the configured addresses, a line each.</summary>
    public static IEnumerable<string> Unreadable(IConfiguration configuration) => Addresses(configuration)
        .Where(address => Parse(address) is null)
        .Select(address => $"ASPNETCORE_URLS: '{address}' is not an address to listen at. Give for example http://localhost:7071.");

    private static string[] Addresses(IConfiguration configuration) => (configuration[WebHostDefaults.ServerUrlsKey] ?? string.Empty)
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static BindingAddress? Parse(string address)
    {
        try
        {
            return BindingAddress.Parse(address);
        }
        catch (FormatException)
        {
            // ASP.NET has no other way to ask.
            return null;
        }
    }

    /// <summary>Whether another program listens on a port of 127.0.0.1.</summary>
    internal static bool IsTaken(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return false;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return true;
        }
    }
}

/// <summary>
/// Texts beyond ASCII are compared right only with ICU (docs/decisions/0008-globalization-icu.md), which the environment variable
/// DOTNET_SYSTEM_GLOBALIZATION_INVARIANT switches off. Host names need none: docs/decisions/0047-hosts-links-and-places.md.
/// </summary>
internal static class GlobalizationCheck
{
    /// <summary>What is wrong and what to do, or null.</summary>
    public static string? Warning() =>
        UnicodeText.Compose("e\u0301") == "\u00E9"
            ? null
            : "Warning: .NET runs in globalization-invariant mode, so anchors in many languages are compared wrongly. Install libicu and "
                + "unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT.";
}
