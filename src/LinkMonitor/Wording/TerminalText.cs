using System.Globalization;
using System.Text;

namespace LinkMonitor.Wording;

/// <summary>Makes text from the web safe to print: a page must not steer the terminal.</summary>
internal static class TerminalText
{
    /// <summary>Control and format characters (ANSI escapes, direction marks) become U+FFFD; long text is cut with an ellipsis.</summary>
    public static string Safe(string text, int maxLength = 500)
    {
        var safe = new StringBuilder(Math.Min(text.Length, maxLength));
        foreach (var rune in text.EnumerateRunes())
        {
            if (safe.Length >= maxLength)
                return safe.Append('…').ToString();
            safe.Append(IsSteering(rune) ? "\uFFFD" : rune.ToString());
        }

        return safe.ToString();
    }

    private static bool IsSteering(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;
}
