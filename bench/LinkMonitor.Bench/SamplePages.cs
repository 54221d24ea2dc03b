using System.Globalization;
using System.Text;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Bench;

/// <summary>Pages of the shapes that watched links stand on, made up so that the repository carries nobody's text.</summary>
internal static class SamplePages
{
    public static IEnumerable<(string Name, FetchedResponse Response)> All =>
    [
        (
            "article",
            Page(
                "<article><h1>Title</h1>",
                60,
                "<p>Some words about <b>nothing</b>, then <a href=\"/posts/{0}\" rel=\"ugc\">a link {0}</a> and more words.</p>\n")),
        ("link list", Page("<ul>", 3000, "<li><a href=\"https://site-{0}.example/?utm_source=x\">Site <i>{0}</i></a>\n")),
        (
            "table",
            Page("<table>", 2000, "<tr><td class=\"a b\">{0}<td><a href='../x/{0}'><img alt='Row {0}' src=x></a><td>&amp;copy; {0}\n")),
        ("comments", Page("", 1500, "<div class=comment id=c{0}><span>{0}</span><div><p>Text of the comment<br>with lines</div></div>\n")),
        ("scripts", Page("", 300, "<script>var x = '<a href=/no>{0}</a>'; /* a line of script that is no markup */</script><p>{0}\n")),
    ];

    private static FetchedResponse Page(string start, int times, string part)
    {
        var format = CompositeFormat.Parse(part);
        var html = new StringBuilder("<!doctype html><html><head><title>Page</title><meta charset=utf-8></head><body>").Append(start);
        for (var i = 0; i < times; i++)
            html.AppendFormat(CultureInfo.InvariantCulture, format, i);
        var url = WebUrl.TryParse("https://blog.example/", out var parsed)
            ? parsed
            : throw new InvalidOperationException("The sample's URL is not valid.");
        return new FetchedResponse
        {
            Url = url,
            FinalUrl = url,
            StartedAt = DateTimeOffset.UnixEpoch,
            Status = 200,
            Headers = new ResponseHeaders([KeyValuePair.Create("Content-Type", "text/html; charset=utf-8")]),
            Body = Encoding.UTF8.GetBytes(html.ToString()),
        };
    }
}
