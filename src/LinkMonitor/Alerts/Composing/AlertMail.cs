namespace LinkMonitor.Alerts.Composing;

/// <summary>The words of one alert. They are the same for every recipient but for what <see cref="For"/> adds.</summary>
public sealed record AlertMail
{
    /// <summary>What every <see cref="Html"/> ends with; values are encoded, so that none of them can end it earlier.</summary>
    internal const string HtmlEnd = "</div>\n</td></tr></table>\n</body>\n</html>\n";

    /// <summary>Of all texts: ISO 639-1, <c>en</c> by default.</summary>
    public string Language { get; init; } = Composing.Language.EnglishCode;

    /// <summary>At most 150 characters on one line, without control or bidirectional characters.</summary>
    public required string Subject { get; init; }

    /// <summary>Complete on its own; lines end with LF and are at most 78 characters long unless a single word is longer.</summary>
    public required string Text { get; init; }

    /// <summary>A whole document that loads nothing but the logo that a project wants, and reads well without it and without CSS.</summary>
    public required string Html { get; init; }

    /// <summary>The alert in a few lines, for chats.</summary>
    public required AlertSummary Summary { get; init; }

    /// <summary>The ids of the changes told, in the order of the mail; empty when the alert is not about changes.</summary>
    public required IReadOnlyList<string> EventIds { get; init; }

    /// <summary>One recipient's copy: the same words with the recipient's own way out at the end.</summary>
    /// <param name="unsubscribe">Asks before it ends the mails to this recipient; null leaves the mail as it is.</param>
    public AlertMail For(Uri? unsubscribe)
    {
        if (unsubscribe is null)
            return this;
        var say = Composing.Language.Of(Language);
        var words = say.Text("Stop these mails to this address");
        var line = Markup.Of($"""
            <p class="muted" style="{HtmlStyles.Footer}">{Markup.Anchor(unsubscribe.AbsoluteUri, words)}</p>

            """);
        return this with
        {
            Text = $"{Text}{words}:\n{unsubscribe.AbsoluteUri}\n",
            Html = Html.Insert(Html.LastIndexOf(HtmlEnd, StringComparison.Ordinal), line.Html),
        };
    }
}
