namespace LinkMonitor.IntegrationTests.Reading;

/// <summary>A link as the browser's DOM holds it; see BrowserLinks.js.</summary>
public sealed record BrowserLink
{
    public required string Href { get; init; }

    /// <summary>The <c>href</c> property: the absolute URL, or the attribute itself when it cannot be resolved.</summary>
    public required string Url { get; init; }

    public required bool IsResolved { get; init; }

    public required string? Rel { get; init; }

    public required IReadOnlyList<string> RelList { get; init; }

    public required string Text { get; init; }
}
