namespace LinkMonitor.Hosting.Azurite;

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
