using LinkMonitor.Engine.Reading.Tokens;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Reading;

/// <summary>Character references that the tokenizer by itself reads otherwise than browsers.</summary>
public sealed class CharacterReferenceTests
{
    [Theory]
    [InlineData("?a=1&;b=2", "?a=1&;b=2")]
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

    [Theory]
    [InlineData("&copy", "©", "©")]
    [InlineData("&copy=1", "©=1", "&copy=1")]
    [InlineData("&copy1", "©1", "&copy1")]
    [InlineData("&copy;=1", "©=1", "©=1")]
    [InlineData("&notit;", "¬it;", "&notit;")]
    [InlineData("&notin;", "∉", "∉")]
    [InlineData("&CounterClockwiseContourIntegral;x", "∳x", "∳x")]
    [InlineData("&NotEqualTilde;", "≂̸", "≂̸")]
    [InlineData("&bogus;&am", "&bogus;&am", "&bogus;&am")]
    [InlineData("&#x80;&#0;&#xD800;&#x110000;", "€\uFFFD\uFFFD\uFFFD", "€\uFFFD\uFFFD\uFFFD")]
    public void An_old_name_without_a_semicolon_is_part_of_a_query_in_an_attribute(string source, string text, string attribute) =>
        Assert.Equal((text, attribute), (CharacterReferences.Read(source, isAttribute: false), CharacterReferences.Read(source, true)));
}
