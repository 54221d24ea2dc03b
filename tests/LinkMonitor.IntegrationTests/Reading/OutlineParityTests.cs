using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Judging.Walls;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading.Outlines;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.IntegrationTests.Reading;

/// <summary>
/// Two pages with one outline have one reading, so no page need be read again that has its outline. A few thousand pairs of pages; as many
/// as LINKMONITOR_OUTLINE_PAIRS says, from the one that LINKMONITOR_OUTLINE_FIRST says.
/// </summary>
public sealed class OutlineParityTests
{
    private const int Ordinary = 6_000;
    private const int MostTold = 5;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static int Pairs => Number("LINKMONITOR_OUTLINE_PAIRS") ?? Ordinary;

    private static int First => Number("LINKMONITOR_OUTLINE_FIRST") ?? 0;

    [Fact]
    public void Pages_with_one_outline_have_one_reading()
    {
        var same = 0;
        var wrong = new ConcurrentQueue<string>();
        Parallel.For(First, First + Pairs, new ParallelOptions { CancellationToken = Stop }, seed =>
        {
            var (one, other) = OutlinePairs.Make(seed);
            if (one == other || Outline(one) is not { } first || Outline(other) is not { } second || first.Mark != second.Mark)
                return;
            Interlocked.Increment(ref same);
            var ignoresNumbers = first.Numbers != second.Numbers;
            var (seen, again) = (Told(one, ignoresNumbers), Told(other, ignoresNumbers));
            if (seen != again)
                wrong.Enqueue($"seed {seed}:\n{one}\n\n{other}\n\n{FirstDifference(seen, again)}");
        });

        TestContext.Current.TestOutputHelper?.WriteLine($"{Pairs} pairs, {same} with one outline, {wrong.Count} read differently.");
        Assert.True(wrong.IsEmpty, $"{wrong.Count} pairs:\n\n" + string.Join("\n\n", wrong.OrderBy(pair => pair.Length).Take(MostTold)));
        Assert.InRange(same, Pairs / 20, Pairs);
    }

    [Fact]
    public void Nearly_every_ordinary_page_has_an_outline()
    {
        var pages = Directory.EnumerateFiles(
            Path.Combine(Support.RepositoryRoot.Path, "tests", "LinkMonitor.Tests", "Corpus"), "*.case", SearchOption.AllDirectories)
            .Select(File.ReadAllText).Select(text => text[Math.Max(0, text.IndexOf('<', StringComparison.Ordinal))..]).ToList();

        var outlined = pages.Count(page => Outline(page) is not null);

        Assert.InRange(outlined, pages.Count * 8 / 10, pages.Count);
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static PageOutline? Outline(string html) => OutlineFactory.Of(Answer(html), WallFinder.MarksInBody, WallFinder.MaxSearched);

    private static FetchedResponse Answer(string html)
    {
        var url = Url("https://blog.example.net/posts/one");
        return new FetchedResponse
        {
            Url = url,
            FinalUrl = url,
            StartedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
            Status = 200,
            Headers = new ResponseHeaders([KeyValuePair.Create("Content-Type", "text/html; charset=utf-8")]),
            Body = Encoding.UTF8.GetBytes(html),
        };
    }

    /// <summary>
    /// All that a page says, and what that means for some of its links; with its numbers, also for a link that is not there.
    /// </summary>
    private static string Told(string html, bool ignoresNumbers)
    {
        var observation = Observer.Observe(Answer(html), Stop);
        var told = new StringBuilder($"{observation.Kind} {observation.Wall}\n");
        if (observation.Reading is not { } page)
            return told.Append(observation.Detail).ToString();
        told.AppendLine(CultureInfo.InvariantCulture, $"{page.Url} {page.Title} {page.Base} {page.Canonical} {page.Next} {page.Feed}")
            .AppendLine(CultureInfo.InvariantCulture, $"{page.Robots.Index} {page.Robots.Follow} {string.Join('|', page.Robots.Reasons)}")
            .AppendLine(CultureInfo.InvariantCulture, $"{page.HasPasswordField} {page.Scripts} {page.ShellRoot} {page.NoscriptLength}")
            .AppendLine(CultureInfo.InvariantCulture, $"{page.Refresh} {page.ReloadsAfter} {page.IsText} {page.Charset}")
            .AppendLine(string.Join('|', page.UnlinkedUrls));
        foreach (var link in page.Links)
            told.AppendLine(CultureInfo.InvariantCulture, $"{link with { Element = null }} {string.Join(' ', link.Rel)}");
        foreach (var text in (string[])[page.Text, page.Heading, page.Shape.ToString()])
            told.AppendLine(ignoresNumbers ? Folded(text) : text);
        foreach (var target in page.Links.Take(3).Select(link => link.Url).OfType<WebUrl>().Where(url => url.IsHttp))
            told.AppendLine(Verdict(observation, target));
        if (!ignoresNumbers)
            told.AppendLine(Verdict(observation, Url("https://shop.example.com/lamps")));
        return told.ToString();
    }

    private static WebUrl Url(string text) => WebUrl.TryParse(text, out var url) ? url : throw new ArgumentException(text, nameof(text));

    private static string Verdict(Observation observation, WebUrl target)
    {
        var verdict = LinkJudge.Judge(observation, new Expectation { Target = target }, LinkMemory.None);
        return $"{target} {verdict.State} {string.Join('|', verdict.Reasons)} {verdict.Occurrences.Count} {verdict.Best?.Ordinal}";
    }

    private static string Folded(string text) => string.Concat(text.Select(static c => char.IsAsciiDigit(c) ? '0' : c));

    private static string FirstDifference(string one, string other)
    {
        var at = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        var from = Math.Max(0, at - 80);
        return $"{one[from..Math.Min(one.Length, at + 80)]}\n---\n{other[from..Math.Min(other.Length, at + 80)]}";
    }
}
