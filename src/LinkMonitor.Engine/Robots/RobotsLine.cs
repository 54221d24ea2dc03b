using System.Text;
using LinkMonitor.Engine.Fetching;

namespace LinkMonitor.Engine.Robots;

/// <summary>One line of a robots.txt. Its text holds one character per byte, so that any encoding survives until it is compared.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Text">The whole line.</param>
/// <param name="Key">What stands before the colon, in lower case; empty when there is none, which makes the line one to ignore.</param>
/// <param name="Value">What stands after the colon, without a comment.</param>
/// <remarks>
/// In a line of two words and no colon the colon is taken as forgotten, as Google's parser does: https://github.com/google/robotstxt.
/// </remarks>
internal readonly record struct RobotsLine(int Number, string Text, string Key, string Value)
{
    // RFC 9309 knows WS as space and tab only.
    private static readonly char[] White = [' ', '\t'];

    /// <summary>The line for people: read as UTF-8, cut, and safe to show.</summary>
    public string Shown => NetworkFailures.Shown(ToUtf8(Text.Trim(White)));

    /// <summary>Cuts a text at LF, CR and CR LF, each of which ends a line.</summary>
    public static IEnumerable<RobotsLine> Split(string text)
    {
        var number = 0;
        for (var start = 0; start < text.Length;)
        {
            var length = text.AsSpan(start).IndexOfAny('\r', '\n');
            var end = length < 0 ? text.Length : start + length;
            yield return Read(++number, text[start..end]);
            var isPair = end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n';
            start = end + (isPair ? 2 : 1);
        }
    }

    /// <summary>The UTF-8 text behind one character per byte; what is no UTF-8 becomes U+FFFD.</summary>
    public static string ToUtf8(string bytes) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes));

    private static RobotsLine Read(int number, string text)
    {
        var comment = text.IndexOf('#', StringComparison.Ordinal);
        var content = comment < 0 ? text : text[..comment];
        var colon = content.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return WithoutColon(number, text, content);
        return new RobotsLine(number, text, content[..colon].Trim(White).ToLowerInvariant(), content[(colon + 1)..].Trim(White));
    }

    private static RobotsLine WithoutColon(int number, string text, string content)
    {
        var words = content.Split(White, 3, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 2
            ? new RobotsLine(number, text, words[0].ToLowerInvariant(), words[1])
            : new RobotsLine(number, text, "", "");
    }
}
