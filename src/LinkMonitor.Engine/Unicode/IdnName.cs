using System.Globalization;

namespace LinkMonitor.Engine.Unicode;

/// <summary>Names of hosts between Unicode and ASCII, for any text: the one place that asks the platform's ICU.</summary>
public static class IdnName
{
    // Punycode costs time quadratic in the label; nothing near this length can become a name of 255 characters.
    private const int LongestName = 1_000;

    private static readonly IdnMapping Any = new() { AllowUnassigned = false, UseStd3AsciiRules = false };
    private static readonly IdnMapping HostsOnly = new() { AllowUnassigned = false, UseStd3AsciiRules = true };

    /// <param name="isHost">Allow in ASCII letters, digits and hyphens only (RFC 952).</param>
    /// <returns>The name as ICU writes it; null when it is not valid, or longer than 1,000 characters.</returns>
    public static string? ToAscii(string name, bool isHost)
    {
        if (name.Length > LongestName)
            return null;
        try
        {
#pragma warning disable RS0030 // The one place that all others are led to.
            return (isHost ? HostsOnly : Any).GetAscii(name);
#pragma warning restore RS0030
        }
        catch (ArgumentException)
        {
            // The only way IdnMapping has to say "not a valid name".
            return null;
        }
    }

    /// <param name="name">With labels that begin with <c>xn--</c>.</param>
    /// <returns>The name in Unicode; null when it is not valid, or longer than 1,000 characters.</returns>
    public static string? ToUnicode(string name)
    {
        if (name.Length > LongestName)
            return null;
        try
        {
#pragma warning disable RS0030 // The one place that all others are led to.
            return HostsOnly.GetUnicode(name);
#pragma warning restore RS0030
        }
        catch (ArgumentException)
        {
            // As above.
            return null;
        }
    }
}
