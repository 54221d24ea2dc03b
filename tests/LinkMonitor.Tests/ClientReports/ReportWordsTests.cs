using LinkMonitor.ClientReports;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Wording;

namespace LinkMonitor.Tests.ClientReports;

/// <summary>The words of a report, and its picture of the days (<see cref="DayChart"/>).</summary>
public sealed class ReportWordsTests
{
    private static readonly ReportWords English = new(Language.English);
    private static readonly ReportWords German = new(Language.Of("de"));

    [Theory]
    [InlineData(null, "no data")]
    [InlineData(0d, "0 %")]
    [InlineData(1d, "100 %")]
    [InlineData(0.9999, "99.9 %")]
    [InlineData(0.0001, "0.1 %")]
    [InlineData(0.8333, "83.3 %")]
    public void A_share_is_never_more_than_it_is(double? share, string words) => Assert.Equal(words, English.Percent(share));

    [Fact]
    public void Differences_are_signed_in_the_manner_of_the_language()
    {
        Assert.Equal(("+3", "−2", "unchanged"), (English.Difference(5, 2), English.Difference(0, 2), English.Difference(2, 2)));
        Assert.Equal("+1.234", German.Difference(1_234, 0));
        Assert.Equal("+12,5 Punkte", German.Difference(0.5, 0.375));
        Assert.Equal("no data", English.Difference(0.5, (double?)null));
        Assert.Equal("unchanged", English.Difference(0.5, 0.50001));
        Assert.Equal("1. Nov. 2026", German.Day(new DateOnly(2026, 11, 1)));
    }

    [Fact]
    public void Everything_has_words_of_its_own_in_every_language() => Assert.All(Language.Codes.Select(Language.Of), say =>
    {
        var words = new ReportWords(say);
        AllDiffer(Enum.GetValues<ReportSection>(), words.Section);
        AllDiffer(Enum.GetValues<Standing>(), words.State);
        AllDiffer(Enum.GetValues<ReportedMove>(), words.Move);
        Assert.All(Enum.GetValues<CheckOutcome>(), look => Assert.NotEqual(words.Unseen(null), words.Unseen(look)));
    });

    [Fact]
    public void A_day_without_a_check_is_blank_in_the_picture()
    {
        var day = new DateOnly(2026, 11, 1);

        var svg = DayChart.Svg(
            [new ReportedDay(day, 2, 0, 0, 0, 0, 2), new ReportedDay(day.AddDays(1), 1, 1, 1, 1, 0, 0)], "a \"label\"").Html;

        Assert.Contains("""<path class="f-live" d="M0 140V70H450V140zM450 140V105H900V140z"/>""", svg, StringComparison.Ordinal);
        Assert.Contains("""<path class="f-unknown" d=""/>""", svg, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"a &quot;label&quot;\"", svg, StringComparison.Ordinal);
    }

    private static void AllDiffer<T>(T[] values, Func<T, string> words) =>
        Assert.Equal(values.Length, values.Select(words).Distinct().Count());
}
