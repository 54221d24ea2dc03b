using System.Text;
using LinkMonitor.Engine.Reading.Tokens;

namespace LinkMonitor.Tests.Engine.Reading.Tokens;

/// <summary>Where tokens stand. Against the reference the tokenizer is tried through the tree, with thousands of pages.</summary>
public sealed class TokenizerTests
{
    [Theory]
    [InlineData("a<b>c", "Text:a StartTag:b Text:c")]
    [InlineData("<a href='x' b=c d>", "StartTag:a[href=x b=c d=]")]
    [InlineData("<a A=1 a=2 =x ='y'>", "StartTag:a[A=1 =x=y]")]
    [InlineData("<a b= c=\"d>e\"/>", "StartTag:a[b=c=\"d] Text:e\"/>")]
    [InlineData("<a b=\">\"c='/'/>", "StartTag:a[b=> c=/]/")]
    [InlineData("</a b=c></>x</ y><z", "EndTag:a Text:x Comment: y")]
    [InlineData("< a<1 &lt;", "Text:< a<1 &lt;")]
    [InlineData("<!--a--><!--><!---><!--b--!>c", "Comment:a Comment: Comment: Comment:b Text:c")]
    [InlineData("<!----x---><!--a<!--b-->c<!--d", "Comment:--x- Comment:a<!--b Text:c Comment:d")]
    [InlineData("<!a><?b>c</", "Comment:a Comment:?b Text:c</")]
    public void Tokens_stand_where_the_standard_has_them(string source, string expected) => Assert.Equal(expected, Told(source));

    [Theory]
    [InlineData("a</titl>b</title >c", "Text:a</titl>b EndTag:title Text:c", TextKind.Escapable, "title")]
    [InlineData("</TITLE>c", "EndTag:TITLE Text:c", TextKind.Escapable, "title")]
    [InlineData("a</title", "Text:a</title", TextKind.Escapable, "title")]
    [InlineData("a<!--</script>b", "Text:a<!-- EndTag:script Text:b", TextKind.Script, "script")]
    [InlineData("<!--<script>a</script>b--></script>c", "Text:<!--<script>a</script>b--> EndTag:script Text:c", TextKind.Script, "script")]
    [InlineData("<!--<scripts>a</script>c", "Text:<!--<scripts>a EndTag:script Text:c", TextKind.Script, "script")]
    [InlineData("<!--><script>a</script>c", "Text:<!--><script>a EndTag:script Text:c", TextKind.Script, "script")]
    [InlineData("a</x>b", "Text:a</x>b", TextKind.Plain, "plaintext")]
    public void Raw_text_ends_where_the_standard_ends_it(string source, string expected, object kind, string name) =>
        Assert.Equal(expected, Told(source, (TextKind)kind, name));

    [Fact]
    public void A_section_of_CDATA_is_text_where_it_may_stand()
    {
        Assert.Equal("Comment:[CDATA[a", Told("<![CDATA[a>"));
        Assert.Equal("Text:a>]] Text:b", Told("<![CDATA[a>]]]]>b", cdata: true));
    }

    [Theory]
    [InlineData("<!doctype html>", false)]
    [InlineData("<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\" \"http://www.w3.org/TR/html4/strict.dtd\">", false)]
    [InlineData("<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\" \"http://www.w3.org/TR/html4/loose.dtd\">", false)]
    [InlineData("<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\">", true)]
    [InlineData("<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 3.2 Final//EN\">", true)]
    [InlineData("<!doctype html SYSTEM 'about:legacy-compat'>", false)]
    [InlineData("<!doctype html public 'x'>", false)]
    [InlineData("<!doctype html bogus>", true)]
    [InlineData("<!doctype>", true)]
    [InlineData("<!doctype svg>", true)]
    [InlineData("<!doctype html", true)]
    public void A_document_type_says_whether_the_page_is_one_of_old_browsers(string source, bool isQuirks)
    {
        var tokenizer = new Tokenizer(source.AsMemory());

        Assert.Equal((TokenKind.Doctype, isQuirks), (tokenizer.Read(), tokenizer.IsQuirks));
        Assert.Equal(TokenKind.EndOfFile, tokenizer.Read());
    }

    [Theory]
    [InlineData("a\r\nb\rc\n\r\r\n", "a\nb\nc\n\n\n")]
    [InlineData("\r", "\n")]
    [InlineData("none\n", "none\n")]
    public void Line_ends_are_normalised_in_place(string text, string expected)
    {
        var buffer = text.ToCharArray();
        using var source = PageSource.Of(text);

        source.NormalizeLineEnds();

        Assert.Equal((expected, expected), (new string(buffer, 0, LineEnds.Normalize(buffer)), source.Characters.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Grüße, 日本語 \uD83D\uDE00")]
    [InlineData("\uFFFDend")]
    public void A_source_is_what_its_bytes_say(string text)
    {
        using var source = PageSource.Of(Encoding.UTF8.GetBytes(text), Encoding.UTF8);

        Assert.Equal((text, text), (source.Characters.ToString(), source.Memory.ToString()));
    }

    [Fact]
    public void Every_broken_byte_has_room()
    {
        using var source = PageSource.Of(Enumerable.Repeat((byte)0xFF, 1_000).ToArray(), Encoding.UTF8);

        Assert.Equal(new string('\uFFFD', 1_000), source.Characters.ToString());
    }

    [Fact]
    public void What_was_given_back_cannot_be_read()
    {
        IDisposable source = PageSource.Of("text");
        var part = ((PageSource)source).Memory[1..];

        source.Dispose();
        source.Dispose();

        Assert.Throws<ObjectDisposedException>(() => ((PageSource)source).Characters.Length);
        Assert.Throws<ObjectDisposedException>(() => part.Span.Length);
    }

    private static string Told(string source, TextKind raw = TextKind.None, string name = "", bool cdata = false)
    {
        var tokenizer = new Tokenizer(source.AsMemory()) { AllowsCData = cdata };
        if (raw is not TextKind.None)
            tokenizer.ReadRaw(raw, name);
        var told = new List<string>();
        while (tokenizer.Read() is var kind and not TokenKind.EndOfFile)
        {
            var attributes = tokenizer.Attributes.ToArray().Select(one => $"{one.Name(source)}={one.Value(source)}").ToList();
            var isStart = kind is TokenKind.StartTag;
            told.Add($"{kind}:{source[tokenizer.Start..tokenizer.End]}"
                + (isStart && attributes.Count > 0 ? $"[{string.Join(' ', attributes)}]" : "")
                + (isStart && tokenizer.IsSelfClosing ? "/" : ""));
        }

        return string.Join(' ', told);
    }
}
