using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Installations;

namespace LinkMonitor.Hosting.Azurite;

/// <summary>The three ports of the emulator on 127.0.0.1.</summary>
internal sealed record AzuritePorts(int Blob, int Queue, int Table)
{
    /// <summary>Lets the system pick.</summary>
    public static AzuritePorts Any { get; } = new(0, 0, 0);

    /// <summary>Three ports with commas between, blobs first; null for anything else.</summary>
    public static AzuritePorts? Parse(string text)
    {
        var ports = text.Split(',', StringSplitOptions.TrimEntries)
            .Select(
                part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
                    ? port : 0)
            .ToArray();
        return ports is [> 0 and var blob, > 0 and var queue, > 0 and var table] ? new(blob, queue, table) : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Blob},{Queue},{Table}");

    public bool AreFree() => IsFree(Blob) && IsFree(Queue) && IsFree(Table);

    /// <summary>A full connection string for the emulator's public, documented account.</summary>
    public string ConnectionString() =>
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;"
        // Not a secret: https://learn.microsoft.com/azure/storage/common/storage-use-azurite
        + "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
        + $"BlobEndpoint={Endpoint(Blob)};QueueEndpoint={Endpoint(Queue)};TableEndpoint={Endpoint(Table)};";

    public Uri TableEndpoint() => new(Endpoint(Table));

    private static string Endpoint(int port) => $"http://127.0.0.1:{port}/devstoreaccount1";

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

/// <summary>Whose an Azurite is that answers somewhere.</summary>
internal enum AzuriteOwner
{
    /// <summary>No Azurite with the development account answers.</summary>
    Nobody,

    /// <summary>It bears this installation's mark.</summary>
    Ours,

    /// <summary>It bears another installation's mark, or LinkMonitor never worked there.</summary>
    Another,

    /// <summary>LinkMonitor worked there before there were marks.</summary>
    Unknown,
}

/// <summary>Finds out whose an Azurite is. Reads only.</summary>
internal static class AzuriteSearch
{
    /// <param name="installation">The id that its mark must have to be ours.</param>
    public static async Task<AzuriteOwner> FindOwnerAsync(AzuritePorts ports, string installation, CancellationToken cancellationToken)
    {
        var connection = ports.ConnectionString();
        if (!await AzuriteProbe.AnswersAsync(connection, ports.TableEndpoint(), cancellationToken))
            return AzuriteOwner.Nobody;
        try
        {
            var marks = InstallationMarkStore.Glance(connection);
            if (await marks.FindAsync(cancellationToken) is { } mark)
                return mark.Id == installation ? AzuriteOwner.Ours : AzuriteOwner.Another;
            return await marks.HoldsDataAsync(cancellationToken) ? AzuriteOwner.Unknown : AzuriteOwner.Another;
        }
        catch (StorageFailureException)
        {
            // Whatever it is, it is nothing that we marked.
            return AzuriteOwner.Another;
        }
    }
}

/// <summary>
/// Which process serves a folder, in a file beside its data: a LinkMonitor that was killed leaves the folder at once, but its Azurite
/// still saves for a moment, and would overwrite what the next one writes.
/// </summary>
internal static class AzuriteTrace
{
    // Start times are computed from ticks since the machine was started, and may differ a little from one read to the next.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    public static void Write(string file, Process process) => File.WriteAllText(
        file, string.Create(CultureInfo.InvariantCulture, $"{process.Id},{process.StartTime.ToUniversalTime().Ticks}"));

    /// <summary>Whether the process that the file names still runs; another one may have its number by now.</summary>
    public static bool IsRunning(string file)
    {
        try
        {
            if (File.ReadAllText(file).Split(',') is not [var id, var ticks]
                || !int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var started))
                return false;
            using var process = Process.GetProcessById(number);
            return !process.HasExited
                && (process.StartTime.ToUniversalTime() - new DateTime(started, DateTimeKind.Utc)).Duration() < Tolerance;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException
            or Win32Exception)
        {
            // No file, no such process, or one of another user.
            return false;
        }
    }
}

/// <summary>Where Azurite comes from, keeps its data and listens.</summary>
internal sealed record AzuriteOptions
{
    /// <summary>The version installed when no package folder is found; package.json pins the same. Newer ones need Node.js 22.</summary>
    public const string Version = "3.35.0";

    /// <summary>The folder for data and log, as an absolute path.</summary>
    public required string DataFolder { get; init; }

    /// <summary>A folder whose package.json names azurite; null to look for one above the executable and the current directory.</summary>
    public string? PackageFolder { get; init; }

    public string NodeProgram { get; init; } = "node";

    /// <summary>npm is a batch file on Windows, which is not found by its bare name.</summary>
    public string NpmProgram { get; init; } = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";

    /// <summary>Where an Azurite is looked for that runs already; null for nowhere.</summary>
    public AzuritePorts? UsualPorts { get; init; }

    /// <summary>Whether the user said that the Azurite on the usual ports is this installation's.</summary>
    public bool Adopt { get; init; }

    /// <summary>How long a start waits for another one in the same folder to have its Azurite.</summary>
    public TimeSpan OwnerTime { get; init; } = TimeSpan.FromMinutes(1);
}
