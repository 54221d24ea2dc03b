using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LinkMonitor.Engine.Urls;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;
using Microsoft.Playwright;

namespace LinkMonitor.IntegrationTests.Reading;

/// <summary>
/// A host is what Chromium says it is: each character between Latin letters and between Hebrew ones, and thousands of names put together
/// by chance. What Chromium said is kept in Answers/chromium-hosts.json, as that of the pages is; of the single characters a hash for 256.
/// </summary>
public sealed class HostParityTests
{
    private const int Names = 3_000;
    private const int BlockLength = 256;
    private const int MostTold = 20;

    private static readonly JsonSerializerOptions Json =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    // No character is given out between them.
    private static readonly (int From, int To)[] Planes = [(0x80, 0x33_FFF), (0xE0_000, 0xE0_1FF)];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string AnswersFile =>
        Path.Combine(RepositoryRoot.Path, "tests", "LinkMonitor.IntegrationTests", "Reading", "Answers", "chromium-hosts.json");

    [Fact]
    public async Task Every_host_is_read_as_Chromium_reads_it()
    {
        var names = HostNames.Make(Names);
        var blocks = Planes.SelectMany(plane => Blocks(plane.From, plane.To)).ToList();
        var key = Hash(names.Concat(blocks.SelectMany(block => block)));
        if (Approved.IsAccepted(
            Environment.GetEnvironmentVariable(KeptAnswers.AskAgain), Environment.GetEnvironmentVariable("CI")))
            await AskAsync(key, names, blocks);

        var kept = JsonSerializer.Deserialize<Answers>(await File.ReadAllTextAsync(AnswersFile, Stop), Json)!;
        Assert.True(kept.Key == key, $"The names have changed: run this test once with {KeptAnswers.AskAgain}=1, which needs Chromium.");
        var different = names.Zip(kept.Hosts).Where(pair => !IsSame(Ours(pair.First), pair.Second)).ToList();
        var told = different.Take(MostTold).Select(
            pair => $"{JsonSerializer.Serialize(pair.First)}\n  Chromium: {pair.Second}\n  ours: {Ours(pair.First)}");
        Assert.True(different.Count == 0, $"{different.Count} of {names.Count} names:\n{string.Join('\n', told)}");
        Assert.InRange(kept.Hosts.Count(host => host is not null), Names / 4, Names * 3 / 4);
        Assert.Equal([], DifferentBlocks(blocks, kept));
    }

    private static IEnumerable<string[]> Blocks(int from, int to)
    {
        for (var start = from; start <= to; start = (start + BlockLength) / BlockLength * BlockLength)
        {
            var end = Math.Min(to, start / BlockLength * BlockLength + BlockLength - 1);
            var characters = Enumerable.Range(start, end - start + 1).Where(Rune.IsValid).Select(char.ConvertFromUtf32).ToList();
            if (characters.Count > 0)
                yield return [.. characters.Select(one => $"a{one}a"), .. characters.Select(one => $"\u05D0{one}\u05D0")];
        }
    }

    private static string[] DifferentBlocks(List<string[]> blocks, Answers kept)
    {
        var escaped = kept.Escaped.ToHashSet(StringComparer.Ordinal);
        var different = new ConcurrentBag<string>();
        Parallel.For(0, blocks.Count, new ParallelOptions { CancellationToken = Stop }, at =>
        {
            if (Hash(blocks[at].Select(host => escaped.Contains(host) ? "%" : Ours(host))) != kept.Blocks[at])
                different.Add($"U+{Rune.GetRuneAt(blocks[at][0], 1).Value:X4} and the {BlockLength - 1} behind it");
        });
        return [.. different.Order(StringComparer.Ordinal)];
    }

    // Chromium escapes a space and an asterisk, where the standard refuses the one and keeps the other: decision 10.
    private static bool IsSame(string? ours, string? browser) =>
        browser?.Contains('%', StringComparison.Ordinal) is true
            ? ours is null || ours.Contains('*', StringComparison.Ordinal) : ours == browser;

    private static string? Ours(string host) => WebUrl.TryParse($"https://{host}/", out var url) ? url.Host : null;

    private static string Hash(IEnumerable<string?> hosts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', hosts))))[..16];

    private static async Task AskAsync(string key, IReadOnlyList<string> names, List<string[]> blocks)
    {
        var executable = await Chromium.EnsureInstalledAsync(Stop);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = executable, Headless = true, Args = ["--no-sandbox", "--disable-gpu"] });
        var tab = await browser.NewPageAsync();
        async Task<string?[]> AskAsync(IReadOnlyList<string> hosts) => await tab.EvaluateAsync<string?[]>(
            "hosts => hosts.map(host => { try { return new URL(`https://${host}/`).hostname } catch { return null } })", hosts);
        var answers = new Answers { Key = key, Hosts = [.. await AskAsync(names)] };
        foreach (var block in blocks)
        {
            var told = await AskAsync(block);
            var escaped = block.Where((_, at) => told[at]?.Contains('%', StringComparison.Ordinal) is true)
                .ToHashSet(StringComparer.Ordinal);
            answers.Escaped.AddRange(escaped);
            answers.Blocks.Add(Hash(block.Select((host, at) => escaped.Contains(host) ? "%" : told[at])));
        }

