namespace LinkMonitor.Hosting.Standalone;

/// <summary>How the standalone loops treat queues. The defaults that host.json has too are the same there; a test compares.</summary>
internal sealed record LoopOptions
{
    public static readonly TimeSpan DefaultRetryDelay = TimeSpan.FromSeconds(30);
    public const int DefaultMaxDequeueCount = 5;
    public const int DefaultMaxConcurrency = 16;

    /// <summary>Messages of one queue that run at once in this process, 1 or more.</summary>
    public int MaxConcurrency { get; init; } = DefaultMaxConcurrency;

    /// <summary>
    /// How long a received message is hidden from others; renewed at half of it while the function runs. After a crash the message comes
    /// back when it ends.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a message stays hidden after its function failed.</summary>
    public TimeSpan RetryDelay { get; init; } = DefaultRetryDelay;

    /// <summary>
    /// The same for a message of a poison queue, which has nowhere else to go: the ten minutes the Functions host gives it.
    /// </summary>
    public TimeSpan PoisonRetryDelay { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a message is handed to its function before it goes to the poison queue.</summary>
    public int MaxDequeueCount { get; init; } = DefaultMaxDequeueCount;

    /// <summary>The first pause after the queue was found empty; doubled up to <see cref="MaxPollingInterval"/>.</summary>
    public TimeSpan MinPollingInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The longest pause between two reads of an empty queue. Every read is a billed transaction on Azure; locally it is free.
    /// </summary>
    public TimeSpan MaxPollingInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long running functions may go on after the process was asked to stop; then they are cancelled and their messages released.
    /// </summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(10);
}
