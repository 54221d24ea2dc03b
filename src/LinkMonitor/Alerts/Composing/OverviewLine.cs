namespace LinkMonitor.Alerts.Composing;

/// <summary>One link in the list at the head of a letter: its state, where, what changed, since when, and what it costs.</summary>
internal sealed record OverviewLine
{
    public required Tone Tone { get; init; }

    public required string State { get; init; }

    public required string Page { get; init; }

    public required string Gist { get; init; }

    /// <summary>For example <c>since 1 Mar 13:00</c>.</summary>
    public required string Since { get; init; }

    /// <summary>Null for a link that is not known to cost anything.</summary>
    public string? Price { get; init; }

    public override string ToString() =>
        $"{Tones.Marked(Tone, State)}: {Page} · {Gist} · {Since}{(Price is { } price ? $" · {price}" : "")}";
}
