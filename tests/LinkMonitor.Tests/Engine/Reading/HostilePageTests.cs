using System.Globalization;
using System.Text;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reading.Trees;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Reading;

/// <summary>Pages built to be expensive. Each costs no more than its length, or is given up: <see cref="ReadingLimits"/>.</summary>
public sealed class HostilePageTests
{
    private const string Link = "<a href=/x>x</a>";

    public static TheoryData<string, int> Nested => new()
    {
        { "<div>", 150_000 },
        { "<span>", 150_000 },
        { "<ul><li>", 100_000 },
        { "<div><p>", 100_000 },
        { "<b><i><u>", 100_000 },
        { "<blockquote><font color=red>", 100_000 },
        { "<button>", 100_000 },
        { "<table><tr><td>", 100_000 },
        { "<svg><g>", 100_000 },
        { "<object>", 100_000 },
        { "<p><x></y></b></div>", 100_000 },
    };

    [Theory]
    [MemberData(nameof(Nested))]
    public void Links_under_any_depth_of_nesting_are_read(string tags, int times)
    {
        var isForeign = tags.EndsWith("<g>", StringComparison.Ordinal);

        var page = PageAnswer.Read(Repeat(tags, times) + (isForeign ? "</svg><p>" : "") + Link + Repeat("</div></p></b></x>", 10_000));

        Assert.Equal("https://blog.example.net/x", Assert.Single(page.Links).Url?.Href);
    }

    [Fact]
    public void What_follows_a_deep_part_keeps_its_place()
    {
        var page = PageAnswer.Read($"<main>{Repeat("<div>", 5000)}{Link}{Repeat("</div>", 5000)}</main><footer>{Link}</footer>");

        Assert.Equal([Placement.Main, Placement.Footer], page.Links.Select(link => link.Placement));
    }

    [Fact]
    public void A_hundred_thousand_links_are_read()
    {
        var page = PageAnswer.Read(Repeat(Link, 100_000));

        Assert.Equal(100_000, page.Links.Count);
        Assert.Equal(100_000, page.Links[^1].Ordinal);
    }

    [Fact]
    public void An_address_beyond_64_KiB_is_no_link_and_one_of_64_KiB_is()
    {
        var path = "/" + new string('x', ReadingLimits.LongestAttribute - 1);

        var page = PageAnswer.Read($"<a href='{path}'>x</a><a href='{path}y'>y</a><a href='/{new string('z', 14_000_000)}'>z</a>");

        Assert.Equal((path, 1000), (Assert.Single(page.Links).Href, page.Links[0].Snippet.Length));
    }

    [Fact]
    public void Any_attribute_beyond_64_KiB_counts_as_none()
    {
        var far = new string(' ', ReadingLimits.LongestAttribute);

        var page = PageAnswer.Read($"<p class='footer {far}'>{Link}</p><p style='display:none;{far}'>{Link}</p>");

        Assert.All(page.Links, link => Assert.Equal((Placement.Main, false), (link.Placement, link.Hidden)));
    }

    [Fact]
    public void A_hundred_thousand_attributes_are_read()
    {
        Assert.Single(PageAnswer.Read($"<a href=/x {Numbered(" a", 100_000)}>x</a>").Links);
    }

    public static TheoryData<string> Lengthy =>
    [
        "<table>" + Repeat(Link, 100_000),
        "<table>" + Repeat("text<tr>", 100_000),
        Repeat("text</q>", 100_000),
        Repeat("</div></p></span></a></table></li>", 100_000),
        Repeat("<ul><li>", 100_000),
        Repeat("<li>", 300_000),
        Repeat("<p><font>", 100_000),
        Repeat("<select><option>", 100_000),
        Repeat("&amp;", 1_000_000),
        Repeat("<!-->", 1_000_000),
        "<div" + Repeat(" a", 1_000_000) + ">",
        "<div title='" + new string('x', 10_000_000) + "'>",
    ];

    [Theory]
    [MemberData(nameof(Lengthy), DisableDiscoveryEnumeration = true)]
    public void What_is_only_long_is_read(string html)
    {
        var page = PageAnswer.Read(html + "</table></ul><a href=/last>last</a>");

        Assert.Equal("/last", page.Links[^1].Href);
    }

