using System.Text.Json;

namespace LinkMonitor.Tests.Hosting.FunctionApp;

/// <summary>The files of the function app, as they are published.</summary>
internal static class FunctionAppFiles
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "FunctionApp");

    public static JsonElement HostJson { get; } = JsonElement.Parse(File.ReadAllText(Path.Combine(Root, "host.json")));

    /// <summary>Function name to its bindings, in the order of the file.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<JsonElement>> Functions { get; } = Directory.GetDirectories(Root).ToDictionary(
        folder => Path.GetFileName(folder),
        IReadOnlyList<JsonElement> (folder) =>
        [
            .. JsonElement.Parse(File.ReadAllText(Path.Combine(folder, "function.json"))).GetProperty("bindings").EnumerateArray(),
        ]);

    /// <summary>Function name to route, of the functions that answer HTTP.</summary>
    public static IReadOnlyDictionary<string, string> Routes { get; } = Functions
        .Where(function => Type(function.Value[0]) == "httpTrigger")
        .ToDictionary(function => function.Key, function => function.Value[0].GetProperty("route").GetString()!);

    public static string Type(JsonElement binding) => binding.GetProperty("type").GetString()!;
}
