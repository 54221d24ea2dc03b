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

    public static bool Moves(string script) => Move().IsMatch(Beginning(script));

    public static bool SetsCookieAndReloads(string script)
    {
        var text = Beginning(script);
        return Cookie().IsMatch(text) && (Reload().IsMatch(text) || Move().IsMatch(text));
    }

    private static string Beginning(string script) => script.Length <= Longest ? script : script[..Longest];

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
