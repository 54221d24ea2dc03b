using System.Globalization;

namespace LinkMonitor.Engine.Naming;

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
