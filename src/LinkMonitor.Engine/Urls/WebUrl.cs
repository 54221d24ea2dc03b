using System.Diagnostics.CodeAnalysis;

namespace LinkMonitor.Engine.Urls;

/// <summary>A parsed absolute URL.</summary>
public sealed record WebUrl
{
    private WebUrl(Uri uri) => Href = uri.AbsoluteUri;

    public string Href { get; }

    public string? Host => new Uri(Href).Host;

    public bool IsHttp => Href.StartsWith("http:", StringComparison.Ordinal) || Href.StartsWith("https:", StringComparison.Ordinal);

    public static bool TryParse(string input, [NotNullWhen(true)] out WebUrl? url) => TryParse(input, null, out url);

    public static bool TryParse(string input, WebUrl? baseUrl, [NotNullWhen(true)] out WebUrl? url)
    {
        url = baseUrl is null
            ? Uri.TryCreate(input, UriKind.Absolute, out var absolute) ? new WebUrl(absolute) : null
            : Uri.TryCreate(new Uri(baseUrl.Href), input, out var resolved) ? new WebUrl(resolved) : null;
        return url is not null;
    }

    public Uri ToRequestUri() => new(Href);

    public override string ToString() => Href;
}
