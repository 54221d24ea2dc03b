using System.Globalization;

namespace LinkMonitor.Engine.Naming;

/// <summary>How alike two names are.</summary>
public static class Spelling
{
    // Longer than any name of ours; what somebody sets may be of any length, and the effort grows with the product.
    private const int Longest = 200;

    /// <summary>Letters to insert, remove or replace to get from one to the other (Levenshtein), without case.</summary>
    public static int Distance(string one, string other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var (from, to) = (Short(one), Short(other));
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }

    private static string Short(string name) => (name.Length <= Longest ? name : name[..Longest]).ToUpperInvariant();
}

/// <summary>Numbers of things in English words, the one place for pages, the command line, the API and explanations.</summary>
public static class CountText
{
    /// <summary>For example <c>1 link</c> and <c>1,234 links</c>.</summary>
    /// <param name="one">What one of them is called; of more there is an s behind it.</param>
    public static string Of(long count, string one) => Of(count, one, one + "s");

    /// <summary>For example <c>1 row was</c> and <c>2 rows were</c>.</summary>
    public static string Of(long count, string one, string more) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : more)}");
}
