using System.Text.RegularExpressions;

namespace LinkMonitor.Hosting.Functions;

/// <summary>A function started by each message of a queue.</summary>
internal sealed partial record QueueFunctionDefinition : FunctionDefinition
{
    /// <exception cref="ArgumentException">A name breaks the rules of the Functions host or of Azure queues.</exception>
    public QueueFunctionDefinition(string name, string queueName)
        : base(name)
    {
        if (!ValidQueueName().IsMatch(queueName))
            throw new ArgumentException($"'{queueName}' is not a queue name.", nameof(queueName));
        QueueName = queueName;
    }

    /// <summary>3 to 63 lower-case letters, digits and single hyphens.</summary>
    public string QueueName { get; }

    // https://learn.microsoft.com/rest/api/storageservices/naming-queues-and-metadata; an invalid name stops the Functions host.
    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex ValidQueueName();
}
