namespace LinkMonitor.Hosting.Triggers;

/// <summary>What the Functions host must get for a run that succeeded. Without a body it waits until functionTimeout and kills the process.</summary>
internal sealed record TriggerReply
{
    public static TriggerReply Empty { get; } = new();

    /// <summary>Values of output bindings. Always empty: we write to storage ourselves, as the host would decode text that looks like base64.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; } = new Dictionary<string, string>();

    /// <summary>Lines for the function's log. Always empty: our log goes to standard output, which the host collects.</summary>
    public IReadOnlyList<string> Logs { get; } = [];

    public string? ReturnValue { get; }
}
