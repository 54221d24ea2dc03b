using System.Text.RegularExpressions;
using LinkMonitor.Engine.Reading;

namespace LinkMonitor.Engine.Identity;

/// <summary>
/// The messages that programs, not people, write when they fail: they are part of the languages themselves and are not translated. Sources: the manuals of PHP (error display), Python
/// (traceback), Java and .NET (stack traces), Ruby, Node.js and classic ASP, and the codes of SQL drivers (SQLSTATE, ORA-).
/// </summary>
internal static partial class ErrorText
{
    private const int LastPart = 1_500;
    private const int LongestMessage = 6_000;

    /// <summary>A program's last words are the last words of the page: what would have come behind them is missing.</summary>
    public static string? EndsPage(PageReading page)
    {
        var end = page.Text.Length <= LastPart ? page.Text : page.Text[^LastPart..];
        return Fatal().IsMatch(end) ? "the program behind the page failed and left its message at the end" : null;
    }

    /// <summary>A program's message, and nothing that is built like a page around it.</summary>
    public static string? IsAll(PageReading page)
    {
        var text = page.Text;
        if (text.Length > LongestMessage)
            return null;
        if (Message().IsMatch(text))
            return "the answer is a program's error message";
        return page.Links.Count == 0 && IsData(text) ? "the answer is data for a program, not a page" : null;
    }

    private static bool IsData(string text) => text is ['{', .., '}'] or ['[', .., ']'] && text.Contains("\":", StringComparison.Ordinal);

    [GeneratedRegex(
        @"(?:Fatal error|Parse error|Uncaught \w*(?:Error|Exception))\b.*(?: on line \d+|thrown in \S+(?: on line \d+)?)\s*$|^.*Traceback \(most recent call last\):.*\w+(?:Error|Exception)\b[^.]*$",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Fatal();

    [GeneratedRegex(
        @" on line \d+(?:\s|$)|Traceback \(most recent call last\)|\bStack ?[Tt]race:|\bat [\w$.<>]+\([\w$]+\.(?:java|kt|scala|cs|js):\d+|\bSystem\.\w[\w.]*Exception\b|\bORA-\d{5}\b|\bSQLSTATE\[|error '8\d{7}'|\bServer Error in '.*' Application|\bdyld: |\bNoMethodError\b|\bundefined method\b",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Message();
}
