using System.Globalization;
using System.Text;

namespace LinkMonitor.Engine.Identity;

/// <summary>Whether two titles or headings are one name of one page.</summary>
internal static class NameComparison
{
    // Half of the pairs of letters: "Ten lamps" and "Ten good lamps", but not two titles that only share the name of the site.
    private const double Alike = 0.55;

    /// <summary>The same letters and digits, or nearly; two names without any are never alike.</summary>
    public static bool IsAlike(string? one, string? other)
    {
        var (first, second) = (Letters(one), Letters(other));
        if (first.Length == 0 || second.Length == 0)
            return false;
        return first == second || Share(first, second) >= Alike;
    }

    public static bool IsEmpty(string? name) => Letters(name).Length == 0;

    // The Dice coefficient of pairs of letters, each counted as often as it stands there.
    private static double Share(string one, string other)
    {
        if (one.Length < 2 || other.Length < 2)
            return 0;
        var pairs = new Dictionary<(char, char), int>();
        for (var i = 1; i < one.Length; i++)
            pairs[(one[i - 1], one[i])] = pairs.GetValueOrDefault((one[i - 1], one[i])) + 1;
        var shared = 0;
        for (var i = 1; i < other.Length; i++)
        {
            var pair = (other[i - 1], other[i]);
            if (pairs.GetValueOrDefault(pair) is var left and > 0)
                (pairs[pair], shared) = (left - 1, shared + 1);
        }

        return 2.0 * shared / (one.Length + other.Length - 2);
    }

    private static string Letters(string? name)
    {
        var letters = new StringBuilder();
        foreach (var rune in (name ?? "").EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
                letters.Append(Rune.ToLower(rune, CultureInfo.InvariantCulture));
        }

        return letters.ToString();
    }
}
