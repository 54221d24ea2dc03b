using System.Text;
using LinkMonitor.Answers;

namespace LinkMonitor.Tests.Answers;

public sealed class NoPageTests
{
    [Theory]
    [InlineData("", "It is empty")]
    [InlineData(" \r\n\t", "It is empty")]
    [InlineData("%PDF-1.7 <a href=x>", "a PDF")]
    [InlineData("GIF89a", "an image")]
    [InlineData("<svg xmlns='x'><a/></svg>", "an image")]
    [InlineData("PK\u0003\u0004", "an archive")]
    [InlineData("{\"a\":\"<b>\"}", "JSON")]
    [InlineData("[1, 2]", "JSON")]
    [InlineData("MIME-Version: 1.0\r\n<html>", "web archive")]
    [InlineData("<?xml version='1.0'?><rss version='2.0'></rss>", "XML that begins with <rss>")]
    [InlineData("<?xml version='1.0'?>\n<!-- a -->\n<feed>", "XML that begins with <feed>")]
    [InlineData("Only words, 1 < 2", "not a single tag")]
    [InlineData("<p>\0\0", "It is no text")]
    public void What_is_no_page_is_told_by_its_kind(string document, string said) =>
        Assert.Contains(said, NoPage.WhyNot(Encoding.Latin1.GetBytes(document)), StringComparison.Ordinal);

    [Theory]
    [InlineData("<!doctype html><title>x</title>")]
    [InlineData("\uFEFF  <p>x")]
    [InlineData("<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>")]
    [InlineData("{{ a template }}<p>x</p>")]
    [InlineData("words first, <b>then</b> tags")]
    public void What_may_be_a_page_is_taken(string document) => Assert.Null(NoPage.WhyNot(Encoding.UTF8.GetBytes(document)));

    [Fact]
    public void A_page_in_two_bytes_a_character_is_taken_and_an_image_is_not()
    {
        Assert.Null(NoPage.WhyNot([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<p>x")]));
        Assert.Contains("an image", NoPage.WhyNot([0x89, 0x50, 0x4E, 0x47, 0, 0]), StringComparison.Ordinal);
    }
}
