using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace LinkMonitor.Wording;

/// <summary>
/// HTML that is safe by construction: <see cref="Of"/> encodes every value put into its text unless it is <see cref="Markup"/> itself, so
/// that forgetting to encode is not possible.
/// </summary>
internal readonly record struct Markup(string Html)
{
    public static Markup Empty { get; } = new("");

    public static Markup Of(MarkupHandler html) => new(html.ToString());

    public static Markup Join(IEnumerable<Markup> parts) => new(string.Concat(parts.Select(part => part.Html)));

    /// <summary>A link where the URL is http or https and not absurdly long, and plain text otherwise.</summary>
    public static Markup Anchor(string url, string text, string style = "color:#0b57d0;") =>
        url.Length <= 4_000 && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? Of($"""<a href="{url}" class="link" style="{style}">{text}</a>""")
            : Of($"{text}");
}

/// <summary>Builds <see cref="Markup"/> from an interpolated string: the literal parts are HTML, the holes are text.</summary>
[InterpolatedStringHandler]
internal readonly struct MarkupHandler(int literalLength, int formattedCount)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _html = new(literalLength + (formattedCount * 16));

    public void AppendLiteral(string html) => _html.Append(html);

    public void AppendFormatted(string text) => _html.Append(Encoder.Encode(text));

    public void AppendFormatted(Markup markup) => _html.Append(markup.Html);

    public override string ToString() => _html.ToString();
}
