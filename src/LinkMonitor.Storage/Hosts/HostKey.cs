namespace LinkMonitor.Storage.Hosts;

/// <summary>Where a host's rows are.</summary>
/// <param name="Shard">One of 64 partitions, <c>00</c> to <c>63</c>, by a hash of the host: all pages of a host are there, too.</param>
/// <param name="HostId"><c>h_</c> and 26 base-32 characters of a SHA-256 over the host in lower case.</param>
public readonly record struct HostKey(string Shard, string HostId);
