using System.Globalization;
using System.Text;

namespace LinkMonitor.Bench.Pages;

/// <summary>Pages built to cost memory.</summary>
internal static class HostilePages
{
    private const int Size = 14_000_000;

    public static IReadOnlyList<string> Names { get; } = ["href", "attributes", "nesting", "links", "text", "formatting", "entities"];

    public static byte[] Make(string name) => Encoding.ASCII.GetBytes(name switch
    {
        "href" => $"<a href='/{new string('x', Size)}'>x</a>",
        "attributes" => Numbered("<p", " a", 1_000_000, ">"),
        "nesting" => Repeat("<div>", 900_000),
        "links" => Repeat("<a href=/x>x</a>", 190_000),
        "text" => new string('x', Size),
        "formatting" => Repeat("<b><i><u><p>", 70_000),
        "entities" => Repeat("&amp;", Size / 5),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such page."),
    });

    private static string Repeat(string part, int times) => new StringBuilder(part.Length * times).Insert(0, part, times).ToString();

    private static string Numbered(string start, string part, int times, string end)
    {
        var text = new StringBuilder(start);
        for (var i = 0; i < times; i++)
            text.Append(part).Append(i.ToString(CultureInfo.InvariantCulture));
        return text.Append(end).ToString();
    }
}
