namespace LinkMonitor.Storage.Channels;

/// <summary>What a channel can choose besides the reason codes.</summary>
public static class Topics
{
    /// <summary>A link that is as expected again.</summary>
    public const string Recovered = "recovered";

    /// <summary>A page that could not be observed for long, whatever kept us from it.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>A link that changes back and forth.</summary>
    public const string Unstable = "unstable";

    /// <summary>Reminders of terms that end, and of links that outlived theirs.</summary>
    public const string Terms = "terms";
}
