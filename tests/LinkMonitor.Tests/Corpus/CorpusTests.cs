using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;

namespace LinkMonitor.Tests.Corpus;

/// <summary>Every case of the corpus, through the real fetcher, observer and judge.</summary>
public sealed class CorpusTests
{
    private const int LeastCases = 150;

    private static readonly string[] Files = Directory.GetFiles(Folder(), "*.case", SearchOption.AllDirectories);

    public static TheoryData<string> Cases =>
        [.. Files.Select(file => Path.GetRelativePath(Folder(), file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_case_comes_out_as_it_says(string file)
    {
        var given = CorpusCase.Read(Path.Combine(Folder(), file));

        var outcome = await CorpusRun.RunAsync(given, TestContext.Current.CancellationToken);

        var difference = JsonDifference.Find(JsonNode.Parse(given.Expected), outcome, "$");
        Assert.True(difference is null, $"{given.Proves}\n{difference}\nCame out as: {outcome.ToJsonString()}");
    }

    [Fact]
    public void There_are_enough_cases_and_each_says_what_it_proves()
    {
        var cases = Files.Select(CorpusCase.Read).ToArray();

        Assert.True(cases.Length >= LeastCases, $"There are only {cases.Length} cases.");
        Assert.All(cases, given => Assert.NotEqual("", given.Proves));
        Assert.Equal(cases.Length, cases.Select(given => given.Proves).Distinct().Count());
    }

    public static TheoryData<string> Reasons => [.. WireName.All<ReasonCode>()];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Every_reason_is_shown_in_both_directions(string reason)
    {
        var cases = Directory.GetFiles(Path.Combine(Folder(), reason), "*.case")
            .Select(CorpusCase.Read)
            .Select(given => Codes(given.Expected)).ToArray();

        Assert.Contains(cases, codes => codes.Contains(reason));
        Assert.Contains(cases, codes => !codes.Contains(reason));
    }

    private static string[] Codes(string expected)
    {
        var outcome = JsonNode.Parse(expected)!;
        var reasons = outcome["reasons"]!.AsArray().Select(reason => reason!["code"]!.GetValue<string>());
        return [.. reasons, .. outcome["suspected"] is { } suspected ? new[] { suspected.GetValue<string>() } : []];
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
