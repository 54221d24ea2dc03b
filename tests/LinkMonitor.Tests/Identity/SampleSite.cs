using System.Globalization;

namespace LinkMonitor.Tests.Identity;

/// <summary>A page that carries the watched link, in one of several styles and sizes, and how its author may change it.</summary>
/// <param name="Style">How the page is built.</param>
/// <param name="Paragraphs">3, 8 and 32 make pages of about 600, 1,500 and 6,000 characters.</param>
internal sealed record SampleSite(string Style, int Paragraphs)
{
    public const string Target = "https://shop.example.com/lamps";
    public const string Page = "https://blog.example.net/posts/lamps";
    private const string Link = $"<a href=\"{Target}\">Lamp shop</a>";

    public static readonly string[] Styles = [
        "article", "divs", "list", "forum", "tables", "german", "japanese", "bare", "sidebar", "untitled",
    ];

    public string Title { get; init; } = Titles[Style];

    public string Heading { get; init; } = Headings[Style];

    /// <summary>The paragraph with the link; null when it was taken out.</summary>
    public string? Sentence { get; init; } = Style is "japanese"
        ? $"くわしくは{Link}をご覧ください。"
        : $"For more of them see the {Link}, where they are mended, too.";

    /// <summary>How many of the six other links are left.</summary>
    public int Others { get; init; } = 6;

    /// <summary>Makes another text of the same length.</summary>
    public bool IsRewritten { get; init; }

    /// <summary>Another theme: other containers, another menu, another end of the title.</summary>
    public bool IsRestyled { get; init; }

    public string Menu => Style is "sidebar" ? Sidebar : Style is "divs" or "forum" or "untitled"
        ? "<div class=\"m1\"><a href=\"/\">Home</a> <a href=\"/blog\">Blog</a> <a href=\"/about\">About</a> <a "
            + "href=\"/contact\">Contact</a></div>"
        : "<nav><a href=\"/\">Home</a> <a href=\"/blog\">Blog</a> <a href=\"/about\">About</a> <a href=\"/contact\">Contact</a></nav>";

    private static string Sidebar { get; } =
        "<div class=\"s1\"><div class=\"s2\"><b>About us</b><div>We are a small workshop by the river that has mended lamps since 1987, "
            + "and we write about what we see.</div></div>"
        + string.Concat(
            Enumerable.Range(1, 40).Select(n => $"<div><a href=\"/archive/{n}\">An earlier post of ours, number {n}</a></div>")) + "</div>";

    public string Opening => Text(0);

    private static Dictionary<string, string> Titles => new()
    {
        ["article"] = "Ten good places to buy a desk lamp",
        ["divs"] = "Ten good places to buy a desk lamp | The Workshop",
        ["list"] = "Our favourite shops",
        ["forum"] = "Which lamp for a small desk? - Light Forum",
        ["tables"] = "Bob's Lamp Page",
        ["german"] = "Zehn gute Läden für Schreibtischlampen – Werkstattblog",
        ["japanese"] = "机の照明を買うのによい十の店",
        ["bare"] = "Notes on lamps",
        ["sidebar"] = "Ten good places to buy a desk lamp - The Workshop",
        ["untitled"] = "The Workshop",
    };

    private static Dictionary<string, string> Headings => new()
    {
        ["article"] = "Ten good places to buy a desk lamp",
        ["divs"] = "Ten good places to buy a desk lamp",
        ["list"] = "Our favourite shops",
        ["forum"] = "Which lamp for a small desk?",
        ["tables"] = "",
        ["german"] = "Zehn gute Läden für Schreibtischlampen",
        ["japanese"] = "机の照明を買うのによい十の店",
        ["bare"] = "Notes on lamps",
        ["sidebar"] = "Ten good places to buy a desk lamp",
        ["untitled"] = "",
    };

    private string ShownTitle => IsRestyled ? $"{Title} » New look" : Title;

    private string Paragraph(string text) => Style switch
    {
        "divs" => $"<div class=\"p\">{text}</div>",
        "forum" => $"<div class=\"post\"><b>user</b> <div class=\"body\">{text}</div></div>",
        "tables" => $"<tr><td>{text}</td></tr>",
        _ => $"<p>{text}</p>",
    };

    private string Text(int index) => Style switch
    {
        "japanese" => IsRewritten
            ? string.Create(CultureInfo.InvariantCulture, $"第{index}の夜には窓辺の椅子に座り、古い本を読みながら静かな明かりの色を比べてみた。どれも少しずつ違っていて、長く眺めていると眠くなる。")
            : string.Create(CultureInfo.InvariantCulture, $"工房{index}では古い卓上灯を修理し、配線をすべて確かめ、作られた年と作った人を書いた札をつけて売っている。長い机の上で試すことができる。"),
        "german" => IsRewritten
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Am {index}. Abend saßen wir am Fenster und verglichen, welches Licht zum Lesen taugt und welches nur den Tisch schmückt, "
                    + $"bis uns beinahe die Augen zufielen.")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Die Werkstatt {index} richtet alte Schreibtischlampen wieder her, prüft jedes Kabel und verkauft sie mit einem Zettel "
                    + $"über Alter und Hersteller. Besucher probieren sie am langen Eichentisch."),
        _ => IsRewritten
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"On evening {index} we sat by the window and held each bulb against the dusk, to learn which of them is kind to tired "
                    + $"eyes and which one only flatters the furniture around it in the room.")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Workshop {index} restores old desk lamps, tests every wire and sells them with a note about their age and maker. "
                    + $"Visitors may try each of them on a long oak table near the door."),
    };

    public string Html()
    {
        var texts = Enumerable.Range(0, Paragraphs).Select(index => Paragraph(Text(index))).ToList();
        if (Sentence is not null)
            texts.Insert(Math.Min(texts.Count, (Paragraphs / 2) + 1), Paragraph(Sentence));
        var others = string.Concat(
            Enumerable.Range(1, Others).Select(n => $"<li><a href=\"https://neighbour{n}.example.org/\">Neighbour {n}</a></li>"));
        var heading = Heading.Length == 0 ? "" : $"<h1>{Heading}</h1>";
        var body = $"{heading}{string.Concat(texts)}<ul>{others}</ul>";
        var head = $"<!doctype html><html><head><meta charset=\"utf-8\"><title>{ShownTitle}</title></head><body>";
        return Style switch
        {
            _ when IsRestyled =>
                $"{head}<header><a href=\"/\">The new blog</a></header><div class=\"wrap\"><section>{body}</section></div><footer><p>Theme "
                    + $"by nobody</p></footer></body></html>",
            "article" or "german" or "japanese" =>
                $"{head}{Menu}<main><article>{body}</article></main><footer><p>© 2026</p></footer></body></html>",
            "tables" =>
                $"{head}<table><tr><td><a href=\"/\">Home</a></td></tr>{string.Concat(texts)}</table><ul>{others}</ul></body></html>",
            "bare" => $"<title>{ShownTitle}</title>{body}",
            _ => $"{head}{Menu}<div id=\"content\">{body}</div><div class=\"foot\">© 2026 <a href=\"/terms\">Terms</a></div></body></html>",
        };
    }
}
