using LinkMonitor.Engine.Reading;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Reading;

/// <summary>Character references that the tokenizer by itself reads otherwise than browsers.</summary>
public sealed class CharacterReferenceTests
{
    [Theory]
    [InlineData("&;", "&;")]
    [InlineData("a=1&;b=2", "a=1&;b=2")]
    [InlineData("&amp;;", "&;")]
    [InlineData("&;&;&amp;", "&;&;&")]
    [InlineData("&&;", "&&;")]
    [InlineData("&#;", "&#;")]
    [InlineData("&x;", "&x;")]
    [InlineData("&#x100000041;", "\uFFFD")]
    [InlineData("&#4294967361;", "\uFFFD")]
    [InlineData("&#4294967361 b", "\uFFFD b")]
    [InlineData("&#xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF;x", "\uFFFDx")]
    [InlineData("&#x110000;", "\uFFFD")]
    [InlineData("&#1114112;", "\uFFFD")]
    [InlineData("&#x10FFFD;", "\U0010FFFD")]
    [InlineData("&#x00000000000000000041;", "A")]
    [InlineData("&#000000000000000000065;", "A")]
    [InlineData("&#X41;&#65;", "AA")]
    public void A_reference_reads_as_in_browsers_in_text_and_attribute(string source, string expected)
    {
        var link = Assert.Single(PageAnswer.Read($"<!doctype html><a href=\"#{source}\">{source}</a>").Links);

        Assert.Equal((expected, "#" + expected), (link.Anchor, link.Href));
    }

    [Fact]
    public void A_page_without_such_numbers_is_not_copied()
    {
        const string html = "<p>&#65;&#x41;&amp;#4294967361;";

        Assert.Same(html, CharacterReferences.WithoutOverflow(html));
    }
}
