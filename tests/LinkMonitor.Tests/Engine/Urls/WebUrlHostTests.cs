using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Urls;

public sealed class WebUrlHostTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("127.1", "127.0.0.1")]
    [InlineData("127.0.1", "127.0.0.1")]
    [InlineData("0177.0.0.01", "127.0.0.1")]
    [InlineData("0x7f.0X0.0x.1", "127.0.0.1")]
    [InlineData("2130706433", "127.0.0.1")]
    [InlineData("0x7F000001", "127.0.0.1")]
    [InlineData("017700000001", "127.0.0.1")]
    [InlineData("127.0.0.1.", "127.0.0.1")]
    [InlineData("0", "0.0.0.0")]
    [InlineData("4294967295", "255.255.255.255")]
    [InlineData("1.2.65535", "1.2.255.255")]
    [InlineData("%31２７.1", "127.0.0.1")]
    [InlineData("a8.9.16.fe", "a8.9.16.fe")]
    [InlineData("1.2.3.4..", "1.2.3.4..")]
    public void Ipv4_is_read_in_every_form_browsers_read(string host, string expected) => Assert.Equal(expected, HostOf(host));

    [Theory]
    [InlineData("4294967296")]
    [InlineData("0x100000000")]
    [InlineData("99999999999999999999999999999999999")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.65536")]
    [InlineData("256.1")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1..2")]
    [InlineData("08")]
    [InlineData("a.1")]
    [InlineData("a.0x")]
    [InlineData("a.08")]
    public void A_host_that_ends_in_a_number_is_an_address_or_nothing(string host) => Assert.Null(HostOf(host));

    [Theory]
    [InlineData("[::]", "[::]")]
    [InlineData("[0:0:0:0:0:0:0:1]", "[::1]")]
    [InlineData("[1:0:0:2:0:0:0:3]", "[1:0:0:2::3]")]
    [InlineData("[1:0:0:2:3:0:0:4]", "[1::2:3:0:0:4]")]
    [InlineData("[1:0:2:3:4:5:6:7]", "[1:0:2:3:4:5:6:7]")]
    [InlineData("[1:2:3:4:5:6:7::]", "[1:2:3:4:5:6:7:0]")]
    [InlineData("[0:0:0:1:0:0:0:0]", "[0:0:0:1::]")]
    [InlineData("[00AB::F]", "[ab::f]")]
    [InlineData("[::ffff:127.0.0.1]", "[::ffff:7f00:1]")]
    [InlineData("[64:ff9b::10.0.0.255]", "[64:ff9b::a00:ff]")]
    public void Ipv6_is_compressed(string host, string expected) => Assert.Equal(expected, HostOf(host));

    [Theory]
    [InlineData("[]")]
    [InlineData("[:]")]
    [InlineData("[:::]")]
    [InlineData("[1]")]
    [InlineData("[:1::]")]
    [InlineData("[1::2::3]")]
    [InlineData("[1:2:3:4:5:6:7:8:9]")]
    [InlineData("[1:2:3:4::5:6:7:8]")]
    [InlineData("[1:2:3:4:5:6:7:8:]")]
    [InlineData("[00001::]")]
    [InlineData("[g::]")]
    [InlineData("[::1%25eth0]")]
    [InlineData("[::127.0.0]")]
    [InlineData("[::127.0.0.256]")]
    [InlineData("[::127.0.0.01]")]
    [InlineData("[::1.2.3.4.5]")]
    [InlineData("[::1.2.3.4:5]")]
    [InlineData("[1.2.3.4::]")]
    [InlineData("[1:2:3:4:5:6:7:1.2.3.4]")]
    [InlineData("[::1")]
    [InlineData("::1]")]
    [InlineData("[::1]x")]
    [InlineData("x[::1]")]
    public void Malformed_ipv6_is_no_host(string host) => Assert.Null(HostOf(host));

    [Theory]
    [InlineData("EXAMPLE.Com", "example.com")]
    [InlineData("ex%41mple.com", "example.com")]
    [InlineData("a_b.-c-.d", "a_b.-c-.d")]
    [InlineData("a..b.", "a..b.")]
    [InlineData("a!$&'()*+,;=b{}~`\"", "a!$&'()*+,;=b{}~`\"")]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("B%C3%9CCHER.example", "xn--bcher-kva.example")]
    [InlineData("xn--BCHER-kva.ü", "xn--bcher-kva.xn--tda")]
    [InlineData("ü..example", "xn--tda..example")]
    [InlineData(".ü。.EXAMPLE.", ".xn--tda..example.")]
    [InlineData("faß.de", "xn--fa-hia.de")]
    [InlineData("FAẞ.de", "xn--fa-hia.de")]
    [InlineData("STRAẞE.example", "xn--strae-oqa.example")]
    [InlineData("日本語。jp", "xn--wgv71a119e.jp")]
    [InlineData("a.א", "a.xn--4db")]
    [InlineData("-ü-", "xn-----xka")]
    [InlineData("aü--b.x", "xn--a--b-0ra.x")]
    [InlineData("क्\u200Dष.example", "xn--11b2ezcw70k.example")]
    [InlineData("\U0001CCD6.example", "a.example")]
    [InlineData("\uA7CB.example", "xn--3na.example")]
    [InlineData("ex\u00ADample.com", "example.com")]
    [InlineData("xn--pokxncvks", "xn--pokxncvks")]
    public void Domains_become_lower_case_ascii(string host, string expected) => Assert.Equal(expected, HostOf(host));

    [Theory]
    [InlineData("a b")]
    [InlineData("a%20b")]
    [InlineData("a%00b")]
    [InlineData("a%2fb")]
    [InlineData("a%3Ab")]
    [InlineData("a%25b")]
    [InlineData("a%zz")]
    [InlineData("a<b")]
    [InlineData("a^b")]
    [InlineData("a|b")]
    [InlineData("a\u007Fb")]
    [InlineData("a\u0001b")]
    [InlineData("%c3.example")]
    [InlineData("\u00AD")]
    [InlineData("ü<b")]
    [InlineData("ü%2Fb")]
    [InlineData("xn--iñvalid.com")]
    [InlineData("xn--a.ü")]
    [InlineData("xn--.ü")]
    [InlineData("xn--99999999999.ü")]
    [InlineData("١.example")]
    [InlineData("אa.example")]
    [InlineData("ü\u200Cb")]
    [InlineData("\u0300ü")]
    [InlineData("<\u0338")]
    public void A_forbidden_character_or_an_invalid_name_is_no_host(string host) => Assert.Null(HostOf(host));

    [Fact]
    public void A_unicode_name_too_long_for_dns_is_refused_before_it_costs_anything() => Assert.Null(HostOf(new string('ü', 5_000_000)));

    [Fact]
    public void An_ascii_name_may_be_as_long_as_it_likes()
    {
        var name = new string('a', 300);

        Assert.Equal(name, HostOf(name));
    }

    [Theory]
    [InlineData("foo://EX%41mple é/", null)]
    [InlineData("foo://EX%41mpleé/", "EX%41mple%C3%A9")]
    [InlineData("foo://127.1/", "127.1")]
    [InlineData("foo://[0::1]/", "[::1]")]
    [InlineData("foo://a^b/", null)]
    [InlineData("foo://a\u0001b/", "a%01b")]
    [InlineData("foo:///", "")]
    [InlineData("foo:/x", null)]
    public void Hosts_of_other_schemes_are_opaque(string input, string? expected)
    {
        var url = TestUrls.ParseOrNull(input);

        Assert.Equal(expected, url?.Host);
    }

    private static string? HostOf(string host)
    {
        var url = TestUrls.ParseOrNull($"http://{host}/");
        return url?.Host;
    }
}
