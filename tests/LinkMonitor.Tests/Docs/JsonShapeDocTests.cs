using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using LinkMonitor.CommandLine.Results;
using LinkMonitor.Testing;
using LinkMonitor.Tests.CommandLine;

namespace LinkMonitor.Tests.Docs;

/// <summary>docs/command-line.md names the fields that the program writes, and no others.</summary>
public sealed partial class JsonShapeDocTests : IDisposable
{
    private const string Target = "http://127.0.0.1:9/";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linkmonitor-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Fields_of_check_and_inspect_are_those_of_the_document()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/a", $"<title>Page</title><p>Words <a href='{Target}'>here</a>.");
        var file = Path.Combine(_folder.FullName, "links.csv");
        File.WriteAllText(file, $"page,target,cost\n{web.Url("/a")},{Target},12\n");

        var check = await Cli.RunLocalAsync("check", "--file", file, "--json", "--explain", "--delay", "0");
        var inspect = await Cli.RunLocalAsync("inspect", web.Url("/a"), "--json");

        var document = await File.ReadAllTextAsync(Document(), TestContext.Current.CancellationToken);
        Assert.Equal(Documented(document, "`check`:"), Fields(check.Output));
        Assert.Equal(Documented(document, "`inspect`:"), Fields(inspect.Output));
        Assert.Contains("`" + string.Join("`, `", CsvFormat.Columns) + "`", document.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Fields(string json) =>
        JsonDocument.Parse(json).RootElement.EnumerateObject().Select(field => field.Name).Order();

    private static IEnumerable<string> Documented(string document, string heading)
    {
        var table = document[document.IndexOf(heading, StringComparison.Ordinal)..]
            .Split('\n')
            .SkipWhile(line => !line.StartsWith("|--", StringComparison.Ordinal)).Skip(1);
        return table.TakeWhile(line => line.StartsWith('|')).SelectMany(
            line => Name().Matches(line.Split('|')[1]).Select(match => match.Groups[1].Value)).Order();
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();

    private static string Document([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "command-line.md"));
}
