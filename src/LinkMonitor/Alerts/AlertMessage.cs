using System.Globalization;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Alerts;

/// <summary>One recipient's copy of an alert, ready to be sent by any channel.</summary>
public sealed record AlertMessage
{
    /// <summary>The stored alert's id: letters, digits, <c>_</c> and <c>-</c>.</summary>
    public required string AlertId { get; init; }

    /// <summary>When the alert was made; with the id and the recipient it names the copy, so that sending again is recognisable.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The ids of the changes reported.</summary>
    public required IReadOnlyList<string> EventIds { get; init; }

    /// <summary>One e-mail address, or the URL of the channel.</summary>
    public required string Recipient { get; init; }

    /// <summary>A webhook's signing secret; null for other channels.</summary>
    public string? Secret { get; init; }

    /// <summary>A webhook's secret before its last rotation, while messages are signed with it too; null otherwise.</summary>
    public string? FormerSecret { get; init; }

    public AlertKind Kind { get; init; } = AlertKind.Incident;

    /// <summary>Null for a notice to the operator.</summary>
    public string? ProjectId { get; init; }

    public required string ProjectName { get; init; }

    /// <summary>The sender's name that the project wants; null for the installation's.</summary>
    public string? SenderName { get; init; }

    /// <summary>
    /// The changes reported, for channels that programs read; the words below are for people. Empty when the alert is not about changes.
    /// </summary>
    public IReadOnlyList<LinkChange> Changes { get; init; } = [];

    /// <summary>
    /// 1 for the first of the messages that an alert is cut into where a channel takes only so many changes in one; each is a delivery of
    /// its own.
    /// </summary>
    public int Part { get; init; } = 1;

    public int Parts { get; init; } = 1;

    /// <summary>The alert in a few lines, for chats.</summary>
    public AlertSummary? Summary { get; init; }

    /// <summary>
    /// Where a POST ends the mails to this recipient at once (https://www.rfc-editor.org/rfc/rfc8058) and a GET asks first; null without a
    /// public address of this installation.
    /// </summary>
    public Uri? UnsubscribeUrl { get; init; }

    /// <summary>Makes the public addresses of what it reports, for channels that programs read; the words have theirs already.</summary>
    public PublicLinks Links { get; init; } = PublicLinks.None;

    /// <summary>The language of the words: ISO 639-1, <c>en</c> by default.</summary>
    public string Language { get; init; } = "en";

    public required string Subject { get; init; }

    public required string Text { get; init; }

    public required string Html { get; init; }
}

/// <summary>
/// An alert in a few lines. All text is safe to read (one line, cut, invisible characters shown) but not yet encoded for any format.
/// </summary>
public sealed record AlertSummary
{
    public const int MaxHeadline = 150;

    /// <summary>So many characters has <see cref="Cause"/> at most.</summary>
    public const int MaxCause = 500;

    public const int MaxLines = 10;

    /// <summary>For example <c>3 links lost on blog.example.net</c>; at most 150 characters.</summary>
    public required string Headline { get; init; }

    /// <summary>The likely cause in one sentence; null when there is nothing to add to the headline.</summary>
    public string? Cause { get; init; }

    /// <summary>The worst first; at most 10.</summary>
    public required IReadOnlyList<SummaryLine> Lines { get; init; }

    /// <summary>How many more there are than lines.</summary>
    public int More { get; init; }

    /// <summary>What chats say around the lines.</summary>
    public SummaryWords Words { get; init; } = new();

    /// <summary>All of it; null without a public address of this installation.</summary>
    public Uri? Details { get; init; }
}

/// <summary>
/// One line of an <see cref="AlertSummary"/>. What is not about a link (a count, a control address) has no page and empty texts for it.
/// </summary>
/// <param name="Word">What happened, for example <c>Lost</c>, with its shape in front.</param>
/// <param name="Gist">Why, in a few words.</param>
/// <param name="Page">The page's URL as it is, for a link; show <paramref name="PageText"/>.</param>
/// <param name="Details">The link's own page here; null without a public address of this installation.</param>
public sealed record SummaryLine(string Word, string Gist, Uri? Page, string PageText, string TargetText, Uri? Details)
{
    /// <summary>So many characters has each text at most.</summary>
    public const int MaxText = 200;
}

/// <summary>What chats say around the lines of a summary; English by default.</summary>
public sealed record SummaryWords
{
    public string Evidence { get; init; } = "Evidence and what to do";

    public string Whole { get; init; } = "Open the whole alert";

    public Func<int, string> More { get; init; } = count => string.Create(CultureInfo.InvariantCulture, $"And {count} more.");

    public Func<int, string> LeftOut { get; init; } =
        count => string.Create(CultureInfo.InvariantCulture, $"{count} more did not fit into this message.");
}
