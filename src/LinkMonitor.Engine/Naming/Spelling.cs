using System.Globalization;

namespace LinkMonitor.Engine.Naming;

/// <summary>How alike two names are.</summary>
public static class Spelling
{
    // Longer than any name of ours; what somebody sets may be of any length, and the effort grows with the product.
    private const int Longest = 200;

    /// <summary>
    /// Letters to insert, remove, replace or swap with their neighbours to get from one to the other (optimal string alignment), without
    /// case.
    /// </summary>
    public static int Distance(string one, string other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var (from, to) = (Short(one), Short(other));
        var (row, above, two) = (Enumerable.Range(0, to.Length + 1).ToArray(), new int[to.Length + 1], new int[to.Length + 1]);
        for (var i = 1; i <= from.Length; i++)
        {
            (two, above, row) = (above, row, two);
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                row[j] = Math.Min(above[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1), Math.Min(above[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    row[j] = Math.Min(row[j], two[j - 2] + 1);
            }
        }

        return row[^1];
    }

    /// <summary>
    /// The one of several names that somebody may have meant; null when none is near: what somebody began to write, what is a part of what
    /// they wrote, or what differs in at most a third of its letters.
    /// </summary>
    public static string? Nearest(string written, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(written);
        ArgumentNullException.ThrowIfNull(names);
        return names.Select(name => (Name: name, IsBegun: IsBegun(written, name), Distance: Distance(name, written)))
            .Where(one => one.IsBegun || one.Distance <= Math.Max(one.Name.Length, written.Length) / 3)
            .OrderBy(one => one.IsBegun ? 0 : 1).ThenBy(one => one.Distance).Select(one => one.Name).FirstOrDefault();
    }

    private static bool IsBegun(string written, string name) =>
        (written.Length > 0 && name.StartsWith(written, StringComparison.OrdinalIgnoreCase))
            || (name.Length > 2 && written.Contains(name, StringComparison.OrdinalIgnoreCase));

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
