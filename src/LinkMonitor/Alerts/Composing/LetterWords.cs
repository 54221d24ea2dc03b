namespace LinkMonitor.Alerts.Composing;

/// <summary>Words that every letter needs.</summary>
internal static class LetterWords
{
    /// <summary>Why an operator gets a notice, without the full stop. Notices of the installation are in English.</summary>
    public const string WhyNotice = "You get this because your address gets the notices of this installation of LinkMonitor";

    public const int MaxProjectName = 200;

    public static string Reason(Language say) => say.Text("You get this because your address is a recipient of this project in LinkMonitor.");

    public static string Links(int count, Language say) => say.Count(count, "{count} link", "{count} links");

    public static string Days(int count, Language say) => say.Count(count, "{count} day", "{count} days");

    /// <summary>With its first letter in upper case.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : $"{char.ToUpperInvariant(text[0])}{text[1..]}";

    public static string AndMore(int count, Language say) => say.Count(count, "And {count} more", "And {count} more");

    public static string AndMoreToSee(int count, Language say) => say.Count(count, "And {count} more: see them all", "And {count} more: see them all");

    public static string InBrowser(Language say) => say.Text("This message in your browser");
}
