using System.Text;
using System.Text.RegularExpressions;
using LinkMonitor.Engine.Judging.Walls;
using LinkMonitor.Engine.Reading.Outlines;
using LinkMonitor.Tests.Docs;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Reading.Outlines;

/// <summary>
/// What is part of a page's outline and what is not; that the same outline is the same reading is tried with many pages elsewhere.
/// </summary>
public sealed partial class OutlineFactoryTests
{
    private const string Page =
        "<!doctype html><html><head><title>Lamps</title><meta name=csrf content=@><!-- @ --><script nonce=@>var a = '@';</script>"
        + "<style>.a@{}</style></head><body><p class=x data-n='@'>Words <a href=/x rel=nofollow>and <b>a</b> link</a>.</p>"
        + "<form><input type=hidden name=t value='@'></form><svg><title>Icon</title><path d='M1 2'/></svg><iframe>@</iframe></body></html>";

    [Theory]
    [InlineData("a1b2", "c3d4e5")]
    [InlineData("0", "x y z")]
    [InlineData("location", "cookie")]
    public void Noise_is_no_part_of_it(string one, string other)
    {
        var (first, second) =
            (
                Outline(Page.Replace("@", Quoted(one), StringComparison.Ordinal)),
                Outline(Page.Replace("@", Quoted(other), StringComparison.Ordinal)));

        Assert.NotNull(first);
        Assert.Equal(first, second);

        static string Quoted(string text) => text.Replace(' ', '_');
    }

    [Theory]
    [InlineData("nofollow", "ugc")]
    [InlineData("href=/x", "href=/y")]
    [InlineData("link</a>", "lamp</a>")]
    [InlineData("Words", "Other")]
    [InlineData("Lamps", "Lamp 2")]
    [InlineData("class=x", "class=footer")]
    [InlineData("class=x", "class=x hidden")]
    [InlineData("class=x", "class=x style='display:none'")]
    [InlineData("<p ", "<div ")]
    [InlineData("<b>a</b>", "a")]
    [InlineData("name=csrf content=@", "name=robots content=noindex")]
    [InlineData("</head>", "<link rel=canonical href=/c></head>")]
    [InlineData("<form>", "<form><input type=password>")]
    [InlineData("'@';", "'@';location.replace('/y');")]
    [InlineData("<!-- @ -->", "")]
    [InlineData("var a", "window._cf_chl_opt")]
    [InlineData("link</a>", "link 1</a>")]
    public void What_a_verdict_may_rest_on_is_part_of_it(string before, string after)
    {
        Assert.Contains(before, Page, StringComparison.Ordinal);

        Assert.NotEqual(Outline(Page)!.Mark, Outline(Page.Replace(before, after, StringComparison.Ordinal))?.Mark);
    }

    [Fact]
    public void Digits_in_the_text_outside_links_and_titles_stand_apart()
    {
        var (one, other) = (Outline("<p>At 07:31 <a href=/x>x 1</a>")!, Outline("<p>At 12:59 <a href=/x>x 1</a>")!);

        Assert.Equal(one.Mark, other.Mark);
        Assert.NotEqual(one.Numbers, other.Numbers);
        Assert.NotEqual(one.Mark, Outline("<p>At 7:31 <a href=/x>x 1</a>")!.Mark);
        Assert.NotEqual(one.Mark, Outline("<p>At 07:31 <a href=/x>x 2</a>")!.Mark);
        Assert.NotEqual(Outline("<p>&#65;")!.Mark, Outline("<p>&#66;")!.Mark);
        Assert.NotEqual(Outline("<title>1</title>")!.Mark, Outline("<title>2</title>")!.Mark);
    }

