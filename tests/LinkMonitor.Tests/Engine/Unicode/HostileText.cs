using System.Text;

namespace LinkMonitor.Tests.Engine.Unicode;

/// <summary>
/// Random UTF-16 with much of what breaks programs: half pairs, noncharacters, private and unassigned code points, many marks.
/// </summary>
internal static class HostileText
{
    private static readonly string[] Pieces =
    [
        "\uFFFE", "\uFFFF", "\uFDD0", "\uFDEF", "\uD800", "\uDBFF", "\uDC00", "\uDFFF", "\U0001FFFE", "\U0001FFFF", "\U0010FFFF",
        "\U0010FFFE", "\uE000", "\U000F0000", "\u0378", "\U000E0001", "\uFEFF", "\u200D", "\u202E", "\u0000", "\u0001", "\u007F", "\u0085",
        "\u0301", "\u0327", "\u0345", "e\u0301", "\u1E9E", "\u0130", "\uFB01", "\u1100\u1161", "\uAC00", "\u0344", "a", "Z", "9", " ", "\n",
        "\t", "<", ">", "&", "'", "\"", ";", "=", ",", "/", "?", "#", "%", "%C3", "%u", "\\", ":", "@", "[", "]", "{", "}", "*", "$", "-",
        ".", "..", "xn--", "http://", "https://", "&#xFFFE;", "&#xD800;", "&#x1FFFE;",
    ];

    /// <summary>The same texts in every run, so that a failure can be looked at.</summary>
    public static IEnumerable<string> Some(int count)
    {
        var random = new Random(20261121);
        for (var i = 0; i < count; i++)
        {
            var text = new StringBuilder();
            for (var left = random.Next(1, 30); left > 0; left--)
                text.Append(random.Next(4) == 0 ? ((char)random.Next(0x10000)).ToString() : Pieces[random.Next(Pieces.Length)]);
            yield return text.ToString();
        }
    }
}
