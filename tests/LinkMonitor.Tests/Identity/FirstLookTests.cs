using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Identity;

/// <summary>
/// What can be said of a page that nobody saw before. Here are pages that have to be told, however plain; what only stands in a page's
/// place is in the folder InPlace (<see cref="IdentityFiguresTests.What_only_stands_in_a_pages_place_is_unknown_by_itself"/>).
/// </summary>
public sealed class FirstLookTests
{
    private const string Menu = "<nav><a href='/'>Home</a> <a href='/notes'>Notes</a> <a href='/about'>About</a></nav>";

    private static readonly string Prose = string.Concat(
        Enumerable.Range(1, 5).Select(n =>
            $"<p>In week {n} we took the lamps apart that had come from the old school, cleaned every part of them, and wrote down what "
            + "was broken and who had made it.</p>"));

    private static readonly string Post = $"<div class='post'>{Prose}</div>";

    private static readonly string Trace = string.Concat(
        Enumerable.Range(1, 20).Select(n => $"File \"/home/me/lamps/part{n}.py\", line {n}, in light\n"));

    private static readonly Dictionary<string, string> Ordinary = new()
    {
        ["many links and nothing else"] = Page("Links", $"<h1>Links</h1><ul>{Items(12)}</ul>"),
        ["a few links that are described"] = Page(
            "Friends", $"<h1>Friends</h1><ul>{Items(5, "mends lamps of all kinds in a back yard")}</ul>"),
        ["a few links on a site"] = Page("Friends", $"{Menu}<h1>Friends</h1><ul>{Items(5)}</ul>"),
        ["many home pages on a site"] = Page("Blogroll", $"{Menu}<h1>Blogroll</h1><ul>{Homes(14)}</ul>"),
        ["a text with two links out"] = Page(
            "Notes",
            $"<h1>Notes</h1>{Prose}<p><a href='https://one.example.org/a'>One</a> <a href='https://two.example.org/b'>Two</a></p>"),
        ["a text with a way home"] = Page("Notes", $"<h1>Notes</h1>{Prose}<p><a href='/'>Home</a></p>"),
        ["a text that names its own address"] = Page(
            "Notes", $"<h1>Notes</h1>{Prose}", "<link rel='canonical' href='https://blog.example.net/posts/lamps'>"),
        ["a thread"] = Page(
            "Which lamp? - Light Forum",
            $"<a href='/'>Forum</a> <a href='/register'>Register</a><form action='/login'><input name='u'><input type='password' name='p'>"
            + $"<button>Log in</button></form><h2>Which lamp?</h2>{Post}{Post}"),
        ["a text in a main part"] = Page("Notes", $"<main><h1>Notes</h1>{Prose}</main>"),
        ["a short article"] = Page(
            "Lamps",
            "<article><h1>Lamps</h1><p>We went to see three workshops in town that mend lamps, and liked two of them.</p></article>"),
        ["a profile"] = Page(
            "Ann | People", $"<div><a href='/'>People</a></div><div class='card'><h1>Ann</h1>{Prose}</div><a href='/help'>Help</a>"),
        ["a lesson on errors"] = Page("How to read a traceback", $"{Menu}<h1>How to read a traceback</h1>{Prose}<pre>{Trace}</pre>{Prose}"),
        ["a lesson on servers"] = Page("Apache2 Ubuntu Default Page: It works", $"{Menu}<h1>What it is</h1>{Prose}"),
        ["an article with a letter to subscribe to"] = Page(
            "Lamps", $"{Menu}<article><h1>Lamps</h1>{Prose}{Prose}<form><input type='email'><button>Subscribe</button></form></article>"),
        ["a text on maintenance"] = Page("Maintenance", $"{Menu}<h1>Maintenance</h1>{Prose}"),
        ["a list with a button for the dark"] = Page(
            "Friends", $"{Menu}<form><button>Dark</button></form><h1>Friends</h1><ul>{Items(6)}</ul>"),
        ["a page on a domain"] = Page("lamps.example", $"{Menu}<h1>lamps.example</h1>{Prose}"),
    };

    public static TheoryData<string> Names => [.. Ordinary.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_ordinary_page_without_the_link_is_told_however_plain(string name)
    {
        var verdict = Judge(Ordinary[name]);

        Assert.True(
            verdict.Reasons is [{ Code: ReasonCode.LinkRemoved }], $"{verdict.Reasons[0].Message} {verdict.Identity?.Compared[^1]}");
    }

    [Theory]
    [InlineData("many links and nothing else", "it is a list of links to other sites")]
    [InlineData("a few links that are described", "it is a list of links to other sites, with a text beside each")]
    [InlineData("a text with a way home", "it has running text (745 characters) and links to pages of its own site")]
    [InlineData("a text with two links out", "it has running text (745 characters) and links to other sites")]
    [InlineData("a text that names its own address", "it has running text (745 characters) and says which page it is")]
    [InlineData("a short article", "it has an article with a heading")]
    public void The_sign_that_made_it_a_page_is_said(string name, string sign)
    {
        var identity = Judge(Ordinary[name]).Identity!;

        Assert.Equal(["nothing was known about the page, so only its own signs count", sign], identity.Compared);
    }

    [Fact]
    public void A_page_that_names_the_target_is_one_and_says_so()
    {
        var identity = Judge(Page("Back shortly", "<h1>Back shortly</h1><p>Visit shop.example.com/lamps</p>")).Identity!;

        Assert.True(identity.IsThePage);
        Assert.Equal("it names the link's target or its site", identity.Compared[^1]);
    }

    private static Verdict Judge(string html) => LinkJudge.Judge(
        Observer.Observe(PageLife.Answer(html), TestContext.Current.CancellationToken),
        new() { Target = PageAnswer.Url(SampleSite.Target) },
        LinkMemory.None);

    private static string Page(string title, string body, string head = "") =>
        $"<!doctype html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>{body}</body></html>";

    private static string Items(int count, string beside = "") => string.Concat(
        Enumerable.Range(1, count).Select(n => $"<li><a href='https://friend{n}.example.org/pages/{n}'>Friend {n}</a> {beside}</li>"));

    private static string Homes(int count) => string.Concat(
        Enumerable.Range(1, count).Select(n => $"<li><a href='https://friend{n}.example.org/'>Friend {n}</a></li>"));
}
