using System.Text.RegularExpressions;

namespace LinkMonitor.Tests.Engine.Urls;

/// <summary>
/// URL strings put together from pieces that have broken URL parsers, always the same ones. Left out on purpose is where Node 20 is known
/// to differ. It follows an older text of the standard: <c>^</c> in a path (now escaped), a space right before <c>?</c> or <c>#</c> (now
/// escaped in an opaque path) and Punycode that decodes to nothing (now kept). It strays from the standard: a reference with a <c>#</c> in
/// its middle on an opaque base (no URL), a reference that is only a fragment on a base with an empty query (which stays), and <c>..</c> in
/// a file URL after a segment that only begins like a drive letter (which goes). Our known limits, told at DomainName: non-ASCII hosts are
/// such as every Unicode version since 13 maps alike and DNS could carry. All but the last have table tests.
/// </summary>
internal sealed partial class HostileUrlInputs(int seed)
{
    private static readonly string[] Schemes =
    [
        "http:", "https:", "HTTP:", "hTtPs:", "ws:", "wss:", "ftp:", "file:", "FILE:", "mailto:", "javascript:", "foo:", "a+b-c.d:",
        "1http:", "ht tp:", ":", "",
    ];

    private static readonly string[] Slashes = ["//", "//", "//", "/", "", "\\\\", "/\\", "///", "\\", "////", "/\t/"];

    private static readonly string[] Credentials =
    [
        "", "", "", "", "u@", "u:p@", ":@", ":p@", "@", "u:p:q@", "a@b@", "é:ß@", "u%40:%3a@", "u|^[]:;=@", "u\\@", "'\"`{}<>@", "%@",
        "u /@",
    ];

    private static readonly string[] Hosts =
    [
        "example.com", "EXAMPLE.Com", "a", "a.", "a..b", ".", "..", ".a", "-a-.b", "a_b", "a%20b", "a b", "%41.com", "%zz", "a%2fb",
        "a%00b", "a<b", "a>b", "a|b", "a^b", "a!$&'()*+,;=b", "a{b}", "a`b", "a\"b", "a~b", "a\u007Fb", "a\u0001b", "localhost",
        "LOCALHOST", "loc%61lhost", "C|", "c:", "C|a", "127.0.0.1", "127.1", "127.0.1", "0x7f.1", "0X7F.0x0.0x00.1", "017700000001",
        "0177.0.0.1", "2130706433", "0", "00", "0x", "0x.0x", "4294967295", "4294967296", "99999999999999999999", "256.1", "1.256",
        "1.2.256", "1.2.3.256", "1.2.3.4.5", "1.2.3.4.", "1.2.3.4..", "1..2", "08", "09.1", "0xg", "1.0xg", "a.1", "a.0x1", "a.08", "1.a",
        "a.1a", "192.168.257", "1e3", "+1", "-1", "1.2.3.-4", "%31%32%37.1", "１２７.1", "①.2", "0x7F000001.", "[::1]", "[::]", "[1::]",
        "[1:2:3:4:5:6:7:8]", "[1:0:0:2:0:0:0:3]", "[1:0:0:2:3:0:0:4]", "[0:0:1:0:0:1:0:0]", "[::ffff:1.2.3.4]", "[::FFFF:0:0]",
        "[::1.2.3.4]", "[1::2::3]", "[:::1]", "[:1]", "[1:]", "[1:2:3:4:5:6:7]", "[1:2:3:4:5:6:7:8:9]", "[1:2:3:4:5:6:7::]",
        "[::2:3:4:5:6:7:8]", "[::1:2:3:4:5:6:7:8]", "[00001::]", "[0001::]", "[g::]", "[::1%eth0]", "[::1%25eth0]", "[1.2.3.4]",
        "[::1.2.3]", "[::1.2.3.256]", "[::01.2.3.4]", "[::1.2.3.4.5]", "[::1.2.3.4:5]", "[1:2:3:4:5:6:1.2.3.4]", "[1:2:3:4:5:6:7:1.2.3.4]",
        "[::1", "::1]", "[]", "[::1]a", "a[::1]", "[[::1]]", "[::.1.2.3]", "faß.de", "bücher.example", "BÜCHER.example", "日本語。jp", "日本語．ＪＰ",
        "☕.example", "пример.рф", "xn--bcher-kva.example", "XN--BCHER-KVA.Example", "xn--fa-hia.de", "%C3%BC.example", "%c3.example",
        "ü%2eexample", "ex\u00ADample.com", "a\uFEFFb.com", "\u00AD", "\uFFFD.com", "Ⅷ.com", "ﬃ.com", "ｅｘ．com", "a\u3002b", "⒈com", "💩.la",
        "≠.com", "a\u200Bb.com", "\u0378.com", "ü<b", "ü%25", "ü b.com", "",
    ];

    private static readonly string[] Ports =
    [
        "", "", "", "", ":", ":80", ":443", ":21", ":0", ":00080", ":65535", ":65536", ":99999999999", ":8a", ":-1", ": 80", ":8\t0",
        ":80:80", ":+8",
    ];

