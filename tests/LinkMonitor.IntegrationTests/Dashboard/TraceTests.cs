using System.Net;
using System.Text.RegularExpressions;
using LinkMonitor.Answers;
using LinkMonitor.Dashboard;
using LinkMonitor.Dashboard.Pages;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Keys;
using LinkMonitor.Storage.Ids;

namespace LinkMonitor.IntegrationTests.Dashboard;

/// <summary>
/// What is left of what people did: <see cref="FormerLinkPage"/> and <see cref="LinkPast"/>, the audit log's words and ways, questions that
/// a browser may show again, and forms of sessions that ended (<see cref="KeptForm"/>, <see cref="SessionEnded"/>).
/// </summary>
public sealed partial class TraceTests : IAsyncLifetime
{
    private const string Page = "https://blog.example.net/post";
    private const string Target = "https://example.org/";
    private const string Hook = "https://hooks.example.org/services/SECRETTOKEN";
    private Product _product = null!;
    private DashboardVisitor _owner = null!;
    private string _at = "";
    private string _project = "";
    private string _link = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        _owner = await DashboardVisitor.EnterAsync(_product, Product.AdminKey, Token);
        _project = await _product.Api.CreateProjectAsync(new { name = "Traces", recipients = new[] { "anna@example.org" } }, Token);
        _link = await _product.Api.RegisterAsync(_project, new { page = Page, target = Target }, Token);
        _at = $"/app/p/{_project}";
    }

    public async ValueTask DisposeAsync()
    {
        _owner?.Dispose();
        await _product.DisposeAsync();
    }

    [Fact]
    public async Task A_replaced_link_keeps_its_page_and_both_lead_to_the_other_until_it_is_undone()
    {
        using var saved = await PostAsync(
            $"{_at}/links/{_link}/edit", ("page", "https://blog.example.net/moved"), ("target", Target), ("match", "page"),
            ("terms.costPeriod", "term"));
        var successor = saved.Headers.Location!.PathAndQuery().Split('/')[^1];

        Assert.Contains(
            $"Replaces <a href=\"{_at}/links/{_link}\">", await TextAsync($"{_at}/links/{successor}"), StringComparison.Ordinal);
        var former = await TextAsync($"{_at}/links/{_link}");
        Assert.All(
            ["<h2>Replaced</h2>", "configured admin key", $"href=\"{_at}/links/{successor}\"", "Undo: watch it again"],
            text => Assert.Contains(text, former, StringComparison.Ordinal));
        var list = await TextAsync($"{_at}/links");
        Assert.Contains("Can be undone now", list, StringComparison.Ordinal);
        using var undone = await PostAsync(UndoPath().Match(list).Groups[1].Value);

        Assert.Equal($"{_at}/links/{_link}", undone.Headers.Location!.PathAndQuery());
        Assert.Contains("Check now", await TextAsync($"{_at}/links/{_link}"), StringComparison.Ordinal);
        Assert.Contains("<h2>Replaced</h2>", await TextAsync($"{_at}/links/{successor}"), StringComparison.Ordinal);
        Assert.DoesNotContain("Can be undone now", await TextAsync($"{_at}/links"), StringComparison.Ordinal);
    }

    /// <summary>Not the first page in silence.</summary>
    [Theory]
    [InlineData("links?cursor=abc")]
    [InlineData("links?q=state:lost&cursor=abc")]
    [InlineData("human?cursor=abc")]
    [InlineData("cases?cursor=abc")]
    [InlineData("imports?cursor=abc")]
    [InlineData("reports?cursor=abc")]
    [InlineData("changes?cursor=abc")]
    [InlineData("alerts?cursor=abc")]
    [InlineData("audit?cursor=abc")]
    public async Task A_cursor_of_no_list_is_told_and_leads_to_the_beginning(string path)
    {
        using var answer = await _owner.GetAsync($"{_at}/{path}", Token);
        var page = await answer.Content.ReadAsStringAsync(Token);

        Assert.Equal((HttpStatusCode.BadRequest, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("<h1>No such place in the list</h1>", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{_at}/{path.Split('?')[0]}\">The beginning of the list</a>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_link_says_who_deleted_it_and_is_brought_back_for_ten_minutes()
    {
        using var viewer = await ViewerAsync();
        using var deleted = await PostAsync($"{_at}/links/{_link}/delete");

        Assert.Contains("Undo: watch it again", await TextAsync($"{_at}/links/{_link}"), StringComparison.Ordinal);
        var seen = await TextAsync($"{_at}/links/{_link}", viewer);
        Assert.Contains("<h2>Deleted</h2>", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("Undo", seen, StringComparison.Ordinal);
        _product.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.DoesNotContain("Undo: watch", await TextAsync($"{_at}/links/{_link}"), StringComparison.Ordinal);
        using var none = await _owner.GetAsync($"{_at}/links/lnk_aaaaaaaaaaaaaaaaaaaaaaaaaa", Token);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task The_audit_log_names_what_was_done_something_to_leads_there_and_holds_no_secret()
    {
        using var added = await PostAsync($"{_at}/channels", ("kind", "webhook"), ("address", Hook), ("otherwise", "at-once"));
        using var muted = await PostAsync($"{_at}/links/{_link}/mute");
        using var viewer = await ViewerAsync();

        var log = await TextAsync($"{_at}/audit", viewer);

        Assert.Contains($"<a href=\"{_at}/links/{_link}\">Muted the link on {Page}</a>", log, StringComparison.Ordinal);
        Assert.Contains(
            $"<a href=\"{_at}/channels\">Added the webhook channel https://hooks.example.org/…OKEN</a>", log, StringComparison.Ordinal);
        foreach (var text in new[]
        {
            log,
            await TextAsync($"{_at}/channels", viewer),
            (await _product.Api.GetAsync($"/api/v1/projects/{_project}/audit", Token)).ToString(),
        })
            Assert.DoesNotContain("SECRETTOKEN", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_done_from_a_mail_is_in_the_log_with_the_kind_of_address()
    {
        var links = await _product.LinksAsync(new ProjectId(_project), Token);
        using var reader = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        foreach (var (address, did) in new[]
        {
            (links.Mute(new ProjectId(_project), new LinkId(_link))!, "mute"),
            (links.Mute(new ProjectId(_project), new LinkId(_link))!, "nothing known"),
            (links.Recheck(new ProjectId(_project), new LinkId(_link))!, "recheck"),
        })
        {
            using var answer = await reader.PostAsync(address, new FormUrlEncodedContent([KeyValuePair.Create("do", did)]), Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        var log = (await _product.Api.GetAsync($"/api/v1/projects/{_project}/audit", Token)).GetProperty("items").EnumerateArray()
            .Select(entry => $"{entry.GetProperty("by").GetProperty("name")}: {entry.GetProperty("what")} {entry.GetProperty("about")}")
            .ToList();
        Assert.Contains($"holder of the mute address: Muted the link on {Page} {_link}", log);
        Assert.Equal(1, log.Count(entry => entry.Contains("holder of the mute", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_question_before_an_act_is_a_page_that_can_be_loaded_again_and_asks_anew_when_the_number_has_changed()
    {
        var path = $"{_at}/links/bulk?act=mute&all=1&q=-has:tag";
        Assert.Contains("Mute 1 link?", await TextAsync(path), StringComparison.Ordinal);
        Assert.Contains("Mute 1 link?", await TextAsync(path), StringComparison.Ordinal);
        Assert.Contains("Stop watching 1 link?", await TextAsync($"{_at}/links/bulk?act=delete&link={_link}"), StringComparison.Ordinal);
        Assert.DoesNotContain("RequestVerificationToken", path, StringComparison.Ordinal);
        await _product.Api.RegisterAsync(_project, new { page = "https://other.example/", target = Target }, Token);

        using var asked = await PostAsync($"{_at}/links/bulk/do", ("act", "mute"), ("all", "1"), ("q", "-has:tag"), ("count", "1"));

        Assert.Equal(
            $"{_at}/links/bulk?act=mute&q=-has%3Atag&all=1", asked.Headers.Location!.PathAndQuery());
        Assert.Contains("Mute 2 links?", await TextAsync(asked.Headers.Location!.PathAndQuery()), StringComparison.Ordinal);
        using var none = await _owner.GetAsync($"{_at}/links/bulk?act=mute", Token);
        Assert.Equal($"{_at}/links", none.Headers.Location!.PathAndQuery());
    }

    [Fact]
    public async Task What_was_typed_when_the_session_had_ended_is_there_after_signing_in_and_for_nobody_else()
    {
        var (ben, carla) = (await KeyAsync("Ben"), await KeyAsync("Carla"));
        using var visitor = await DashboardVisitor.EnterAsync(_product, ben.Key, Token);
        var token = FormToken().Match(await TextAsync($"{_at}/links/new", visitor)).Groups[1].Value;
        var ring = _product.Get<KeyRing>();
        Assert.True(await ring.SignOutEverywhereAsync(ben.Id, Token));

        using var refused = await visitor.PostAsync(
            $"{_at}/links", Typed(token), null, Token, withToken: false);
        var asked = await refused.Content.ReadAsStringAsync(Token);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("Your session has ended", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("typed.example", asked, StringComparison.Ordinal);
        var kept = Kept().Match(asked).Groups[1].Value;

        using var other = await visitor.PostAsync("/sign-in", DashboardVisitor.Fields(("key", carla.Key), ("kept", kept)), null, Token);
        Assert.Equal(HttpStatusCode.Redirect, other.StatusCode);
        Assert.True(await ring.SignOutEverywhereAsync(carla.Id, Token));
        using var own = await visitor.PostAsync("/sign-in", DashboardVisitor.Fields(("key", ben.Key), ("kept", kept)), null, Token);
        var again = await own.Content.ReadAsStringAsync(Token);
        Assert.All(
            ["https://typed.example/", "My note", $"action=\"{_at}/links\"", "nothing was done"],
            text => Assert.Contains(text, again, StringComparison.Ordinal));
        using var sent = await visitor.PostAsync(
            $"{_at}/links", Typed(FormToken().Match(again).Groups[1].Value), null, Token, withToken: false);
        Assert.Contains("/links/lnk_", sent.Headers.Location!.PathAndQuery(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_wanted_says_that_the_session_has_ended_and_a_second_tab_to_sign_in_works()
    {
        var ben = await KeyAsync("Ben");
        using var visitor = await DashboardVisitor.EnterAsync(_product, ben.Key, Token);
        await _product.Get<KeyRing>().SignOutEverywhereAsync(ben.Id, Token);

        using var wanted = await visitor.GetAsync($"{_at}/links", Token);
        var asked = await TextAsync(wanted.Headers.Location!.PathAndQuery(), visitor);
        Assert.Contains("Your session has ended. Sign in again", asked, StringComparison.Ordinal);
        var token = FormToken().Match(asked).Groups[1].Value;
        using var first = await visitor.PostAsync(
            "/sign-in", DashboardVisitor.Fields(("key", ben.Key), (DashboardForm.TokenField, token)), null, Token, withToken: false);
        using var second = await visitor.PostAsync(
            "/sign-in", DashboardVisitor.Fields(("key", ben.Key), (DashboardForm.TokenField, "CfDJ8stale")), null, Token, withToken: false);

        Assert.Equal("/app", first.Headers.Location?.PathAndQuery());
        Assert.Equal("/app", second.Headers.Location?.PathAndQuery());
    }

    [Theory]
    [InlineData("{\"a\":1}", "It is JSON")]
    [InlineData("%PDF-1.7", "It is a PDF")]
    public async Task What_is_no_page_is_refused_by_name(string html, string said)
    {
        await AskedLink.MakeAsync(_product, new ProjectId(_project), new LinkId(_link), Token);

        using var refused = await PostAsync($"{_at}/hand-over", ("link", _link), ("html", html));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(said, await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.NotNull(NoPage.WhyNot(System.Text.Encoding.UTF8.GetBytes(html)));
    }

    [Fact]
    public async Task An_owner_of_a_case_who_is_gone_is_named_as_gone()
    {
        var ben = await KeyAsync("Ben");
        var opened = await _product.Api.PostAsync(
            $"/api/v1/projects/{_project}/cases", new { linkId = _link, owner = ben.Id }, HttpStatusCode.Created, Token);
        await _product.Api.SendAsync(HttpMethod.Delete, $"/api/v1/keys/{ben.Id}", null, HttpStatusCode.NoContent, Token);

        foreach (var page in new[] { $"{_at}/cases", $"{_at}/cases/{opened.GetProperty("id")}", $"{_at}/links/{_link}" })
            Assert.Contains("Ben (gone)", await TextAsync(page), StringComparison.Ordinal);
        Assert.Empty(await _product.Get<CaseOwners>().GoneAsync(
            LinkMonitor.Testing.StorageSamples.Project(new ProjectId(_project)), [], Token));
    }

    private static IReadOnlyCollection<KeyValuePair<string, string>> Typed(string token) => DashboardVisitor.Fields(
        ("page", "https://typed.example/"), ("target", Target), ("note", "My note"), ("match", "page"), ("terms.costPeriod", "term"),
        (DashboardForm.TokenField, token));

    [Fact]
    public async Task What_can_be_undone_is_counted_with_the_newest_act_and_the_rest_is_folded()
    {
        for (var number = 1; number <= 5; number++)
        {
            var link = await _product.Api.RegisterAsync(
                _project, new { page = $"https://blog{number}.example.net/", target = Target }, Token);
            using var muted = await PostAsync($"{_at}/links/{link}/mute");
            _product.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        // The act that was just done is offered to be undone where it is told, and only there.
        var told = await TextAsync($"{_at}/links");
        Assert.Contains("Can be undone now: 4 ", told, StringComparison.Ordinal);
        Assert.Equal(5, UndoPath().Matches(told).Select(form => form.Groups[1].Value).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(5, UndoPath().Count(told));
        var list = await TextAsync($"{_at}/links");
        var acts = list[list.IndexOf("Can be undone now: 5 ", StringComparison.Ordinal)..];
        var folded = acts.IndexOf("</summary>", StringComparison.Ordinal);

        Assert.Contains("Muted the link on https://blog5.example.net/", acts[..folded], StringComparison.Ordinal);
        Assert.DoesNotContain("blog4", acts[..folded], StringComparison.Ordinal);
        for (var number = 1; number <= 5; number++)
            Assert.Contains($"Muted the link on https://blog{number}.example.net/", acts[folded..], StringComparison.Ordinal);
    }

    private async Task<(string Id, string Key)> KeyAsync(string name)
    {
        var made = await _product.Api.PostAsync("/api/v1/keys", new { name, scope = "write" }, HttpStatusCode.Created, Token);
        return (made.GetProperty("id").GetString()!, made.GetProperty("key").GetString()!);
    }

    private async Task<DashboardVisitor> ViewerAsync()
    {
        var made = await _product.Api.PostAsync("/api/v1/keys", new { name = "Vera", scope = "read" }, HttpStatusCode.Created, Token);
        return await DashboardVisitor.EnterAsync(_product, made.GetProperty("key").GetString(), Token);
    }

    private Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        _owner.PostAsync(path, DashboardVisitor.Fields(fields), null, Token);

    private async Task<string> TextAsync(string path, DashboardVisitor? by = null)
    {
        using var answer = await (by ?? _owner).GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Token);
    }

    [GeneratedRegex("action=\"([^\"]+/links/undo/[^\"]+)\"")]
    private static partial Regex UndoPath();

    [GeneratedRegex("name=\"kept\" value=\"([^\"]+)\"")]
    private static partial Regex Kept();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
