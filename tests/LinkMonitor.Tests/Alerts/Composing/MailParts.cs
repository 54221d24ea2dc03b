using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using LinkMonitor.Alerts.Letters;

namespace LinkMonitor.Tests.Alerts.Composing;

/// <summary>
/// What a mail has of its own: the lines and the pieces of HTML that no other of some mails has. Of lines that differ only by a number, as
/// those of many links, the first stands for all.
/// </summary>
internal static partial class MailParts
{
    public static string Of(string name, AlertMail mail, IReadOnlyCollection<AlertMail> others)
    {
        var text = new StringBuilder($"=== {name}\nSubject: {mail.Subject}\n");
        Add(text, Lines(mail.Text), others.SelectMany(other => Lines(other.Text)));
        text.Append("-- summary\n").Append(SummaryText.Of(mail.Summary));

        // What the text says too is not said again.
        var flat = Flat(mail.Text);
        text.Append("-- only in the HTML\n");
        Add(
            text,
            Pieces(mail.Html).Where(piece => piece.StartsWith('<') || !flat.Contains(piece, StringComparison.Ordinal)),
            others.SelectMany(other => Pieces(other.Html)));
        return text.Append('\n').ToString();
    }

    /// <summary>What the HTML says and the text does not.</summary>
    public static IEnumerable<string> OnlyInHtml(AlertMail mail)
    {
        var flat = Flat(mail.Text);
        return Pieces(mail.Html).Where(piece => !piece.StartsWith('<') && !flat.Contains(piece, StringComparison.Ordinal)).Distinct();
    }

    private static void Add(StringBuilder text, IEnumerable<string> parts, IEnumerable<string> others)
    {
        var known = others.ToHashSet(StringComparer.Ordinal);
        foreach (var part in parts.Where(part => !known.Contains(part)).DistinctBy(part => Number().Replace(part, "#")))
            text.Append(part).Append('\n');
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0);

    // Where a tag leads is in the text; the pieces say how it looks.
    private static IEnumerable<string> Pieces(string html) => Piece().Matches(html).Select(piece => piece.Value)
        .Select(piece => piece.StartsWith('<') ? Address().Replace(Flat(piece), "$1=\"…\"") : Flat(WebUtility.HtmlDecode(piece)))
        .Where(piece => piece.Length > 0);

    private static string Flat(string text) => Space().Replace(text, " ").Trim();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();

    [GeneratedRegex("<[^>]+>|[^<]+")]
    private static partial Regex Piece();

    [GeneratedRegex("\\b(href|src|title|alt)=\"[^\"]*\"")]
    private static partial Regex Address();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
