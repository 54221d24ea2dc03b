using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Urls;

public sealed class NodeParityTests
{
    private const int InputCount = 8_000;
    private const int Seed = 20_260_101;

    private static readonly JsonSerializerOptions WebNames = new(JsonSerializerDefaults.Web);

    [Fact]
    public async Task Every_hostile_input_is_read_as_Node_reads_it()
    {
        var inputs = new HostileUrlInputs(Seed).Take(InputCount);

        var expected = await ParseWithNodeAsync(inputs, TestContext.Current.CancellationToken);

        var differences = inputs.Zip(expected)
            .Select(static pair => (pair.First.Input, pair.First.Base, Expected: pair.Second))
            .Select(static row => (row.Input, row.Base, row.Expected, Actual: Parse(row.Input, row.Base)))
            .Where(static row => row.Expected != row.Actual && !IsPathLostByNode(row.Expected, row.Actual))
            .Select(static row => $"{JsonSerializer.Serialize(row.Input)} on {row.Base}\n  node: {row.Expected}\n  here: {row.Actual}")
            .ToList();
        Assert.Equal(inputs.Count, expected.Count);
        Assert.True(differences.Count == 0, $"{differences.Count} of {inputs.Count} differ:\n{string.Join('\n', differences.Take(40))}");
        Assert.InRange(expected.Count(static url => url is not null), InputCount / 4, InputCount * 3 / 4);
    }

    /// <summary>
    /// Node 20 (Ada 2.9) leaves no path at all where the standard leaves "/": after a last ".." in a scheme that is not special.
    /// </summary>
    private static bool IsPathLostByNode(NodeUrl? expected, NodeUrl? actual) =>
        expected is { Pathname: "", Origin: "null" } && actual is { Pathname: "/" }
        && actual.Href.Length == expected.Href.Length + 1
        && actual with { Pathname = "", Href = expected.Href } == expected;

    private static NodeUrl? Parse(string input, string? baseInput)
    {
        var baseUrl = baseInput is null ? null : TestUrls.Parse(baseInput);
        if (!WebUrl.TryParse(input, baseUrl, out var url)) return null;

        var port = url.Port?.ToString(CultureInfo.InvariantCulture) ?? "";
        return new NodeUrl(
            url.Href, url.Scheme + ":", url.UserName, url.Password, url.Host ?? "", port, url.Path,
            WithMark('?', url.Query), WithMark('#', url.Fragment), url.Origin);
    }

    private static string WithMark(char mark, string? text) => string.IsNullOrEmpty(text) ? "" : mark + text;

    private static async Task<IReadOnlyList<NodeUrl?>> ParseWithNodeAsync(
        IReadOnlyList<(string Input, string? Base)> inputs, CancellationToken cancellationToken)
    {
        var file = Path.GetTempFileName();
        try
        {
            var rows = inputs.Select(static input => new[] { input.Input, input.Base });
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(rows), cancellationToken);
            return JsonSerializer.Deserialize<NodeUrl?[]>(await RunNodeAsync(file, cancellationToken), WebNames)!;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<string> RunNodeAsync(string inputFile, CancellationToken cancellationToken)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Engine", "Urls", "node-urls.mjs");
        var start = new ProcessStartInfo("node", [script, inputFile]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var node = StartNode(start);
        var errors = node.StandardError.ReadToEndAsync(cancellationToken);
        var output = await node.StandardOutput.ReadToEndAsync(cancellationToken);
        await node.WaitForExitAsync(cancellationToken);

        Assert.True(node.ExitCode == 0, await errors);
        return output;
    }

    private static Process StartNode(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException(
                "This test compares our URL parser with Node's: install Node 20 and put 'node' on the PATH.", exception);
        }
    }

    private sealed record NodeUrl(
        string Href, string Protocol, string Username, string Password, string Hostname, string Port,
        string Pathname, string Search, string Hash, string Origin);
}