    private static readonly string[] Segments =
    [
        "", "", "a", "b", ".", "..", "%2e", "%2E", ".%2e", "%2e.", "%2E%2e", "%2e%2", "...", "..a", "a..", ". .", "C|", "C:", "c|", "D:x",
        "%43|", "é", "日本", "💩", "%", "%4", "%zz", "%41", "%c3%a9", "%00", "%2F", "%5c", "a b", "a\tb", "a\nb", "a\r\nb", "\"<>`{}",
        "'|~[]",
        "!$&()*+,;=:@", "\u0001\u001F", "\u007F", "\u0080\u009F", "\u00A0", "//x", "@x",
    ];

    private static readonly string[] Tails =
    [
        "", "", "", "?", "#", "?#", "?x=1", "?x='y'", "?q=\"<>`{}|~\\/[]^", "??", "?a?b#c#d", "?é=ß", "?%zz%41%e9", "?a b", "?a\tb", "#é",
        "#a b", "#\"<>`{}|^'", "##", "#%zz", "?\u0001\u007F",
        "#\u0001\u007F", "?💩#💩", "?/../x", "#/../x", "?x#", "\n?x",
    ];

    private static readonly string[] Edges = ["", "", "", "", " ", "\n", "\u0000", "\u001F ", "\t"];

    private static readonly string[] Soup =
    [
        ":", "/", "//", "\\", "@", "?", "#", ".", "..", "%2e", "%2e%2e", "%", "[", "]", "::", "1", "0x", "a", "C|", "C:", "http:",
        "https:", "file:", "foo:", "mailto:", " a", "\t", "\n", "-", "_", "~", "!",
        "$", "&", "'", "(", "*", "+", ",", ";", "=", "|", "`", "{", "\"", "<", "?é", "#é", "80", "localhost", "[::1]", "127.1",
    ];

    private static readonly string[] Bases =
    [
        "http://example.com/a/b/c?q#f", "https://u:p@h:8080/x/y", "http://h", "http://h/?q", "file:///C:/d/e?q", "file:///a/b",
        "file://host/C:/x/", "file:///", "mailto:a@b?c", "data:x", "foo://h/p/q?r#s",
        "foo:/a/b", "foo:///a", "foo://h/", "foo:/.//p", "ws://w/p?q", "ftp://u@f:2121/d/", "about:blank",
    ];

    private readonly Random _random = new(seed);

    /// <summary>Inputs with the base they are resolved against, or null.</summary>
    public IReadOnlyList<(string Input, string? Base)> Take(int count)
    {
        var inputs = new HashSet<(string, string?)>();
        foreach (var host in Hosts)
            foreach (var scheme in (string[])["http://", "file://", "foo://"]) inputs.Add((scheme + host + "/p", null));

        while (inputs.Count < count)
        {
            var input = _random.Next(3) == 0 ? Soups() : Structured();
            var baseUrl = _random.Next(2) == 0 ? null : Pick(Bases);
            if (!IsReadDifferentlyByNode(input, baseUrl)) inputs.Add((input, baseUrl));
        }

        return [.. inputs];
    }

    private static bool IsReadDifferentlyByNode(string input, string? baseUrl)
    {
        var text = string.Concat(input.Where(static c => c is not ('\t' or '\n' or '\r')));
        var path = text.Split('?', '#')[0];
        if (path.Contains('^', StringComparison.Ordinal) || (path.Length < text.Length && path.EndsWith(' '))) return true;
        if (text.Contains("..", StringComparison.Ordinal) || text.Contains("%2e", StringComparison.OrdinalIgnoreCase))
            if (DriveLikeSegment().IsMatch(path) && (baseUrl + text).Contains("file:", StringComparison.OrdinalIgnoreCase)) return true;
        return baseUrl?.Contains('/', StringComparison.Ordinal) == false && text.IndexOf('#', StringComparison.Ordinal) > 0;
    }

    [GeneratedRegex(@"[/\\:][a-z]:[^/\\]|[/\\:][^/\\]{2,}:[/\\]", RegexOptions.IgnoreCase)]
    private static partial Regex DriveLikeSegment();

    private string Structured()
    {
        var path = string.Concat(Enumerable.Range(0, _random.Next(5)).Select(_ => Pick(["/", "/", "/", "\\"]) + Pick(Segments)));
        var start = _random.Next(3) == 0 ? Pick(Segments) : Pick(Schemes) + Pick(Slashes) + Pick(Credentials) + Pick(Hosts) + Pick(Ports);
        return Pick(Edges) + start + path + Pick(Tails) + Pick(Edges);
    }

    private string Soups() => string.Concat(Enumerable.Range(0, 1 + _random.Next(9)).Select(_ => Pick(Soup)));

    private string Pick(string[] pieces) => pieces[_random.Next(pieces.Length)];
}
