using System.Net;
using System.Text;
using System.Text.Json;
using LinkMonitor.Dashboard.Pages;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Answers;

/// <summary>
/// <see cref="HumanPage"/>, <see cref="HandOverPage"/> and the forms of <see cref="AnswerForms"/> with the words of
/// <see cref="AnswerParts"/>, without script.
/// </summary>
public sealed class HumanPageTests : IAsyncLifetime
{
    private const string Hostile = "https://a.example/post?<script>alert(1)</script>";
    private Product _product = null!;
    private SignedIn _anna = null!;
    private string _project = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _product.Clock.GetUtcNow();

    private string Pages => $"/app/p/{_project}";

    public async ValueTask InitializeAsync()
    {
        // Cookies end by the client's own clock.
        _product = await Product.StartAsync(ProductSettings.InMemory(new ManualTimeProvider(TimeProvider.System.GetUtcNow())), Stop);
        _anna = await SignedIn.AsAsync(_product, Product.AdminKey, Stop);
        _project = await _product.Api.CreateProjectAsync(new { name = "People", recipients = new[] { "anna@example.org" } }, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        _anna?.Dispose();
        await _product.DisposeAsync();
    }

    [Fact]
    public async Task The_queue_says_why_how_long_and_when_the_link_was_last_seen_and_takes_an_answer_that_can_be_undone()
    {
        var none = await _anna.GetAsync($"{Pages}/human", HttpStatusCode.OK, Stop);
        Assert.Contains("Nobody is needed", none, StringComparison.Ordinal);
        Assert.Contains("There are no links yet.", none, StringComparison.Ordinal);
        var link = await AddAsync("https://a.example/post");

        var queue = await _anna.GetAsync($"{Pages}/human", HttpStatusCode.OK, Stop);
        var answered = await _anna.PostAsync(
            $"{Pages}/links/{link}/answer", [("says", "gone"), ("back", "human")], HttpStatusCode.OK, Stop);
        var list = await _anna.GetAsync($"{Pages}/links", HttpStatusCode.OK, Stop);
        var undone = await _anna.PostAsync($"{Pages}/links/{link}/answer/withdraw", [("back", "human")], HttpStatusCode.OK, Stop);

        Assert.All(
            ["a.example/post", "blocked", "The server refused to send us the page (403).", "3 days ago", "4 days ago", "It is gone"],
            text => Assert.Contains(text, queue, StringComparison.Ordinal));
        Assert.Contains("Nobody is needed", answered, StringComparison.Ordinal);
        Assert.Contains("1 link could not be seen by the last check, and somebody has answered.", answered, StringComparison.Ordinal);
        Assert.Contains("gone, says configured admin key", list, StringComparison.Ordinal);
        Assert.Contains("a.example/post", undone, StringComparison.Ordinal);
    }

    /// <summary>The tab's number is that of after the answer, though no list was opened since.</summary>
    [Fact]
    public async Task The_page_after_an_answer_counts_it()
    {
        const string Badge = "Needs a human <span class=\"n\">";
        var link = await AddAsync("https://a.example/post");
        Assert.Contains(Badge, await _anna.GetAsync($"{Pages}/links", HttpStatusCode.OK, Stop), StringComparison.Ordinal);

        var answered = await _anna.PostAsync($"{Pages}/links/{link}/answer", [("says", "seen")], HttpStatusCode.OK, Stop);
        var withdrawn = await _anna.PostAsync($"{Pages}/links/{link}/answer/withdraw", [], HttpStatusCode.OK, Stop);

        Assert.DoesNotContain(Badge, answered, StringComparison.Ordinal);
        Assert.Contains(Badge, withdrawn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_wrong_is_shown_again_with_what_is_wrong()
    {
        var link = await AddAsync("https://a.example/post");

        var form = await _anna.PostAsync(
            $"{Pages}/links/{link}/answer", [("says", "seen"), ("note", "Mine."), ("days", "400")], HttpStatusCode.UnprocessableEntity,
            Stop);

        Assert.All(["1 to 365; it is 400.", "Mine.", "400"], text => Assert.Contains(text, form, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_saved_page_is_read_in_its_own_encoding_for_all_links_of_the_page_it_names()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var link = await AddAsync("https://a.example/post");
        var other = await AddAsync("https://a.example/post", "https://other.example/");
        var html = "<!doctype html>\r\n<!-- saved from url=(0022)https://a.example/post -->\r\n"
            + "<meta charset=windows-1251><title>Лампы</title><p>"
            + string.Concat(Enumerable.Repeat("Зимой нужен свет. ", 40)) + "<a href='https://example.org/'>лампы</a>";

        var queue = await _anna.PostAsync(
            $"{Pages}/hand-over", [], HttpStatusCode.OK, Stop, Encoding.GetEncoding("windows-1251").GetBytes(html));
        var page = (await _product.Api.GetLinkAsync(_project, link, Stop)).GetProperty("handedPage");
        var forgotten = await _anna.PostAsync($"{Pages}/links/{link}/answer/forget", [], HttpStatusCode.OK, Stop);

        Assert.Contains("read for its 2 links", queue, StringComparison.Ordinal);
        Assert.Equal(
            ("live", "file", "лампы"),
            (page.GetProperty("state").GetString(), page.GetProperty("way").GetString(),
                page.GetProperty("evidence").GetProperty("anchor").GetString()));
        Assert.Equal(
            "gone", (await _product.Api.GetLinkAsync(_project, other, Stop)).GetProperty("handedPage").GetProperty("proposes").GetString());
        Assert.Contains("What was handed over is forgotten.", forgotten, StringComparison.Ordinal);
        Assert.DoesNotContain("no answer (", queue + forgotten, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "https://a.example/post", "Paste the page's HTML")]
    [InlineData("<p>x", "", "Say which page it is")]
    [InlineData("<p>x", "ftp://a.example/", "http or https URL")]
    [InlineData("<p>x", "https://b.example/", "no link of this project on https://b.example/")]
    public async Task What_cannot_be_judged_is_told_and_nothing_is_kept(string html, string url, string told)
    {
        var link = await AddAsync("https://a.example/post");

        var form = await _anna.PostAsync(
            $"{Pages}/hand-over", [("html", html), ("url", url)], HttpStatusCode.UnprocessableEntity, Stop);

        Assert.Contains(told, form, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, (await _product.Api.GetLinkAsync(_project, link, Stop)).GetProperty("handedPage").ValueKind);
    }

    [Fact]
    public async Task What_people_and_pages_write_is_never_markup()
    {
        var link = await AddAsync(Hostile);
        var html = "<title><script>alert(2)</script></title><p>" + string.Concat(Enumerable.Repeat("Light. ", 80))
            + "<a href='https://example.org/'>&lt;script&gt;alert(3)&lt;/script&gt;</a>";

        await _anna.PostAsync($"{Pages}/hand-over", [("link", link), ("html", html)], HttpStatusCode.OK, Stop);
        await _anna.PostAsync(
            $"{Pages}/links/{link}/answer", [("says", "seen"), ("note", "<script>alert(4)</script>"), ("fromHandedPage", "1")],
            HttpStatusCode.OK, Stop);

        foreach (var path in new[] { "human", $"links/{link}", "links", $"hand-over?link={link}" })
            Assert.DoesNotContain("<script>alert", await _anna.RawAsync($"{Pages}/{path}", Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_only_read_sees_the_queue_and_gives_no_answer()
    {
        var link = await AddAsync("https://a.example/post");
        var made = await _product.Api.PostAsync("/api/v1/keys", new { name = "Bob", scope = "read" }, HttpStatusCode.Created, Stop);
        using var bob = await SignedIn.AsAsync(_product, made.GetProperty("key").GetString()!, Stop);

        var queue = await bob.GetAsync($"{Pages}/human", HttpStatusCode.OK, Stop);

        Assert.Contains("a.example/post", queue, StringComparison.Ordinal);
        Assert.DoesNotContain("I see it", queue, StringComparison.Ordinal);
        await bob.GetAsync($"{Pages}/hand-over", HttpStatusCode.Forbidden, Stop);
        await bob.PostAsync($"{Pages}/links/{link}/answer", [("says", "seen")], HttpStatusCode.Forbidden, Stop);
    }

    [Fact]
    public async Task Where_nobody_is_needed_it_says_what_the_links_wait_for()
    {
        await UntoldLinks.AddAsync(_product, _project, "https://b.example/a", CheckOutcome.OurFault, Now, Stop);
        await UntoldLinks.AddAsync(_product, _project, "https://b.example/b", CheckOutcome.OurFault, Now, Stop);
        await _product.Api.RegisterAsync(_project, new { page = "https://c.example/new", target = "https://example.org/" }, Stop);

        var page = await _anna.GetAsync($"{Pages}/human", HttpStatusCode.OK, Stop);

        Assert.Contains("2 links could not be checked through a fault of our own and are checked again.", page, StringComparison.Ordinal);
        Assert.Contains("1 link waits for its first check.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("were seen", page, StringComparison.Ordinal);
    }

    private Task<string> AddAsync(string page, string target = "https://example.org/") =>
        UntoldLinks.AddAsync(_product, _project, page, CheckOutcome.Blocked, Now.AddDays(-3), Stop, target);
}
