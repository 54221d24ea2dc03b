namespace LinkMonitor.Hosting.Serving;

/// <summary>How <c>linkmonitor serve</c> was asked to run.</summary>
internal sealed record ServerSettings
{
    public const int DefaultPort = 7071;

    /// <summary>The port on localhost; null for the configured addresses (<c>ASPNETCORE_URLS</c>), or 7071 when there are none.</summary>
    public int? Port { get; init; }

    public bool AllowPrivateNetworks { get; init; }

    /// <summary>Whether the storage is made this installation's though it bears another's mark, or none.</summary>
    public bool Adopt { get; init; }
}
