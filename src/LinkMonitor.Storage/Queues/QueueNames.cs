namespace LinkMonitor.Storage.Queues;

/// <summary>The queues, named in one place.</summary>
public static class QueueNames
{
    public const string PageChecks = "page-checks";
    public const string Alerts = "alerts";

    /// <summary>What the Functions host appends for messages that failed too often.</summary>
    public const string PoisonSuffix = "-poison";

    public static IReadOnlyList<string> All { get; } = [PageChecks, Alerts];
}
