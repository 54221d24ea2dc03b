using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace LinkMonitor.Views;

/// <summary>A state as shape, word and colour: each tells it alone.</summary>
public static class States
{
    private const int OneLine = 28;

    private static readonly SearchValues<char> Between = SearchValues.Create(":/.?&=#");

    private static readonly Dictionary<string, string> Shapes = new(StringComparer.Ordinal)
    {
        ["live"] = "M2.5 8.5l3.5 3.5L13.5 4",
        ["changed"] = "M8 2.5l6 11H2zM8 6.5v3M8 11.5v.2",
        ["lost"] = "M3.5 3.5l9 9M12.5 3.5l-9 9",
        ["not-found"] = "M3.5 3.5l9 9M12.5 3.5l-9 9",
        ["unreachable"] = "M5 5.5a3 3 0 1 1 4.4 2.6C8.4 8.6 8 9.2 8 10M8 13v.2",
        ["unknown"] = "M5 5.5a3 3 0 1 1 4.4 2.6C8.4 8.6 8 9.2 8 10M8 13v.2",
        ["pending"] = "M8 4v4l2.5 2M8 14A6 6 0 1 1 8 2a6 6 0 0 1 0 12z",
    };

    /// <summary>The words of a state on the wire, for example <c>not found</c>.</summary>
    public static string Words(string state) => state switch
    {
        "unknown" => "could not tell",
        _ => state.Replace('-', ' '),
    };

    /// <summary>The shape of a state; it says nothing to a screen reader, so its word stands beside it.</summary>
    public static IHtmlContent Shape(string state) => new HtmlString(
        $"<svg class=\"i\" viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path "
            + $"d=\"{Shapes.GetValueOrDefault(state, Shapes["unknown"])}\"/></svg>");

    /// <summary>A URL that a line may end in between its parts, where it is too long for one line.</summary>
    public static IHtmlContent Address(string words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var html = Isolated(words);
        return new HtmlString(words.Length <= OneLine ? html
            : html.Replace("/", "/<wbr>", StringComparison.Ordinal).Replace("</<wbr>", "</", StringComparison.Ordinal)
                .Replace("?", "<wbr>?", StringComparison.Ordinal).Replace("&amp;", "<wbr>&amp;", StringComparison.Ordinal));
    }

    /// <summary>A URL on one line, or within a sentence.</summary>
    public static IHtmlContent Url(string words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return new HtmlString(Isolated(words));
    }

    /// <summary>A name or an e-mail address, which breaks between its parts.</summary>
    public static IHtmlContent Mailbox(string words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var html = HtmlEncoder.Default.Encode(words).Replace("@", "<wbr>@", StringComparison.Ordinal).Replace(
            ".", ".<wbr>", StringComparison.Ordinal);
        return new HtmlString(Ascii.IsValid(words) ? html : $"<bdi>{html}</bdi>");
    }

    /// <summary>A name that people gave: nothing around it is turned by it.</summary>
    public static IHtmlContent Name(string words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var html = HtmlEncoder.Default.Encode(words);
        return new HtmlString(Ascii.IsValid(words) ? html : $"<bdi>{html}</bdi>");
    }

    /// <summary>A sentence of ours with what others wrote in quotes: what is in the quotes turns nothing around them.</summary>
    public static IHtmlContent Quoting(string? words)
    {
        var html = HtmlEncoder.Default.Encode(words ?? "");
        if (words is null || Ascii.IsValid(words))
            return new HtmlString(html);
        var parts = words.Split('“');
        var text = new StringBuilder(HtmlEncoder.Default.Encode(parts[0]));
        foreach (var part in parts[1..])
        {
            var end = part.LastIndexOf('”') is >= 0 and var close ? close : part.Length;
            text.Append('“').Append(Name(part[..end])).Append(HtmlEncoder.Default.Encode(part[end..]));
        }

        return new HtmlString(text.ToString());
    }

    // Each part by itself: beside one that is read from the right, numbers and slashes would change their places.
    private static string Isolated(string words)
    {
        if (Ascii.IsValid(words))
            return HtmlEncoder.Default.Encode(words);
        var html = new StringBuilder();
        for (var at = 0; at < words.Length;)
        {
            var length = words.AsSpan(at).IndexOfAny(Between) is >= 0 and var end ? end : words.Length - at;
            var part = words.Substring(at, length);
            var encoded = HtmlEncoder.Default.Encode(part);
            html.Append(Ascii.IsValid(part) ? encoded : $"<bdi>{encoded}</bdi>");
            if ((at += length) < words.Length)
                html.Append(HtmlEncoder.Default.Encode(words[at++].ToString()));
        }

        return html.ToString();
    }

    /// <summary>Shape and word in the state's colour.</summary>
    /// <param name="state">A state of ours, on the wire: it is not encoded.</param>
    public static IHtmlContent Tag(string state) => new HtmlString($"<span class=\"s {state}\">{Shape(state)}{Words(state)}</span>");
}
