namespace LinkMonitor.Storage.Channels;

/// <summary>
/// What a channel hears of, and when. Topics are the reason codes of docs/checks.md and those of <see cref="Topics"/>; a topic that is not named
/// here follows <see cref="Otherwise"/>.
/// </summary>
public sealed record TellingChoice
{
    public static TellingChoice Default { get; } = new();

    /// <summary>By topic.</summary>
    public IReadOnlyDictionary<string, Telling> ByTopic { get; init; } = new Dictionary<string, Telling>();

    /// <summary>For every other topic. At once by default.</summary>
    public Telling Otherwise { get; init; } = Telling.AtOnce;

    public Telling For(string topic) => ByTopic.TryGetValue(topic, out var telling) ? telling : Otherwise;
}
