using System.Text;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reading.Tokens;
using LinkMonitor.Engine.Reading.Trees;

namespace LinkMonitor.Tests.Engine.Reading.Trees;

/// <summary>
/// What the tree builder makes of tags that do not match, in the HTML standard's own examples
/// (https://html.spec.whatwg.org/multipage/parsing.html#an-introduction-to-error-handling-and-strange-cases-in-the-parser) and rules.
/// </summary>
public sealed class TreeBuilderTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("<p>1<b>2<i>3</b>4</i>5</p>", "<p>1<b>2<i>3</i></b><i>4</i>5</p>")]
    [InlineData("<b>1<p>2</b>3</p>", "<b>1</b><p><b>2</b>3</p>")]
    [InlineData(
        "<table><b><tr><td>aaa</td></tr>bbb</table>ccc", "<b></b><b>bbb</b><table><tbody><tr><td>aaa</td></tr></tbody></table><b>ccc</b>")]
    [InlineData("<a>1<a>2</a>3", "<a>1</a><a>2</a>3")]
    [InlineData("<a>1<div>2<a>3", "<a>1</a><div><a>2</a><a>3</a></div>")]
    [InlineData("<nobr>1<nobr>2", "<nobr>1</nobr><nobr>2</nobr>")]
    [InlineData("<i>1<p>2</i>3", "<i>1</i><p><i>2</i>3</p>")]
    public void Formatting_that_is_closed_in_the_wrong_order_is_taken_up_again(string html, string expected) =>
        Assert.Equal(expected, BodyOf(html));

    [Fact]
    public void Of_formatting_that_is_all_the_same_three_are_taken_up_again() => Assert.Equal(
        "<p><b.x><b.x><b><b.x><b.x><b>X</b></b.x></b.x></b></b.x></b.x></p><p><b.x><b><b.x><b.x><b>X</b></b.x></b.x></b></b.x></p>"
        + "<p><b.x><b><b.x><b.x><b><b><b.x><b>X</b></b.x></b></b></b.x></b.x></b></b.x></p><p>X</p>",
        BodyOf("<p><b class=x><b class=x><b><b class=x><b class=x><b>X<p>X<p><b><b class=x><b>X<p></b></b></b></b></b></b>X"));

    [Theory]
    [InlineData("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>")]
    [InlineData("<dl><dt>a<dd>b<dt>c", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>")]
    [InlineData("<p>a<div>b", "<p>a</p><div>b</div>")]
    [InlineData("<h1>a<h2>b", "<h1>a</h1><h2>b</h2>")]
    [InlineData("<button>a<button>b", "<button>a</button><button>b</button>")]
    [InlineData("<body></p>", "<p></p>")]
    [InlineData("a</br>b", "a<br></br>b")]
    [InlineData("<body>a</body>b", "ab")]
    [InlineData("a</x></div>b", "ab")]
    public void What_is_left_open_is_closed_where_the_standard_says(string html, string expected) => Assert.Equal(expected, BodyOf(html));

    [Theory]
    [InlineData("<table><td>a", "<table><tbody><tr><td>a</td></tr></tbody></table>")]
    [InlineData("<table><tr><td>a<tr><td>b", "<table><tbody><tr><td>a</td></tr><tr><td>b</td></tr></tbody></table>")]
    [InlineData("<table><p>a<tr><td>b", "<p>a</p><table><tbody><tr><td>b</td></tr></tbody></table>")]
    [InlineData("<table><tr><a>x</a><td>y", "<a>x</a><table><tbody><tr><td>y</td></tr></tbody></table>")]
    [InlineData("<p>a<table><tr><td>b", "<p>a</p><table><tbody><tr><td>b</td></tr></tbody></table>")]
    public void What_does_not_belong_into_a_table_goes_before_it(string html, string expected) =>
        Assert.Equal(expected, BodyOf("<!doctype html>" + html));

    [Fact]
    public void Without_a_doctype_a_table_stays_in_its_paragraph() =>
        Assert.Equal("<p>a<table></table></p>", BodyOf("<p>a<table>"));

    [Theory]
    [InlineData("<svg><g>a<p>b", "<svg><g>a</g></svg><p>b</p>")]
    [InlineData("<svg><foreignObject><p>a</p></svg>b", "<svg><foreignObject><p>a</p></foreignObject></svg>b")]
    [InlineData("<math><mi>a</math>b", "<math><mi>a</mi></math>b")]
    public void HTML_breaks_out_of_drawings_and_formulas(string html, string expected) => Assert.Equal(expected, BodyOf(html));

    [Fact]
    public void A_template_holds_what_would_not_be_let_in_elsewhere() =>
        Assert.Equal("<template><tr><td>a</td></tr></template>b", BodyOf("<body><template><tr><td>a</template>b"));

    [Theory]
    [InlineData("plain", true, "plain")]
    [InlineData("a &amp; b", false, "a & b")]
    [InlineData("a\0b", false, "a\uFFFDb")]
    public void A_value_is_read_off_the_source_and_kept_when_that_is_given_back(string written, bool isPlain, string value)
    {
        var source = PageSource.Of($"x{written}y");
        var attribute = new PageAttribute("title", source, 1, written.Length);

        Assert.Equal((isPlain, value), (attribute.TryGetPlain(out _), attribute.Value));
        Assert.Equal(value, attribute.Keep());
        ((IDisposable)source).Dispose();

        Assert.Equal(value, attribute.Value);
    }

    [Theory]
    [InlineData("<p>a</p>", false)]
    [InlineData("<p>a", false)]
    [InlineData("<div>a", true)]
    public void Whether_the_source_ends_too_early_is_known(string html, bool isCut)
    {
        MarkupParser.Parse(PageSource.Of(html), new ReadingBudget(ReadingLimits.Default), out var found, Stop);

        Assert.Equal(isCut, found);
    }

    [Theory]
    [InlineData("<b i=1><b i=2><b i=3><b i=4>", "nested so deeply")]
    [InlineData("<br>", "more than 500 elements")]
    public void A_page_that_costs_too_much_is_given_up_soon(string tags, string reason)
    {
        var budget = new ReadingBudget(new ReadingLimits { MaxElements = 500, MaxSteps = 400 + (tags == "<br>" ? 100_000 : 0) });

        MarkupParser.Parse(new StringBuilder().Insert(0, tags, 100_000).ToString(), budget, Stop);

        Assert.Contains(reason, budget.Exceeded, StringComparison.Ordinal);
    }

    private static string BodyOf(string html)
    {
        var document = MarkupParser.Parse(html, new ReadingBudget(ReadingLimits.Default), Stop);
        var body = Find(document, "body") ?? throw new InvalidOperationException("There is no body.");
        var text = new StringBuilder();
        WriteChildren(body, text);
        return text.ToString();
    }

    private static PageElement? Find(PageElement from, string name)
    {
        if (from.Is(name))
            return from;
        for (var child = from.FirstChild; child is not null; child = child.Next)
            if (child is PageElement element && Find(element, name) is { } found)
                return found;
        return null;
    }

    private static void WriteChildren(PageElement element, StringBuilder text)
    {
        for (var child = element.FirstChild; child is not null; child = child.Next)
            Write(child, text);
    }

    private static void Write(PageNode node, StringBuilder text)
    {
        if (node is PageText words)
        {
            text.Append(words.Data);
            return;
        }

        var element = (PageElement)node;
        var name = element.Name + (element.GetAttribute("class") is { } kind ? $".{kind}" : "");
        text.Append('<').Append(name).Append('>');
        WriteChildren(element, text);
        text.Append("</").Append(name).Append('>');
    }
}
