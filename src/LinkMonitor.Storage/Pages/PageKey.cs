namespace LinkMonitor.Storage.Pages;

/// <summary>Where a page's rows are.</summary>
/// <param name="Shard">One of 64 partitions, <c>00</c> to <c>63</c>, by a hash of the page's host: all pages of a host are together.</param>
/// <param name="PageId"><c>pg_</c> and 26 base-32 characters of a SHA-256 over the page's identity (its URL without the fragment).</param>
public readonly record struct PageKey(string Shard, string PageId);
