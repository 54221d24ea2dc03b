using LinkMonitor.Wording;

namespace LinkMonitor.Tests.Wording;

public sealed class ReadableHostTests
{
    [Theory]
    [InlineData("xn--bcher-kva.example", "bücher.example")]
    [InlineData("www.XN--bcher-kva.example", "www.bücher.example")]
    [InlineData("xn--e1afmkfd.example", "пример.example")]
    [InlineData("xn--hxajbheg2az3al.example", "παράδειγμα.example")]
    [InlineData("xn--fiqs8s.example", "中国.example")]
    [InlineData("xn--r8jz45g.example", "例え.example")]
    [InlineData("xn--3e0b707e.example", "한국.example")]
    [InlineData("xn--mgbh0fb.example", "مثال.example")]
    [InlineData("xn--e1afmkfd.xn--p1ai", "пример.рф")]
    public void A_name_of_one_script_is_read_in_it(string host, string read) => Assert.Equal(read, ReadableHost.Of(host));

    [Theory]
    [InlineData("аррӏе.com")]
    [InlineData("аррӏе.example.com")]
    [InlineData("аpple.com")]
    [InlineData("googlе.com")]
    [InlineData("рaypal.bücher.example")]
    [InlineData("ορο.example")]
    [InlineData("όρο.example")]
    [InlineData("їўё.example")]
    [InlineData("日本a.example")]
    [InlineData("ノa.example")]
    [InlineData("ひら한국.example")]
    [InlineData("ıstanbul.example")]
    [InlineData("ქართული.example")]
    [InlineData("مثال.123.example")]
    [InlineData("з.example")]
    public void What_may_be_taken_for_another_name_stays_as_it_is(string name)
    {
        // As they may stand in ASCII: in Unicode a browser would not take all of them.
        var host = string.Join('.', name.Split('.').Select(label => LinkMonitor.Engine.Unicode.IdnName.ToAscii(label, isHost: true)!));

        Assert.StartsWith(
            "xn--", host.Split('.').First(label => label.StartsWith("xn--", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(host, ReadableHost.Of(host));
    }

    /// <summary>Below a top level of its own script a name of look-alikes is what it seems.</summary>
    [Fact]
    public void Look_alikes_are_read_below_a_top_level_of_their_script()
    {
        var host = LinkMonitor.Engine.Unicode.IdnName.ToAscii("оса.рф", isHost: true)!;

        Assert.Equal("оса.рф", ReadableHost.Of(host));
    }

    [Theory]
    [InlineData("")]
    [InlineData("example.org")]
    [InlineData("xn--.example")]
    [InlineData("xn--a.example")]
    [InlineData("xn--999999999.example")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public void What_is_no_such_name_stays(string host) => Assert.Equal(host, ReadableHost.Of(host));

    [Theory]
    [InlineData(
        "The domain name xn--bcher-kva.example no longer exists.", "The domain name bücher.example no longer exists.")]
    [InlineData("https://xn--bcher-kva.example:8080/xn--bcher-kva", "https://bücher.example:8080/xn--bcher-kva")]
    [InlineData("https://example.org/?to=xn--bcher-kva.example", "https://example.org/?to=xn--bcher-kva.example")]
    [InlineData("'xn--bcher-kva.example' and (xn--pple-43d.com)", "'bücher.example' and (xn--pple-43d.com)")]
    public void Hosts_in_a_text_are_read(string text, string read) => Assert.Equal(read, ReadableHost.In(text));

    [Fact]
    public void Pages_show_the_name_and_keep_the_rest_of_the_url()
    {
        var url = LinkMonitor.Tests.Alerts.Composing.Sample.Url("https://bücher.example:8443/a%20b/%E6%97%A5");

        Assert.Equal("bücher.example:8443/a%20b/日", WebText.ShortUrl(url, 70, showsHost: true));
        Assert.Equal("https://bücher.example:8443/a%20b/日", WebText.Readable(url.Href));
        Assert.Equal("bücher.example", WebText.ShortHost(url.Host!, 60));
        Assert.Equal("bücher.example is gone", WebText.Said("xn--bcher-kva.example is gone", 60));
    }
}

/// <summary><see cref="FieldLabels"/>: forms and the log of what was done call a field the same.</summary>
public sealed class FieldLabelsTests
{
    [Theory]
    [InlineData("senderName", "Sender name of mails", "sender name of mails")]
    [InlineData("placement", "Placement", "placement")]
    [InlineData("indexable", "May be indexed", "may be indexed")]
    [InlineData("anchor", "Text of the anchor", "text of the anchor")]
    public void A_field_has_one_label(string field, string form, string log)
    {
        Assert.Equal(form, new LinkMonitor.Dashboard.FormErrors().Named(field).Label);
        Assert.Equal($"Changed {log} of the link", LinkMonitor.Auditing.AuditWords.Readable($"Changed {field} of the link"));
    }

    [Fact]
    public void A_field_of_none_of_our_forms_has_none() => Assert.Null(FieldLabels.Find("nothing"));
}