    [Theory]
    [InlineData("<template><a href=/x>x</a></template>")]
    [InlineData("<frameset><frame></frameset>")]
    [InlineData("<p>x<plaintext>y")]
    [InlineData("<a href=/x><p>x</a>")]
    [InlineData("<a href=/x><table><tr><td>x</table></a>")]
    [InlineData("<a href=/x>x</div></a>")]
    [InlineData("<a href=/x><b><a href=/y>y</a>")]
    [InlineData("<svg><p>x</svg>")]
    [InlineData("<svg><foreignObject><p>x</foreignObject></svg>")]
    [InlineData("<svg><g></svg>")]
    [InlineData("<svg><style><b></style></svg>")]
    [InlineData("<svg><![CDATA[x]]></svg>")]
    [InlineData("<math><mi><b>x</b></mi></math>")]
    public void What_only_a_tree_explains_has_none(string html) => Assert.Null(Outline("<!doctype html>" + html));

    [Theory]
    [InlineData("application/xhtml+xml", true)]
    [InlineData("text/html; charset=utf-16", true)]
    [InlineData("text/html; charset=shift_jis", true)]
    [InlineData("text/html; charset=windows-1251", false)]
    public void XHTML_and_encodings_that_hide_signs_have_none(string contentType, bool hasNone)
    {
        var answer = PageAnswer.Bytes(
            "<html xmlns='http://www.w3.org/1999/xhtml'><p>x</p></html>"u8.ToArray(), $"Content-Type: {contentType}");

        Assert.Equal(hasNone, OutlineFactory.Of(answer, WallFinder.MarksInBody, WallFinder.MaxSearched) is null);
    }

    [Fact]
    public void Marks_of_walls_count_as_far_as_they_are_searched_for()
    {
        var far = new string('é', WallFinder.MaxSearched / 2);

        Assert.Equal(Outline($"<p>{far}</p><!-- g-recaptcha -->")!.Mark, Outline($"<p>{far}</p><!-- -->")!.Mark);
        Assert.NotEqual(Outline($"<!-- g-recaptcha --><p>{far}</p>")!.Mark, Outline($"<!-- --><p>{far}</p>")!.Mark);
    }

    [Fact]
    public void What_else_a_reading_rests_on_is_part_of_it()
    {
        Assert.NotEqual(Outliner.Of("<p>x".AsMemory(), ["a"]), Outliner.Of("<p>x".AsMemory(), ["b"]));
        Assert.NotEqual(Outliner.Of("<p>x".AsMemory(), ["a", "b"]), Outliner.Of("<p>x".AsMemory(), ["ab"]));
    }

    [Fact]
    public void Pieces_are_told_apart_and_their_length_does_not_matter()
    {
        using var one = new OutlineHash();
        using var other = new OutlineHash();
        var (before, long_) = (one.Take(), new string('x', 100_000));

        one.Add("ab");
        one.AddName("C");
        other.Add("a");
        other.AddName("bc");
        Assert.NotEqual(one.Take(), other.Take());

        one.Add(long_);
        other.AddLength(long_.Length);
        other.AddPart(long_.AsSpan(0, 70_000));
        other.AddPart(long_.AsSpan(70_000));
        Assert.Equal(one.Take(), other.Take());
        Assert.Equal((22, before), (before.Length, one.Take()));
    }

    /// <summary>Whoever reads another attribute adds it to <see cref="MeaningfulAttributes"/> and raises the version.</summary>
    [Fact]
    public void Every_attribute_that_a_reader_asks_for_is_part_of_it()
    {
        var folder = Path.Combine(Checkout.Path, "src", "LinkMonitor.Engine", "Reading");
        var asked = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)
            .SelectMany(source => Asked().Matches(source)).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.Empty(asked.Except([.. MeaningfulAttributes.Values, .. MeaningfulAttributes.Names]));
        Assert.InRange(asked.Count, 15, 100);
    }

    private static PageOutline? Outline(string html) =>
        OutlineFactory.Of(
            PageAnswer.Bytes(Encoding.UTF8.GetBytes(html), "Content-Type: text/html; charset=utf-8"),
            WallFinder.MarksInBody,
            WallFinder.MaxSearched);

    [GeneratedRegex("""(?:GetAttribute|HasAttribute)\("([^"]+)"\)""")]
    private static partial Regex Asked();
}
