using System.Buffers;
using System.Text.RegularExpressions;

namespace LinkMonitor.Engine.Reading;

/// <summary>
/// Looks for two things in the source of a script that is not run: that it leaves for another address, and that it sets a cookie and loads
/// the page again. Ordinary pages have such scripts, too, behind conditions, so either counts on a page without content only.
/// </summary>
internal static partial class ScriptText
{
    // What comes later belongs to a library.
    private const int Longest = 20_000;

    // What must be there before the patterns are worth trying: most scripts have none of it.
    private static readonly SearchValues<string> OfMove = SearchValues.Create(["location", "navigate", "submit"], StringComparison.Ordinal);

    public static bool Moves(ReadOnlySpan<char> script) =>
        Beginning(script).ContainsAny(OfMove) && Move().IsMatch(Beginning(script));

    public static bool SetsCookieAndReloads(ReadOnlySpan<char> script)
    {
        var text = Beginning(script);
        return text.Contains("cookie", StringComparison.Ordinal) && Cookie().IsMatch(text)
            && (Reload().IsMatch(text) || Move().IsMatch(text));
    }

    private static ReadOnlySpan<char> Beginning(ReadOnlySpan<char> script) => script.Length <= Longest ? script : script[..Longest];

    [GeneratedRegex(
        @"\blocation\s*(?:\.\s*href)?\s*=[^=]|\blocation\s*\.\s*(?:replace|assign)\s*\(|\bnavigate\s*\(|\.submit\s*\(\s*\)",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Move();

    [GeneratedRegex(@"\bdocument\s*\.\s*cookie\s*=[^=]", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Cookie();

    [GeneratedRegex(
        @"\blocation\s*\.\s*reload\s*\(|\bhistory\s*\.\s*go\s*\(\s*0?\s*\)", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Reload();
}
