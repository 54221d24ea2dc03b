using System.Globalization;
using System.Runtime.CompilerServices;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Identity;

/// <summary>
/// The two shares by which the judge of pages is measured: false losses among what only stands in a page's place, and missed ones among
/// what authors really do.
/// <c>dotnet test tests/LinkMonitor.Tests --filter IdentityFigures --logger "console;verbosity=detailed"</c> prints them.
/// </summary>
public sealed class IdentityFiguresTests(ITestOutputHelper output)
{
    private static readonly int[] Sizes = [3, 8, 32];

    // What comes within three days of the first doubt, by the pace of rechecks.
    private static readonly TimeSpan[] ThreeDays =
    [
        TimeSpan.FromHours(24), TimeSpan.FromHours(24.1), TimeSpan.FromHours(25.1), TimeSpan.FromHours(27), TimeSpan.FromHours(33),
        TimeSpan.FromHours(48), TimeSpan.FromHours(72),
        TimeSpan.FromHours(95.9),
    ];

    private static readonly TimeSpan[] UsualTime = [TimeSpan.FromHours(24), TimeSpan.FromHours(24.1), TimeSpan.FromHours(25.1)];

    private static IEnumerable<SampleSite> Pages =>
        SampleSite.Styles.SelectMany(style => Sizes.Select(size => new SampleSite(style, size)));

    [Fact]
    public void Nothing_in_a_pages_place_is_told_as_a_loss_within_three_days_and_no_real_loss_is_missed()
    {
        var lives = Pages.Select(page => (Page: page, Life: PageLife.Of(page))).ToList();
        var inPlace = lives.SelectMany(
            from =>
                StandIn.All.Select(
                    one =>
                        (
                            Name: $"{one.Name} on {from.Page.Style} {from.Page.Paragraphs}",
                            Life: from.Life.Fork().Check(one.Answer(from.Page), ThreeDays)))).ToList();
        var half = lives.SelectMany(
            from =>
                Halves(from.Page).Select(
                    html =>
                        (
                            Name: $"half of {from.Page.Style} {from.Page.Paragraphs} at {html.Length}",
                            Life: from.Life.Fork().Check(Cut(from.Page, html), ThreeDays)))).ToList();
        var real = lives.SelectMany(
            from =>
                Edits.All.Select(
                    edit =>
                        (
                            Name: $"{edit.Key} on {from.Page.Style} {from.Page.Paragraphs}",
                            Life: from.Life.Fork().Check(PageLife.Answer(edit.Value(from.Page)), UsualTime)))).ToList();

        var falseLosses = inPlace.Concat(half).Where(one => one.Life.Status.State == LinkState.Lost).ToList();
        var missed = real.Where(one => one.Life.Status.State != LinkState.Lost).ToList();

        foreach (var (name, life) in falseLosses)
            output.WriteLine(
                $"false loss: {name}: {string.Join(", ", life.Status.Reasons.Select(reason => reason.Code))}; "
                    + $"{string.Join(", ", life.Last!.Identity?.Compared ?? [])}");
        foreach (var (name, life) in missed)
            output.WriteLine(
                $"missed: {name}: {string.Join(", ", life.Last!.Reasons.Select(reason => reason.Code))}; {life.Last.Identity?.Sign}; "
                    + $"{string.Join(", ", life.Last!.Identity?.Compared ?? [])}");
        var figures = string.Create(
            CultureInfo.InvariantCulture,
            $"{falseLosses.Count} false losses among {inPlace.Count + half.Count:N0} answers in the place of a page, {missed.Count} missed "
                + $"among {real.Count:N0} real losses");
        output.WriteLine(figures);

        Assert.Empty(falseLosses);
        Assert.Empty(missed);
        Assert.Contains(figures, File.ReadAllText(ChecksDocument()), StringComparison.Ordinal);
    }

    public static TheoryData<string> Alone => [.. StandIn.All.Where(one => !one.LooksLikePage).Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Alone))]
    public void What_only_stands_in_a_pages_place_is_unknown_by_itself(string name)
    {
        var answer = StandIn.All.Single(one => one.Name == name).Answer(new SampleSite("article", 8));

        var verdict = LinkJudge.Judge(
            Observer.Observe(answer, TestContext.Current.CancellationToken), new() { Target = PageAnswer.Url(SampleSite.Target) },
            LinkMemory.None);

        Assert.True(verdict.State == VerdictState.Unknown, $"{verdict.State}: {verdict.Reasons[0].Message}");
    }

    public static TheoryData<string, int> Sites
    {
        get
        {
            var sites = new TheoryData<string, int>();
            foreach (var page in Pages)
                sites.Add(page.Style, page.Paragraphs);
            return sites;
        }
    }

    [Theory]
    [MemberData(nameof(Sites))]
    public void A_page_without_the_link_has_none_by_itself(string style, int paragraphs)
    {
        var answer = PageLife.Answer(new SampleSite(style, paragraphs) { Sentence = null });

        var verdict = LinkJudge.Judge(
            Observer.Observe(answer, TestContext.Current.CancellationToken), new() { Target = PageAnswer.Url(SampleSite.Target) },
            LinkMemory.None);

        Assert.Equal([ReasonCode.LinkRemoved], verdict.Reasons.Select(reason => reason.Code));
    }

    // Before the link, which stands behind the middle.
    private static IEnumerable<string> Halves(SampleSite page)
    {
        var html = page.Html();
        var link = html.IndexOf(SampleSite.Target, StringComparison.Ordinal);
        return page.Style is "bare" ? [] : [html[..(link / 3)], html[..(link / 2)], html[..(link - 20)]];
    }

    private static FetchedResponse Cut(SampleSite page, string html) =>
        PageLife.Answer(page) with { Body = System.Text.Encoding.UTF8.GetBytes(html) };

    private static string ChecksDocument([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "checks.md"));
}