        await File.WriteAllTextAsync(AnswersFile, JsonSerializer.Serialize(answers, Json), Stop);
    }

    private sealed record Answers
    {
        public required string Key { get; init; }

        public List<string?> Hosts { get; init; } = [];

        /// <summary>Names that Chromium writes with an escape, which we know to read otherwise.</summary>
        public List<string> Escaped { get; init; } = [];

        public List<string> Blocks { get; init; } = [];
    }
}

/// <summary>Names of hosts put together by chance from what the rules of names tell apart. The same in every run.</summary>
internal static class HostNames
{
    private const int Seed = 20_261_130;

    // Letters with marks in any order, letters that join, viramas and joiners, the classes of direction, what is mapped to others, what is
    // left out, syllables in parts, and what came with Unicode 15 to 18.
    private static readonly string[] Alphabets =
    [
        "abcxyz", "äößçñé", "ÄÖẞÇÑŞİſ", "aeiou\u0301\u0300\u0323\u0327\u0302\u0345\u031B\u0334",
        "\u03B1\u03C9\u03C2\u03C3\u03A3\u1FB3\u0345\u0313\u0301",
        "привет", "\u0639\u0631\u0628\u064A\u0627\u0640\u064B\u200C", "\u0646\u0627\u0645\u0647\u200C\u0627\u06CC",
        "\u05D0\u05D1\u05D2\u05B8\u05DC",
        "\u0915\u094D\u0937\u200D\u200C\u0930\u093F", "\u0D15\u0D4D\u0D37\u200D", "0123", "\u0660\u0661\u0662", "\u06F0\u06F1", "-_+,$#'!~",
        "\uFF41\uFF22\uFF0E\u3002\uFF11", "\u2460\u24D0\u3392\uFB01\u2167\u00BD\u2075", "\u00AD\u200B\u2060\uFE0F\u180B\u034F", "日本語ヶ々ー",
        "\u1100\u1161\u11A8\uAC00\u11A7\u1175\u11C2", "\U000105D2\u0307\U000105DA", "\U000113C2\U000113B8\U000113C9",
        "\U00016D63\U00016D67\U00016D68",
        "\U0001E900\U0001E922\U0001E944", "\U00010D50\U00010D70\U00010D40", "\u2260\u226E=\u0338<", "\U0001F98A\u2764\uFE0F",
        "\u0378\uE000\uFFFD\uFFFE",
        "\u1C89\uA7CB\uA7DA\u1C8A", "\u2F868\uF900\u2F00", "\u1E9E\u0130\u0131\u0149\u01F0", "\u0F71\u0F72\u0F74\u0F71\u0F40",
    ];

    private static readonly string[] Marked =
    [
        "xn--bcher-kva", "XN--BCHER-KVA", "xn--fa-hia", "xn--a", "xn--", "xn--tda", "xn--4db", "xn--mgba3gch31f060k", "xn--11b2ezcw70k",
        "xn--zca", "xn--a-", "xn---", "xn--0", "xn--99999999999", "xn--ls8h", "xn--bcher-Kva8445foa", "xn--xn--a--gua",
        "xn--u-ccb", "xn--8-0fa",
        "xn--wgv71a119e", "ｘn--tda", "xn--\u00ADtda", "xn--ü", "xn--1ch", "xn--hxa", "xn--3xa", "xn--0ca24w", "xn--r8j",
    ];

    private static readonly string[] Dots = [".", ".", ".", "\u3002", "\uFF0E", "\uFF61", "..", "%2e"];

    public static IReadOnlyList<string> Make(int count)
    {
        var random = new Random(Seed);
        return [.. Enumerable.Range(0, count).Select(_ => Name(random))];
    }

    private static string Name(Random random)
    {
        var name = new StringBuilder();
        for (var labels = random.Next(1, 4); labels > 0; labels--)
        {
            name.Append(random.Next(6) == 0 ? Marked[random.Next(Marked.Length)] : Label(random));
            if (labels > 1)
                name.Append(Dots[random.Next(Dots.Length)]);
        }

        return name.Append(random.Next(8) == 0 ? "." : "").ToString();
    }

    // Mostly of one alphabet: what is mixed is mostly refused.
    private static string Label(Random random)
    {
        var label = new StringBuilder();
        var alphabet = Alphabets[random.Next(Alphabets.Length)].EnumerateRunes().ToArray();
        for (var length = random.Next(1, 8); length > 0; length--)
        {
            var other = Alphabets[random.Next(Alphabets.Length)].EnumerateRunes().ToArray();
            var from = random.Next(7) == 0 ? other : alphabet;
            label.Append(from[random.Next(from.Length)].ToString());
        }

        return label.ToString();
    }
}
