namespace LinkMonitor.Hosting.Functions;

/// <summary>
/// Work done for one queue message. A message is delivered at least once and may be delivered to two workers, so an implementation
/// must be idempotent and safe to be killed at any instruction.
/// </summary>
internal interface IQueueFunction
{
    /// <summary>Returning means the message is done with and may be deleted; throwing means it comes again, and in the end goes to the poison queue.</summary>
    /// <param name="message">The text of the message, decoded from base64. Anyone who can write to the queue chose it.</param>
    Task RunAsync(string message, CancellationToken cancellationToken);
}
