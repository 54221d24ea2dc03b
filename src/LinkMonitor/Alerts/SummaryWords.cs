using System.Globalization;

namespace LinkMonitor.Alerts;

/// <summary>What chats say around the lines of a summary; English by default.</summary>
public sealed record SummaryWords
{
    public string Evidence { get; init; } = "Evidence and what to do";

    public string Whole { get; init; } = "Open the whole alert";

    public Func<int, string> More { get; init; } = count => string.Create(CultureInfo.InvariantCulture, $"And {count} more.");

    public Func<int, string> LeftOut { get; init; } =
        count => string.Create(CultureInfo.InvariantCulture, $"{count} more did not fit into this message.");
}
