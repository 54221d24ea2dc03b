using System.Globalization;
using System.Text.Json;

namespace LinkMonitor.Hosting.Budgets;

/// <summary>When the Functions host kills a worker whose function still runs.</summary>
/// <param name="Length">Null for never.</param>
/// <param name="Setting">Where it is set, for people.</param>
/// <param name="Problem">Why what is set there is no time; null when it is.</param>
internal sealed record FunctionTimeout(TimeSpan? Length, string Setting, string? Problem = null)
{
    /// <summary>
    /// Overrides host.json: https://learn.microsoft.com/azure/azure-functions/functions-host-json#override-hostjson-values.
    /// </summary>
    public const string Override = "AzureFunctionsJobHost:functionTimeout";

    private static readonly JsonDocumentOptions AsTheHostReads = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    // Of the Consumption plan, the shortest: https://learn.microsoft.com/azure/azure-functions/functions-scale#timeout.
    private static readonly TimeSpan Default = TimeSpan.FromMinutes(5);

    /// <summary>What holds for a worker that was started by the host.</summary>
    /// <param name="folder">Where host.json lies.</param>
    public static FunctionTimeout Read(IConfiguration configuration, string folder)
    {
        if (configuration[Override] is { Length: > 0 } set)
            return Of(set, Override.Replace(":", "__", StringComparison.Ordinal));
        var file = Path.Combine(folder, "host.json");
        return File.Exists(file) && InFile(file) is { } written
            ? Of(written, "functionTimeout in host.json")
            : new FunctionTimeout(Default, "functionTimeout (not set in host.json)");
    }

    private static string? InFile(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file), AsTheHostReads);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("functionTimeout", out var value)
                ? value.ToString()
                : null;
        }
        catch (JsonException)
        {
            // The host says what is wrong with its file.
            return null;
        }
    }

    private static FunctionTimeout Of(string text, string setting)
    {
        if (text == "-1")
            return new FunctionTimeout(null, setting);
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var length) && length > TimeSpan.Zero
            ? new FunctionTimeout(length, setting)
            : new FunctionTimeout(
                null, setting, $"{setting} is '{text}', which is no duration: write hours:minutes:seconds, or -1 for none.");
    }
}
