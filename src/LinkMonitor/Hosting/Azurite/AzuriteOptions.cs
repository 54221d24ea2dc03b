namespace LinkMonitor.Hosting.Azurite;

/// <summary>Where Azurite comes from, keeps its data and listens.</summary>
internal sealed record AzuriteOptions
{
    /// <summary>The version installed when no package folder is found; package.json pins the same. Newer ones need Node.js 22.</summary>
    public const string Version = "3.35.0";

    /// <summary>The folder for data and log; <c>.linkmonitor</c> in the current directory.</summary>
    public string DataFolder { get; init; } = Path.GetFullPath(".linkmonitor");

    /// <summary>A folder whose package.json names azurite; null to look for one above the executable and the current directory.</summary>
    public string? PackageFolder { get; init; }

    public string NodeProgram { get; init; } = "node";

    /// <summary>npm is a batch file on Windows, which is not found by its bare name.</summary>
    public string NpmProgram { get; init; } = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";

    /// <summary>The documented ports of Azurite, used when all three are free.</summary>
    public AzuritePorts Ports { get; init; } = new(10000, 10001, 10002);
}
