using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Judging.Absences;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reading.Trees;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Judging.Absences;

/// <summary>A list of shops below an article was there with the link; what stands there now says whether it was taken out.</summary>
public sealed class FailedPartTests
{
    private const string Shops =
        "<div class=shops><h3>Shops</h3><ul><li>@</li><li><a href='https://other.example/'>Chairs</a></li></ul></div>";

    private static readonly string Before = Shops.Replace("@", JudgeCase.Link(), StringComparison.Ordinal);

    [Theory]
    [InlineData("<div class=shops><esi:include src='/shops'/></div>", "esi:include")]
    [InlineData("<div class=shops><jsp:include page='/shops.jsp'></jsp:include></div>", "jsp:include")]
    [InlineData("<div class=shops><!--#include virtual='/shops.html' --></div>", "#include")]
    [InlineData("<div class=shops><!--# include virtual='/shops.html' --></div>", "#include")]
    [InlineData("<div class=shops>[an error occurred while processing this directive]</div>", "an include that failed")]
    [InlineData("<div class=shops><h1>504 Gateway Time-out</h1><hr>nginx</div>", "status line")]
    [InlineData("<div class=shops><h1>503 Service Temporarily Unavailable</h1></div>", "status line")]
    [InlineData("<div class=shops><h2>Error 503 Backend fetch failed</h2><p>Guru Meditation</p></div>", "status line")]
    [InlineData("<div class=shops><b>Warning</b>: fopen(): no route in <b>/srv/shops.php</b> on line <b>9</b></div>", "program")]
    [InlineData("<div class=shops>Liquid error (sections/shops line 3): Could not find asset snippets/shops.liquid</div>", "program")]
    [InlineData("<div class=shops><% shops.each do |s| %></div>", "template")]
    [InlineData("<div class=shops>{% include 'shops.html' %}</div>", "template")]
    public void What_a_server_leaves_where_it_failed_is_no_loss(string now, string sign)
    {
        var verdict = Judge(Before, now);

        Assert.Equal(VerdictState.Unknown, verdict.State);
        Assert.Equal([ReasonCode.ServerError], verdict.Codes());
        Assert.Contains(sign, verdict.Reasons[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<div class='shops error'>The shops cannot be shown just now.</div>", "error")]
    [InlineData("<div class=shops><p class='load-failed'>Läden konnten nicht geladen werden.</p></div>", "failed")]
    [InlineData("<div class=shops><h3>Shops</h3><p role=alert>Nothing came. <button>Again</button></p></div>", "role=alert")]
    [InlineData("<div class=held>To see the shops, say yes to cookies. <button>Yes</button></div>", ".held")]
    [InlineData("<div class=shops><p>Die Liste wird erst nach Zustimmung gezeigt. <button>Zeigen</button></p></div>", "a button")]
    [InlineData("<div class=shops-now>お店の一覧を読み込めませんでした。</div>", ".shops-now")]
    public void What_a_program_shows_instead_is_no_loss(string now, string sign)
    {
        var verdict = Judge(Before, now);

        Assert.Equal(VerdictState.Unknown, verdict.State);
        Assert.Equal([ReasonCode.PageShrunk], verdict.Codes());
        Assert.Contains(sign, verdict.Reasons[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<div></div>")]
    [InlineData("<div class=shops><h3>Shops</h3><ul><li><a href='https://other.example/'>Chairs</a></li></ul></div>")]
    [InlineData("<div class=shops><h3>Shops</h3><ul><li>lamps</li><li><a href='https://other.example/'>Chairs</a></li></ul></div>")]
    [InlineData("<div class=shops><h3>Shops</h3><p>We name no shops any more.</p></div>")]
    [InlineData("<div class=shops><p>Each was the work of 500 hands.</p></div>")]
    [InlineData("<div class=other><a href='https://rival.example/'>Rival</a> has all. <button>Buy</button></div>")]
    [InlineData("<div class=shops><h3>Shops</h3>lamps</div>")]
    [InlineData("<p>We had a list here. <button>Reply</button></p>")]
    [InlineData("<div role=status></div>")]
    [InlineData("<!-- shops --><!--#region shops--><!--more-->")]
    public void What_an_author_leaves_is_a_loss(string now) =>
        Assert.Equal([ReasonCode.LinkRemoved], Judge(Before, now).Codes());

    [Fact]
    public void A_failure_elsewhere_on_the_page_is_a_loss()
    {
        const string Failed = "<div class=ads><!--#include file='/ads' --></div><p>[an error occurred while processing this directive]</p>";

        Assert.Equal([ReasonCode.LinkRemoved], Judge(Before, "", before: Failed).Codes());
    }

    [Fact]
    public void A_failure_counts_when_the_neighbours_of_the_link_are_gone_with_it_unless_it_was_there_before()
    {
        var entries = Enumerable.Range(1, 12)
            .Select(i => $"<li>A house of lamps, number {i}</li>{(i == 6 ? $"<li>{JudgeCase.Link()}</li>" : "")}");
        var before = $"<ul>{string.Concat(entries)}</ul>";
        const string Failed = "<esi:include src='/shops'/>";

        Assert.Equal(VerdictState.Unknown, Judge(before, Failed).State);
        Assert.Equal(VerdictState.Lost, Judge(before + Failed, Failed).State);
        Assert.Equal(VerdictState.Lost, Judge(before, "<p>No list.</p>").State);
    }

    [Fact]
    public void Without_a_memory_of_the_link_nothing_is_said_of_its_place() =>
        Assert.Equal(
            VerdictState.Lost,
            LinkJudge.Judge(See(Page("<div class=shops>{{ shops }}</div>")), JudgeCase.Expectation, LinkMemory.None).State);

    [Fact]
    public void The_rule_itself_asks_for_the_place() => Assert.Null(new FailedPart().Explain(
        new AbsenceContext(See(Page("{{ shops }}")), JudgeCase.Expectation, LinkMemory.None)
        {
            Identity = PageIdentities.Of(See(Page("")), JudgeCase.Expectation, LinkMemory.None)!,
        }));

    [Fact]
    public void Stand_ins_are_gathered_in_the_order_of_the_page()
    {
        var parts = See("<p>One<div class=a>x</div><div class=b>y</div><div class=b>z</div><button>ok</button><esi:include src=/x>")
            .Reading!.Shape.StandIns;

        Assert.Equal([StandInKind.OddBlock, StandInKind.Button, StandInKind.Directive], parts.Select(part => part.Kind));
        Assert.Empty(new StandInWalk().Found);
    }

    [Theory]
    [InlineData("#include file=x", "<!--#include")]
    [InlineData("# include file=x", "<!--#include")]
    [InlineData("esi <p>x</p>", "<!--esi")]
    [InlineData("#includes x", null)]
    [InlineData("#region x", null)]
    [InlineData("#", null)]
    [InlineData("", null)]
    [InlineData(" an esi x", null)]
    public void A_comment_for_the_server_is_known_by_its_syntax(string comment, string? name) =>
        Assert.Equal(name, ServerDirective.OfComment(comment));

    [Theory]
    [InlineData("esi:include", "<esi:include>")]
    [InlineData("xi:include", "<xi:include>")]
    [InlineData("c:import", "<c:import>")]
    [InlineData("o:p", null)]
    [InlineData("include", null)]
    [InlineData("svg:g", null)]
    public void An_element_for_the_server_is_known_by_its_name(string element, string? name) =>
        Assert.Equal(name, ServerDirective.OfElement(element));

    [Theory]
    [InlineData("load-failed", "failed")]
    [InlineData("list_error", "error")]
    [InlineData("terror", null)]
    [InlineData("consented", null)]
    public void A_class_name_says_by_a_word_of_it_that_something_failed(string name, string? word) =>
        Assert.Equal(word, new NameMarks.Marks([name]).FailureWord);

    [Fact]
    public void A_text_that_repeats_itself_is_left_where_it_is_nearest()
    {
        var said = string.Concat(Enumerable.Repeat("Words about lamps, again and again. ", 40));

        var gap = SurvivingPlace.Gap(
            $"{said}Nothing. And then the end of the page.", said[^120..].Trim(), "lamps And then the end of the page.");

        Assert.Equal((said.Length - 1, said.Length + "Nothing. ".Length), gap);
    }

    [Fact]
    public void A_message_of_a_program_is_found_within_a_text() => Assert.True(ErrorText.IsIn("It said: no such file on line 9"));

    [Theory]
    [InlineData("500 lamps were sold in 404 days")]
    [InlineData("The 404 Found Objects")]
    [InlineData("Warning: wet paint")]
    [InlineData("From $5 to $9 {each}")]
    [InlineData("")]
    public void Ordinary_words_are_no_failure_of_a_server(string text) => Assert.Null(ServerFailure.Of(text));

    private static string Notes(params string[] texts) => "<div id=comments><h2>Notes</h2><ol class=comment-list>"
        + string.Concat(texts.Select((text, i) => $"<li class=comment><b>Reader {"ABCDEFGH"[i]} wrote:</b><div>{text}</div></li>"))
        + "</ol></div>";

    private static string Note(int number) =>
        $"<p>Number {number} of these was sold to a man from the hills, who came back the year after and asked for the same again.</p>";

    private static readonly string Ours =
        $"<p>We looked at all of them, one after the other, and took our time over it, as one should. In the end it was {JudgeCase.Link()} "
            + "that had the one we wanted, at a price that nobody else had thought of.</p>";

    private const string Head = "<p>We looked at all of them, one after";

    [Theory]
    [InlineData(Head + "… <button>Read more</button></p>", "Read more")]
    [InlineData(Head + "... <a href='#'>(more)</a></p>", "(more)")]
    [InlineData(Head + "… <a href='javascript:open()'>mehr anzeigen</a></p>", "mehr anzeigen")]
    [InlineData("<p>Folded. <button class=unfold>全文表示</button></p>", "全文表示")]
    public void A_comment_that_is_cut_or_folded_away_is_no_loss(string ours, string sign)
    {
        var verdict = Judge(Notes(Note(1), Note(2), Ours, Note(4)), Notes(Note(1), Note(2), ours, Note(4)));

        Assert.Equal([ReasonCode.PageShrunk], verdict.Codes());
        Assert.Contains(sign, verdict.Reasons[0].Message, StringComparison.Ordinal);
    }

    /// <summary>A button alone is a part that a script fills, in the comments as elsewhere.</summary>
    [Fact]
    public void A_comment_that_came_as_a_button_is_left_to_a_script()
    {
        const string Folded = "<button class=unfold>Show this note</button>";

        var verdict = Judge(Notes(Note(1), Note(2), Ours, Note(4)), Notes(Note(1), Note(2), Folded, Note(4)));

        Assert.Equal([ReasonCode.ScriptOnly], verdict.Codes());
        Assert.Contains("button", verdict.Reasons[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Head + ".</p>")]
    [InlineData(Head + "…</p>")]
    [InlineData(Head + "… <a href='/notes/3'>Go on</a></p>")]
    [InlineData("<p>Taken out by the editors.</p>")]
    [InlineData("<p>Taken out. <a href='#rules'>Rules</a></p>")]
    public void A_comment_that_was_shortened_or_taken_out_is_a_loss(string ours) =>
        Assert.Equal(
            [ReasonCode.LinkRemoved],
            Judge(Notes(Note(1), Note(2), Ours, Note(4)), Notes(Note(1), Note(2), ours, Note(4))).Codes());

    [Fact]
    public void A_comment_that_is_gone_beside_one_that_always_was_cut_is_a_loss()
    {
        const string Cut = "<p>Number two was… <button>Read more</button></p>";

        Assert.Equal([ReasonCode.LinkRemoved], Judge(Notes(Note(1), Cut, Ours, Note(4)), Notes(Note(1), Cut, Note(4))).Codes());
    }

    [Fact]
    public void Comments_behind_a_new_button_are_no_loss()
    {
        var verdict = Judge(
            Notes(Note(1), Note(2), Ours, Note(4)),
            Notes(Note(1), Note(2)).Replace("</ol>", "</ol><button>2 more</button>", StringComparison.Ordinal));

        Assert.Equal(VerdictState.Unknown, verdict.State);
    }

    [Fact]
    public void A_profile_that_is_cut_is_no_loss()
    {
        const string Life = "<p>I was born by the sea, learned to mend boats, and have since seen more harbours than most people have hats";
        var was = $"<div class=bio>{Life}; today I sell what I find, at {JudgeCase.Link()}.</p></div><p>Joined in 2019</p>";
        var now = $"<div class=bio>{Life[..70]}… <a href='#' class=all>see all</a></p></div><p>Joined in 2019</p>";

        Assert.Equal([ReasonCode.PageShrunk], Judge(was, now).Codes());
        Assert.Null(new WithheldText(See(Page(was)).Reading!, KnownPage.Of(See(Page(was)).Reading!, []), "", "").Sign(null));
    }

    [Theory]
    [InlineData("Links are for members only. <a href='/login'>Log in</a> or <a href='/register/'>join</a>.", true)]
    [InlineData("[Nur für Mitglieder: <a href='/member.php?action=register'>Registrieren</a>]", true)]
    [InlineData("<a href='/ucp.php?mode=login'>Войти</a>, чтобы видеть ссылки", true)]
    [InlineData("See <a href='/contact'>our people</a> for more.", false)]
    [InlineData("lamps <a href='/login'>Log in</a>", false)]
    [InlineData("Ask <a href='https://rival.example/login'>Rival</a>.", false)]
    public void A_login_in_the_link_s_place_is_no_loss(string now, bool isUnknown) =>
        Assert.Equal(
            [isUnknown ? ReasonCode.Blocked : ReasonCode.LinkRemoved],
            Judge(
                $"<p>Found after years of looking, and here it is: {JudgeCase.Link()}</p>",
                $"<p>Found after years of looking, and here it is: {now}</p>").Codes());

    private static Verdict Judge(string was, string now, string before = "")
    {
        var seen = LinkJudge.Judge(See(Page(was)), JudgeCase.Expectation, LinkMemory.None);
        var status = LinkTracker.Apply(LinkStatus.New(PageAnswer.Time.AddDays(-1)), seen, ConfirmationPolicy.Default).Status;
        Assert.Equal(LinkState.Live, status.State);
        return LinkJudge.Judge(See(Page(now, before)), JudgeCase.Expectation, LinkChecker.Memory(status));
    }

    private static Observation See(string html) => JudgeCase.Observe(PageAnswer.Html(html));

    private static string Page(string part, string before = "") =>
        $"<!doctype html><title>Lamps of the harbour</title><main><h1>Lamps of the harbour</h1>{before}{LinkJudgeTests.Article}"
            + $"<p>Of all that was said here a good deal is true, and the rest was well invented by people with time.</p>{part}</main>"
            + "<aside><h3>More of these</h3><ul><li>The tailor and his clock, a story in parts</li><li>Fog on the river</li></ul>"
            + "<p>Anna wrote this. <button>Reply</button></p><p>Joe liked it. <button>Reply</button></p></aside>";
}
