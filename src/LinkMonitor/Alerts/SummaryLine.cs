namespace LinkMonitor.Alerts;

/// <summary>One line of an <see cref="AlertSummary"/>. What is not about a link (a count, a control address) has no page and empty texts for it.</summary>
/// <param name="Word">What happened, for example <c>Lost</c>, with its shape in front.</param>
/// <param name="Gist">Why, in a few words.</param>
/// <param name="Page">The page's URL as it is, for a link; show <paramref name="PageText"/>.</param>
/// <param name="Details">The link's own page here; null without a public address of this installation.</param>
public sealed record SummaryLine(string Word, string Gist, Uri? Page, string PageText, string TargetText, Uri? Details)
{
    /// <summary>So many characters has each text at most.</summary>
    public const int MaxText = 200;
}
