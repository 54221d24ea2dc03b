namespace LinkMonitor.Hosting.Azurite;

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
