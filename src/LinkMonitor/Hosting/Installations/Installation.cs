namespace LinkMonitor.Hosting.Installations;

/// <summary>One installation standalone: what a data folder belongs to, and the storages that bear its mark.</summary>
internal sealed record Installation
{
    /// <summary><c>ins_</c> and 24 letters and digits.</summary>
    public required string Id { get; init; }

    /// <summary>The data folder, as an absolute path.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// The ports of the Azurite that the user gave it with <c>--adopt</c>, with commas between; null when its storage is the one in the data folder, or is set.
    /// </summary>
    public string? Adopted { get; init; }
}
