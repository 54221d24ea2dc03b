using System.Security.Cryptography;

namespace LinkMonitor.Keys;

/// <summary>Letters and digits only: such text is selected by one double click and needs no escaping anywhere.</summary>
internal static class Base62
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static string Random(int length) => RandomNumberGenerator.GetString(Digits, length);

    public static bool IsDigit(char c) => char.IsAsciiLetterOrDigit(c);

    /// <summary>Six digits: enough for 32 bits.</summary>
    public static string Write(uint value)
    {
        Span<char> text = stackalloc char[6];
        for (var at = text.Length - 1; at >= 0; at--)
        {
            text[at] = Digits[(int)(value % 62)];
            value /= 62;
        }

        return new string(text);
    }
}
