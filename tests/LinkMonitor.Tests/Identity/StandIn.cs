using System.Runtime.CompilerServices;
using System.Text;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Identity;

/// <summary>An answer that stands in a page's place: a file of the folder InPlace, whose first line may say how it is led to.</summary>
internal sealed record StandIn(string Name, string Html, IReadOnlyDictionary<string, string> Case)
{
    public static readonly IReadOnlyList<StandIn> All =
        [.. Directory.GetFiles(Folder(), "*.html").Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>By itself it looks like a page, and only who knew the page before can tell.</summary>
    public bool LooksLikePage => Case.GetValueOrDefault("alone") == "page";

    /// <summary>The answer in the place of a page.</summary>
    public FetchedResponse Answer(SampleSite page)
    {
        var html = Fill(Html, page);
        string[] headers = Case.TryGetValue("cookie", out var cookie) ? [$"Set-Cookie: {cookie}=1; Path=/"] : [];
        var answer = PageAnswer.Html(
            html, headers) with
        {
            Url = PageAnswer.Url(SampleSite.Page),
            FinalUrl = PageAnswer.Url(SampleSite.Page),
        };
        if (!Case.TryGetValue("redirect", out var way))
            return answer;
        var url = Fill(way, page);
        return answer with
        {
            FinalUrl = PageAnswer.Url(url.StartsWith('/') ? "https://blog.example.net" + url : url),
            Redirects = [new Redirect(PageAnswer.Url(SampleSite.Page), 302)],
        };
    }

    private static string Fill(string text, SampleSite page)
    {
        var url = PageAnswer.Url(SampleSite.Page);
        return text
            .Replace("{{title}}", page.Title, StringComparison.Ordinal)
            .Replace("{{heading}}", page.Heading, StringComparison.Ordinal)
            .Replace("{{menu}}", page.Menu, StringComparison.Ordinal)
            .Replace("{{opening}}", page.Opening, StringComparison.Ordinal)
            .Replace("{{path}}", url.Path, StringComparison.Ordinal)
            .Replace("{{url}}", Uri.EscapeDataString(url.Href), StringComparison.Ordinal)
            .Replace("{{base64}}", Convert.ToBase64String(Encoding.UTF8.GetBytes(url.Href)), StringComparison.Ordinal);
    }

    private static StandIn Read(string path)
    {
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        const string Mark = "<!--case ";
        if (!text.StartsWith(Mark, StringComparison.Ordinal))
            return new StandIn(Path.GetFileNameWithoutExtension(path), text, new Dictionary<string, string>());
        var end = text.IndexOf("-->", StringComparison.Ordinal);
        var parts = text[Mark.Length..end].Split(' ').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        return new StandIn(Path.GetFileNameWithoutExtension(path), text[(end + 4)..], parts);
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "InPlace");
}
