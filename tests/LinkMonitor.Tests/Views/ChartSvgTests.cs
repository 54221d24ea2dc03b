using System.Globalization;
using System.Text.Encodings.Web;
using System.Xml.Linq;
using LinkMonitor.Views;
using Microsoft.AspNetCore.Html;

namespace LinkMonitor.Tests.Views;

public sealed class ChartSvgTests
{
    private static readonly DateOnly Day = new(2026, 3, 1);

    [Fact]
    public void A_chart_is_one_path_a_series_stacked_without_styles_and_told_in_words()
    {
        var svg = Read(ChartSvg.Stacked(new Chart([new(Day, 1, 0, 1, 0), new(Day.AddDays(1), 2, 1, 0, 1)])));

        var paths = svg.Elements().ToList();
        Assert.Equal(["f-live", "f-changed", "f-lost", "f-unknown"], paths.Select(path => path.Attribute("class")!.Value));
        Assert.Equal("M0 120H450L450 80H900L900 160H450L450 160H0Z", paths[0].Attribute("d")!.Value);
        Assert.Equal(
            "2 days to 2026-03-02: on the last, 2 live, 1 changed, 0 lost or not found, 1 could not be told",
            svg.Attribute("aria-label")!.Value);
        Assert.DoesNotContain(svg.DescendantsAndSelf().Attributes(), attribute => attribute.Name.LocalName == "style");
    }

    [Fact]
    public void Days_on_which_nothing_was_checked_are_no_fault() =>
        Assert.Equal(4, Read(ChartSvg.Stacked(new Chart([new(Day, 0, 0, 0, 0)]))).Elements().Count());

    [Fact]
    public void A_bar_of_90_days_has_a_path_for_each_mark_and_counts_them()
    {
        var days = Enumerable.Range(0, 90)
            .Select(at => new DayLine(Day.AddDays(at), at < 30 ? "none" : at < 80 ? "live" : "unknown"))
            .ToList();

        var svg = Read(ChartSvg.Bar(days));

        Assert.Equal("The last 90 days: 30 not checked, 50 live, 10 could not be told", svg.Attribute("aria-label")!.Value);
        Assert.Equal(3, svg.Elements().Count());
    }

    private static XElement Read(IHtmlContent content)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        content.WriteTo(writer, HtmlEncoder.Default);
        return XElement.Parse(writer.ToString());
    }
}
