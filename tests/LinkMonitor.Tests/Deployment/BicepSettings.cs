using System.Text.RegularExpressions;

namespace LinkMonitor.Tests.Deployment;

/// <summary>The app settings that <c>infra/app.bicep</c> gives the function app.</summary>
internal static partial class BicepSettings
{
    private static readonly string Text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Deployed", "app.bicep"));

    /// <summary>Every name in a variable <c>…Settings</c> that goes into the app's settings.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Union().Match(Text).Groups["names"].Value.Split(',', StringSplitOptions.TrimEntries)
            .Where(part => part != "settings")
            .SelectMany(variable => Block(variable).Split('\n'))
            .Select(line => Setting().Match(line))
            .Where(setting => setting.Success)
            .Select(setting => setting.Groups["name"].Value),
    ];

    /// <summary>The names with the values they could have on Azure.</summary>
    public static Dictionary<string, string?> Example { get; } = Names.ToDictionary(
        name => name.Replace("__", ":", StringComparison.Ordinal),
        string? (name) => name switch
        {
            "AzureWebJobsStorage__credential" => "managedidentity",
            _ when name.EndsWith("Uri", StringComparison.Ordinal) => $"https://storage.{name.Length}.example.net",
            _ when name.EndsWith("Url", StringComparison.Ordinal) => "https://links.example.net",
            _ => new string('x', 32),
        });

    private static string Block(string variable) => Variable().Matches(Text).Single(block => block.Groups["name"].Value == variable).Value;

    // Everything up to the next declaration.
    [GeneratedRegex(@"^var (?<name>\w+) = .*?(?=^(var|resource|output|//))", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Variable();

    [GeneratedRegex(@"properties: union\((?<names>[^)]*)\)")]
    private static partial Regex Union();

    [GeneratedRegex("^ +(?<name>[A-Za-z][A-Za-z0-9_]+): ")]
    private static partial Regex Setting();
}
