using System.Text.Json;

namespace LinkMonitor.IntegrationTests.Reading;

/// <summary>A document as the browser's DOM holds it with scripting off; see BrowserLinks.js.</summary>
public sealed record BrowserPage
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The encoding's name as browsers spell it, for example <c>Shift_JIS</c>.</summary>
    public required string Charset { get; init; }

    /// <summary>The address of the document itself.</summary>
    public required Uri Url { get; init; }

    public required IReadOnlyList<BrowserLink> Links { get; init; }

    public static BrowserPage Parse(string json) => JsonSerializer.Deserialize<BrowserPage>(json, Json)!;
}
