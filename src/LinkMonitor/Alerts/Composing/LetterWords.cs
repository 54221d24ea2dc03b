using System.Globalization;

namespace LinkMonitor.Alerts.Composing;

/// <summary>Words that every letter needs.</summary>
internal static class LetterWords
{
    /// <summary>Why an operator gets a notice, without the full stop.</summary>
    public const string WhyNotice = "You get this because your address gets the notices of this installation of LinkMonitor";

    public const int MaxProjectName = 200;

    public const string Reason = "You get this because your address is a recipient of this project in LinkMonitor.";

    /// <summary>For example <c>1 link</c>, <c>2,000 links</c>.</summary>
    public static string Count(int count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");

    public static string Links(int count) => Count(count, "link", "links");

    /// <summary>With its first letter in upper case.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : $"{char.ToUpperInvariant(text[0])}{text[1..]}";

    public static string AndMore(int count) => string.Create(CultureInfo.InvariantCulture, $"And {count:N0} more");

    /// <summary>For example <c>a, b and c</c>.</summary>
    public static string Join(IReadOnlyList<string> parts) => parts.Count < 2
        ? string.Concat(parts)
        : $"{string.Join(", ", parts.Take(parts.Count - 1))} and {parts[^1]}";
}
