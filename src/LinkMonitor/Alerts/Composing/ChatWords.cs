namespace LinkMonitor.Alerts.Composing;

/// <summary>Writes what chats say around a summary.</summary>
internal static class ChatWords
{
    public static SummaryWords In(Language say) => new()
    {
        Evidence = say.Text("Evidence and what to do"),
        Whole = say.Text("Open the whole alert"),
        More = count => $"{LetterWords.AndMore(count, say)}.",
        LeftOut = count => say.Count(count, "{count} more did not fit into this message.", "{count} more did not fit into this message."),
    };
}
