namespace LinkMonitor.Storage.Installations;

/// <summary>Says whose a storage is: one installation's, so that no other takes it for its own by accident.</summary>
/// <param name="Id">Of the installation, as its data folder has it.</param>
/// <param name="Place">Where that folder is, for people: machine and path.</param>
/// <param name="MarkedAt">When the storage became that installation's.</param>
public sealed record InstallationMark(string Id, string Place, DateTimeOffset MarkedAt);