    public static TheoryData<string, string> TooMuch => new()
    {
        { Repeat("<br>", ReadingLimits.Default.MaxElements), "has more than 1,000,000 elements" },
        { Repeat(Link, 300_000), "has more than 200,000 links" },
        { $"<a href=/x {Numbered(" a", 1_000_000)}>x</a>", "has a tag with more than 200,000 attributes" },
        { Numbered("<p><b i=", 100_000).Replace("<p><b", "</p><p><b", StringComparison.Ordinal), "has more than 1,000,000 elements" },
        { Numbered("<font i=", 100_000), "nested so deeply" },
        { Repeat("<template></template><section>", 100_000), "nested so deeply" },
        { Repeat("<svg><foreignObject>", 100_000) + Repeat("</div>", 10_000), "nested so deeply" },
        { "<p><object>" + Repeat("<div>", 100_000), "nested so deeply" },
        { Repeat("<svg><g>", 50_000) + Repeat("</x>", 50_000), "nested so deeply" },
    };

    [Theory]
    [MemberData(nameof(TooMuch), DisableDiscoveryEnumeration = true)]
    public void What_costs_more_than_its_length_is_given_up(string html, string reason)
    {
        var (reading, givenUp) = PageReader.Read(PageAnswer.Html(html), ReadingLimits.Default, TestContext.Current.CancellationToken);

        Assert.Null(reading);
        Assert.Contains(reason, givenUp, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(282)]
    [InlineData(680)]
    [InlineData(1_600)]
    public void An_ordinary_page_takes_a_hundredth_of_what_may_be_done_however_busy_the_machine_is(int kibibytes)
    {
        const string part =
            "<section class='card wide' id=s><h2>Lamps</h2><p>Some words on <a href='/lamps?a=1&amp;b=2' rel=nofollow>lamps</a>, "
                + "<b>and</b> "
            + "more.<ul><li><a href=/x><img src=x.png alt='A lamp'></a><li>two</ul><table><tr><td>1<td>2</table></section>\n";
        var budget = new ReadingBudget(ReadingLimits.Default);

        MarkupParser.Parse(Repeat(part, kibibytes * 1024 / part.Length), budget, TestContext.Current.CancellationToken);

        Assert.InRange(budget.Spent.Elements, 1, ReadingLimits.Default.MaxElements / 5);
        Assert.InRange(budget.Spent.Steps, 1, ReadingLimits.Default.MaxSteps / 50);
    }

    public static TheoryData<string> Heavy =>
    [
        Repeat(Link, 1_000_000),
        Repeat("<br>", 4_000_000),
        Repeat("<a>", 5_000_000),
        Repeat("<ul><li>", 2_000_000),
        Repeat("<p a=b c=d>x", 1_300_000),
        $"<a href='/{new string('x', 10_000_000)}'>x</a>",
        $"<a href=/x {Numbered(" a", 1_000_000)}>x</a>",
        new string('x', 16_000_000),
        Repeat("x<b>", 4_000_000),
    ];

    [Theory]
    [MemberData(nameof(Heavy), DisableDiscoveryEnumeration = true)]
    public void What_reading_allocates_is_bounded_by_the_length_of_the_page(string html)
    {
        var response = PageAnswer.Html(html);
        var before = GC.GetAllocatedBytesForCurrentThread();

        PageReader.Read(response, ReadingLimits.Default, TestContext.Current.CancellationToken);

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(
            allocated < 100L * response.Body.Length, $"{allocated / 1e6:F0} MB for {response.Body.Length / 1e6:F0} MB: {html[..20]}");
    }

    [Theory]
    [InlineData("<p>one<p>two<ul><li>a<li>b</ul><table><tr><td>c<td>d<tr><td>e</table><dl><dt>f<dd>g</dl>", 2000)]
    [InlineData("<h1>t</h2><b>x<p>y</b>z<a href=/x>q<a href=/x>r</p></i></span>", 2000)]
    [InlineData("<select><option>a<option>b</select><form><button>c</form><nobr>d<nobr>e", 2000)]
    public void Tags_that_close_each_other_do_not_count_as_nesting(string html, int times)
    {
        var plain = PageAnswer.Read(html + Link);

        var page = PageAnswer.Read(Repeat(html, times) + "<footer>" + Link);

        Assert.Equal(Placement.Footer, page.Links[^1].Placement);
        Assert.Equal(plain.Text.Split(' ')[0], page.Text.Split(' ')[0]);
    }

    [Fact]
    public void A_script_below_the_limit_of_depth_is_still_no_markup()
    {
        var page = PageAnswer.Read(Repeat("<div>", 1000) + "<script>'<a href=/no>no</a>'</script>" + Link);

        Assert.Equal("/x", Assert.Single(page.Links).Href);
    }

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    private static string Numbered(string text, int times)
    {
        var builder = new StringBuilder();
        for (var i = 0; i < times; i++)
            builder.Append(CultureInfo.InvariantCulture, $"{text}{i}{(text[0] == '<' ? ">" : "")}");
        return builder.ToString();
    }
}
