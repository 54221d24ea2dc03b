namespace LinkMonitor.Alerts.Posting;

/// <summary>An alert as chats show it: the summary, or the beginning of the letter where there is none.</summary>
internal sealed record ChatSummary(string Headline, string? Cause, IReadOnlyList<ChatLine> Lines, string? MoreText, Uri? Details)
{
    public SummaryWords Words { get; init; } = new();

    private const int MaxLetterLines = 8;

    public static ChatSummary Of(AlertMessage message)
    {
        if (message.Summary is not { } summary)
            return new ChatSummary(message.Subject, null, [new ChatLine(Beginning(message.Text), null)], null, null);

        return new ChatSummary(
            $"{summary.Headline} - {message.ProjectName}",
            summary.Cause,
            [.. summary.Lines.Select(line => new ChatLine(Write(line), line.Details))],
            summary.More > 0 ? summary.Words.More(summary.More) : null,
            summary.Details)
        { Words = summary.Words };
    }

    /// <summary>The text with a visible end where it is too long.</summary>
    public static string Cut(string text, int maxLength)
    {
        if (text.Length <= maxLength)
            return text;
        var end = maxLength - 1;
        if (char.IsHighSurrogate(text[end - 1]))
            end--;
        return text[..end] + "…";
    }

    private static string Write(SummaryLine line) =>
        line.PageText.Length > 0 ? $"{line.Word}: {line.Gist}\n{line.PageText} → {line.TargetText}" : $"{line.Word}: {line.Gist}";

    private static string Beginning(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0).Take(MaxLetterLines));
}

/// <param name="Details">The link's page here; null without a public address.</param>
internal sealed record ChatLine(string Text, Uri? Details);
