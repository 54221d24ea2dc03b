namespace LinkMonitor.Storage.Telemetry;

/// <summary>What the code that runs belongs to: the name of a function, so that the cost of its runs can be told apart.</summary>
public static class WorkName
{
    /// <summary>Neither a function nor a request.</summary>
    public const string Other = "other";

    private static readonly AsyncLocal<string?> Name = new();

    public static string Current => Name.Value ?? Other;

    /// <summary>Names what the calling method does from here on, and everything it calls.</summary>
    /// <param name="name">One of a handful: it becomes a tag of metrics.</param>
    public static void Set(string name) => Name.Value = name;
}
