using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using LinkMonitor.Dashboard;
using LinkMonitor.IntegrationTests.Answers;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Testing;
using LinkMonitor.Views;

namespace LinkMonitor.IntegrationTests.Dashboard;

/// <summary>
/// Forms over something that somebody else has changed since (<see cref="FormErrors"/>, <see cref="DashboardForm"/>,
/// <see cref="FormVersion"/>): nothing typed is lost, and who decides sees both.
/// </summary>
public sealed partial class StaleFormTests : IAsyncLifetime
{
    private Product _product = null!;
    private SignedIn _anna = null!;
    private string _project = "";
    private string _link = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // Cookies end by the client's own clock.
        _product = await Product.StartAsync(ProductSettings.InMemory(new ManualTimeProvider(TimeProvider.System.GetUtcNow())), Token);
        _anna = await SignedIn.AsAsync(_product, Product.AdminKey, Token);
        _project = await _product.Api.CreateProjectAsync(new { name = "Two people" }, Token);
        _link = await _product.Api.RegisterAsync(
            _project, new { page = "https://blog.example.net/", target = "https://example.org/" }, Token);
    }

    public async ValueTask DisposeAsync()
    {
        _anna?.Dispose();
        await _product.DisposeAsync();
    }

    [Theory]
    [InlineData("settings", "senderName", "Our typed name", """{"senderName":"Their stored name"}""", "Their stored name", "senderName")]
    [InlineData("links/{link}/edit", "note", "Our typed note", """{"note":"Their stored note"}""", "Their stored note", "note")]
    [InlineData("types/forum/edit", "rel", "sponsored", """{"rel":"ugc"}""", "ugc", "rel")]
    [InlineData("cases/{case}", "due", "2031-02-03", """{"due":"2030-01-02"}""", "2030-01-02", "due")]
    public async Task What_was_typed_stays_beside_what_is_stored_and_can_be_saved_on_purpose(
        string path, string field, string typed, string change, string stored, string saved)
    {
        var opened = await _product.Api.PostAsync(
            $"/api/v1/projects/{_project}/cases", new { linkId = _link }, HttpStatusCode.Created, Token);
        path = path.Replace("{link}", _link, StringComparison.Ordinal)
            .Replace("{case}", opened.GetProperty("id").GetString()!, StringComparison.Ordinal);
        var page = $"/app/p/{_project}/{path}";
        var api = path == "settings" ? $"/api/v1/projects/{_project}"
            : $"/api/v1/projects/{_project}/{path.Replace("/edit", "", StringComparison.Ordinal)}";
        var form = Form(await _anna.RawAsync(page, Token), field);
        var to = path.StartsWith("types", StringComparison.Ordinal) ? page.Replace("/edit", "", StringComparison.Ordinal) : page;
        await _product.Api.SendAsync(HttpMethod.Patch, api, change, HttpStatusCode.OK, Token);

        var refused = await _anna.PostAsync(to, With(form, field, typed), HttpStatusCode.Conflict, Token);

        Assert.Contains(DashboardForm.StaleWords, refused, StringComparison.Ordinal);
        Assert.Contains(typed, refused, StringComparison.Ordinal);
        Assert.Matches($"Stored now: <b>{stored}</b>", refused);
        await _anna.PostAsync(to, With(Form(refused, field), field, typed), HttpStatusCode.OK, Token);
        Assert.Equal(typed, (await _product.Api.GetAsync(api, Token)).GetProperty(saved).GetString());
    }

    [Theory]
    [InlineData("links/{link}/edit", "terms.start", "never", "2031-02-03", """{"note":"Their stored note"}""", "Their stored note", "note")]
    [InlineData("types/forum/edit", "rel", "no such", "sponsored", """{"rel":"ugc"}""", "ugc", "rel")]
    [InlineData("cases/{case}", "due", "never", "2031-02-03", """{"due":"2030-01-02"}""", "2030-01-02", "due")]
    public async Task A_wrong_value_does_not_hide_that_somebody_saved_meanwhile(
        string path, string field, string wrong, string typed, string change, string stored, string saved)
    {
        path = path.Replace("{link}", _link, StringComparison.Ordinal)
            .Replace("{case}", await OpenCaseAsync(), StringComparison.Ordinal);
        var page = $"/app/p/{_project}/{path}";
        var api = $"/api/v1/projects/{_project}/{path.Replace("/edit", "", StringComparison.Ordinal)}";
        var to = path.StartsWith("types", StringComparison.Ordinal) ? page.Replace("/edit", "", StringComparison.Ordinal) : page;
        var form = Form(await _anna.RawAsync(page, Token), field);
        await _product.Api.SendAsync(HttpMethod.Patch, api, change, HttpStatusCode.OK, Token);

        var refused = await _anna.PostAsync(to, With(form, field, wrong), HttpStatusCode.UnprocessableEntity, Token);
        var told = await _anna.PostAsync(to, With(Form(refused, field), field, typed), HttpStatusCode.Conflict, Token);

        Assert.Contains(stored, told, StringComparison.Ordinal);
        Assert.Equal(stored, (await _product.Api.GetAsync(api, Token)).GetProperty(saved).GetString());
        await _anna.PostAsync(to, With(Form(told, field), field, typed), HttpStatusCode.OK, Token);
    }

    [Theory]
    [InlineData(
        "settings", "timeZone", "Europe/Berlin", """{"senderName":"Their name"}""", "senderName", "Their name", "Sender name of mails")]
    [InlineData("links/{link}/edit", "rel", "sponsored", """{"note":"Their note"}""", "note", "Their note", "Note")]
    [InlineData("types/forum/edit", "rel", "sponsored", """{"placement":"footer"}""", "placement", "footer", "Placement")]
    [InlineData("cases/{case}", "promised", "2031-02-03", """{"due":"2030-01-02"}""", "due", "2030-01-02", "Due")]
    public async Task A_field_that_nobody_touched_stays_as_somebody_else_saved_it(
        string path, string field, string typed, string change, string theirs, string stored, string label)
    {
        path = path.Replace("{link}", _link, StringComparison.Ordinal)
            .Replace("{case}", await OpenCaseAsync(), StringComparison.Ordinal);
        var page = $"/app/p/{_project}/{path}";
        var api = path == "settings" ? $"/api/v1/projects/{_project}"
            : $"/api/v1/projects/{_project}/{path.Replace("/edit", "", StringComparison.Ordinal)}";
        var to = path.StartsWith("types", StringComparison.Ordinal) ? page.Replace("/edit", "", StringComparison.Ordinal) : page;
        var form = Form(await _anna.RawAsync(page, Token), field);
        await _product.Api.SendAsync(HttpMethod.Patch, api, change, HttpStatusCode.OK, Token);

        var told = await _anna.PostAsync(to, With(form, field, typed), HttpStatusCode.Conflict, Token);

        Assert.Contains($"Changed meanwhile, and not by you: {label}.", told, StringComparison.Ordinal);
        await _anna.PostAsync(to, Form(told, field), HttpStatusCode.OK, Token);
        var now = await _product.Api.GetAsync(api, Token);
        Assert.Equal((stored, typed), (now.GetProperty(theirs).GetString(), now.GetProperty(field).GetString()));
    }

    [Fact]
    public async Task What_is_mailed_at_once_of_a_type_is_merged_like_any_field()
    {
        var (page, api) = ($"/app/p/{_project}/types/forum", $"/api/v1/projects/{_project}/types/forum");
        var form = Form(await _anna.RawAsync($"{page}/edit", Token), "rel");
        await _product.Api.SendAsync(HttpMethod.Patch, api, """{"atOnce":["noindex"]}""", HttpStatusCode.OK, Token);

        var told = await _anna.PostAsync(page, With(form, "rel", "sponsored"), HttpStatusCode.Conflict, Token);

        Assert.Contains("not by you: What is mailed at once.", told, StringComparison.Ordinal);
        await _anna.PostAsync(page, Form(told, "rel"), HttpStatusCode.OK, Token);
        var now = await _product.Api.GetAsync(api, Token);
        Assert.Equal(["noindex"], now.GetProperty("atOnce").EnumerateArray().Select(topic => topic.GetString()));
        Assert.Equal("sponsored", now.GetProperty("rel").GetString());
    }

    [Theory]
    [InlineData(
        "channels", """{"kind":"email","address":"ben@example.org"}""", """{"otherwise":"never"}""", "somebody changed ben@example.org")]
    [InlineData(
        "views", """{"name":"Seen","filter":"state:pending","shared":true}""", """{"name":"Pending"}""", "somebody changed or deleted")]
    [InlineData("links", """{"page":"https://two.example.net/","target":"https://example.org/"}""", """{"note":"Keep"}""",
        "still watched: somebody changed it")]
    public async Task What_somebody_changed_meanwhile_is_not_removed(string list, string make, string change, string told)
    {
        var all = $"/api/v1/projects/{_project}/{list}";
        var id = (await _product.Api.SendAsync(HttpMethod.Post, all, make, HttpStatusCode.Created, Token)).GetProperty("id").GetString();
        var page = $"/app/p/{_project}/" + list switch
        {
            "views" => "links?q=state:pending",
            "links" => $"links/{id}/edit",
            _ => list,
        };
        var form = To(await _anna.RawAsync(page, Token), $"{id}/delete");
        await _product.Api.SendAsync(HttpMethod.Patch, $"{all}/{id}", change, HttpStatusCode.OK, Token);
        var to = $"/app/p/{_project}/{(list == "views" ? "links/views" : list)}/{id}/delete";

        var refused = await _anna.PostAsync(to, form, HttpStatusCode.OK, Token);

        Assert.Contains(told, refused, StringComparison.Ordinal);
        await _product.Api.GetAsync($"{all}/{id}", Token);
        await _anna.PostAsync(to, To(await _anna.RawAsync(page, Token), $"{id}/delete"), HttpStatusCode.OK, Token);
        await _product.Api.SendAsync(HttpMethod.Get, $"{all}/{id}", null, HttpStatusCode.NotFound, Token);
        Assert.Contains(
            list == "views" ? "somebody changed or deleted the view" : "somebody has removed what it was about",
            await _anna.PostAsync(to, form, list == "views" ? HttpStatusCode.OK : HttpStatusCode.NotFound, Token),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_expectation_is_checked_at_once_and_the_page_does_not_say_that_all_is_well()
    {
        await AskedLink.MakeAsync(_product, new ProjectId(_project), new LinkId(_link), Token, isAnswered: false);
        var page = $"/app/p/{_project}/links/{_link}";

        var told = await _anna.PostAsync(
            $"{page}/edit", With(Form(await _anna.RawAsync($"{page}/edit", Token), "rel"), "rel", "nofollow"), HttpStatusCode.OK, Token);
        var noted = await _anna.PostAsync(
            $"{page}/edit", With(Form(await _anna.RawAsync($"{page}/edit", Token), "note"), "note", "Mine"), HttpStatusCode.OK, Token);

        Assert.Contains("checked by what is expected now", told, StringComparison.Ordinal);
        Assert.Contains("The page is being checked", told, StringComparison.Ordinal);
        Assert.Contains("What is expected was changed after the last check", told, StringComparison.Ordinal);
        Assert.DoesNotContain("The page is being checked", noted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_a_finding_counts_is_shown_to_all_and_changed_with_the_settings()
    {
        var page = $"/app/p/{_project}/settings";
        var form = Form(await _anna.RawAsync(page, Token), "name");

        var wrong = await _anna.PostAsync(
            page, With(form, "confirmation.pageGone.observations", "11"), HttpStatusCode.UnprocessableEntity, Token);
        await _anna.PostAsync(page, With(form, "confirmation.pageGone.observations", "4"), HttpStatusCode.OK, Token);

        Assert.Matches("<details open[^>]*><summary>When a finding counts", wrong);
        Assert.Contains("1 to 10; it is 11.", wrong, StringComparison.Ordinal);
        var key = await _product.Api.PostAsync("/api/v1/keys", new { name = "Vera", role = "viewer" }, HttpStatusCode.Created, Token);
        using var viewer = await SignedIn.AsAsync(_product, key.GetProperty("key").GetString()!, Token);
        Assert.Contains("<dd>4 looks over 6 hours</dd>", await viewer.RawAsync(page, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_case_keeps_the_button_that_was_pressed()
    {
        var one = await OpenCaseAsync();
        var (page, api) = ($"/app/p/{_project}/cases/{one}", $"/api/v1/projects/{_project}/cases/{one}");
        var form = Form(await _anna.RawAsync(page, Token), "due");
        await _product.Api.SendAsync(HttpMethod.Patch, api, """{"due":"2030-01-02"}""", HttpStatusCode.OK, Token);

        var told = await _anna.PostAsync(page, [.. form, ("status", "refunded")], HttpStatusCode.Conflict, Token);

        Assert.Contains("<button name=\"status\" value=\"refunded\">Save again: Refunded</button>", told, StringComparison.Ordinal);
        await _anna.PostAsync(page, [.. Form(told, "due"), ("status", "refunded")], HttpStatusCode.OK, Token);
        Assert.Equal("refunded", (await _product.Api.GetAsync(api, Token)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_note_that_is_refused_leaves_the_other_form_of_the_case_as_it_is()
    {
        var one = await OpenCaseAsync();
        await _product.Api.SendAsync(
            HttpMethod.Patch, $"/api/v1/projects/{_project}/cases/{one}", """{"due":"2030-01-02"}""", HttpStatusCode.OK, Token);

        var refused = await _anna.PostAsync(
            $"/app/p/{_project}/cases/{one}/notes", [("text", "")], HttpStatusCode.UnprocessableEntity, Token);

        Assert.Contains(("due", "2030-01-02"), Form(refused, "due"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_form_of_a_link_that_is_gone_tells_what_became_of_it_and_keeps_what_was_typed(bool isReplaced)
    {
        var (page, api) = ($"/app/p/{_project}/links/{_link}/edit", $"/api/v1/projects/{_project}/links/{_link}");
        var form = Form(await _anna.RawAsync(page, Token), "note");
        var instead = !isReplaced ? null : (await _product.Api.SendAsync(
            HttpMethod.Patch, api, """{"page":"https://blog.example.net/other"}""", HttpStatusCode.OK,
            Token)).GetProperty("id").GetString();
        if (!isReplaced)
            await _product.Api.SendAsync(HttpMethod.Delete, api, null, HttpStatusCode.NoContent, Token);

        var told = await _anna.PostAsync(page, With(form, "note", "Our typed note"), HttpStatusCode.Conflict, Token);

        Assert.Matches("<textarea[^>]*>Our typed note</textarea>", told);
        if (isReplaced)
            Assert.Matches(
                "configured admin key replaced this link since you opened the form.* In its place is "
                + $"<a href=\"/app/p/{_project}/links/{instead}\">blog.example.net/other</a>", told);
        else
            Assert.Contains("This link was deleted since you opened the form", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_of_a_type_that_is_gone_keeps_what_was_typed_and_can_make_it_again()
    {
        var types = $"/api/v1/projects/{_project}/types";
        await _product.Api.PostAsync(types, new { name = "Letter", rel = "ugc" }, HttpStatusCode.Created, Token);
        var page = $"/app/p/{_project}/types";
        var form = With(Form(await _anna.RawAsync($"{page}/letter/edit", Token), "rel"), "rel", "sponsored");
        await _product.Api.SendAsync(HttpMethod.Delete, $"{types}/letter", null, HttpStatusCode.NoContent, Token);

        var told = await _anna.PostAsync($"{page}/letter", form, HttpStatusCode.Conflict, Token);

        Assert.Contains("Somebody deleted this type since you opened the page", told, StringComparison.Ordinal);
        Assert.DoesNotContain("tored now", told, StringComparison.Ordinal);
        await _anna.PostAsync(page, Form(told, "rel"), HttpStatusCode.OK, Token);
        Assert.Equal("sponsored", (await _product.Api.GetAsync($"{types}/letter", Token)).GetProperty("rel").GetString());
    }

    [Fact]
    public async Task A_handed_page_is_confirmed_or_forgotten_only_by_who_has_seen_it()
    {
        await AskedLink.MakeAsync(_product, new ProjectId(_project), new LinkId(_link), Token, isAnswered: false);
        using var ben = await BenAsync();
        await HandOverAsync(_anna, "<a href='https://example.org/'>lamps</a>");
        var page = await _anna.RawAsync($"/app/p/{_project}/links/{_link}", Token);
        var (confirm, forget) = (Form(page, "fromHandedPage"), To(page, "answer/forget"));
        var queue = Form(await _anna.RawAsync($"/app/p/{_project}/human", Token), "fromHandedPage");
        _product.Clock.Advance(TimeSpan.FromMinutes(1));
        await HandOverAsync(ben, "");

        var asked = await _anna.PostAsync(Answer, [.. confirm, ("says", "seen")], HttpStatusCode.Conflict, Token);
        var askedInQueue = await _anna.PostAsync(Answer, [.. queue, ("says", "seen")], HttpStatusCode.Conflict, Token);
        var kept = await _anna.PostAsync($"{Answer}/forget", forget, HttpStatusCode.OK, Token);

        Assert.All([asked, askedInQueue, kept], html => Assert.Matches(
            "Ben handed over another page since you opened this one, just now[^<]*, and it does not have the link[.]", html));
        var link = await LinkAsync();
        Assert.Equal(
            (JsonValueKind.Null, "gone"),
            (link.GetProperty("answer").ValueKind, link.GetProperty("handedPage").GetProperty("proposes").GetString()));
        await _anna.PostAsync(Answer, With(Form(asked, "fromHandedPage"), "says", "gone"), HttpStatusCode.OK, Token);
        Assert.Equal("gone", await SaysAsync());
    }

    [Fact]
    public async Task Only_the_answer_that_was_shown_is_taken_back()
    {
        await AskedLink.MakeAsync(_product, new ProjectId(_project), new LinkId(_link), Token, isAnswered: false);
        using var ben = await BenAsync();
        await _anna.PostAsync(Answer, [("says", "seen")], HttpStatusCode.OK, Token);
        var shown = To(await _anna.RawAsync($"/app/p/{_project}/links/{_link}", Token), "answer/withdraw");
        _product.Clock.Advance(TimeSpan.FromMinutes(1));
        await ben.PostAsync(Answer, [("says", "gone")], HttpStatusCode.OK, Token);

        var refused = await _anna.PostAsync($"{Answer}/withdraw", shown, HttpStatusCode.OK, Token);

        Assert.Contains("Nothing was done. Ben answered since you opened the page, just now", refused, StringComparison.Ordinal);
        Assert.Equal("gone", await SaysAsync());
    }

    [Fact]
    public async Task Who_answers_after_somebody_else_is_told_and_decides()
    {
        await AskedLink.MakeAsync(_product, new ProjectId(_project), new LinkId(_link), Token, isAnswered: false);
        var queue = await _anna.RawAsync($"/app/p/{_project}/human", Token);
        var to = $"/app/p/{_project}/links/{_link}/answer";
        (string, string)[] gone = [("says", "gone"), ("back", "human"), ("shown", Version(queue))];
        using var other = await BenAsync();
        await other.PostAsync(
            to, [("says", "seen"), ("note", "Below the fold"), ("back", "human"), ("shown", Version(queue))], HttpStatusCode.OK, Token);

        var asked = await _anna.PostAsync(to, gone, HttpStatusCode.Conflict, Token);

        Assert.Contains("Ben answered since you opened the page, just now", asked, StringComparison.Ordinal);
        Assert.Contains("\"I see it\", \"Below the fold\"", asked, StringComparison.Ordinal);
        Assert.Matches("<option value=\"gone\" selected", asked);
        Assert.Equal("seen", await SaysAsync());
        await _anna.PostAsync(to, [.. gone[..2], ("shown", Version(asked))], HttpStatusCode.OK, Token);
        Assert.Equal("gone", await SaysAsync());
    }

    [Fact]
    public async Task A_choice_for_a_channel_that_somebody_has_changed_is_refused()
    {
        var channel = await _product.Api.SendAsync(
            HttpMethod.Post, $"/api/v1/projects/{_project}/channels", """{"kind":"email","address":"anna@example.org"}""",
            HttpStatusCode.Created, Token);
        var path = $"channels/{channel.GetProperty("id").GetString()}";
        var shown = Version(await _anna.RawAsync($"/app/p/{_project}/channels", Token));
        await _product.Api.SendAsync(
            HttpMethod.Patch, $"/api/v1/projects/{_project}/{path}", """{"otherwise":"never"}""", HttpStatusCode.OK, Token);

        var told = await _anna.PostAsync(
            $"/app/p/{_project}/{path}/choice", [("otherwise", "at-once"), ("shown", shown)], HttpStatusCode.OK, Token);

        Assert.Contains("somebody changed anna@example.org since you opened the page", told, StringComparison.Ordinal);
        Assert.Equal(
            "never", (await _product.Api.GetAsync($"/api/v1/projects/{_project}/{path}", Token)).GetProperty("otherwise").GetString());
    }

    private string Answer => $"/app/p/{_project}/links/{_link}/answer";

    private async Task<JsonElement> LinkAsync() => await _product.Api.GetAsync($"/api/v1/projects/{_project}/links/{_link}", Token);

    private async Task<string?> SaysAsync() => (await LinkAsync()).GetProperty("answer").GetProperty("says").GetString();

    private async Task<string> OpenCaseAsync() => (await _product.Api.PostAsync(
        $"/api/v1/projects/{_project}/cases", new { linkId = _link }, HttpStatusCode.Created, Token)).GetProperty("id").GetString()!;

    private async Task<SignedIn> BenAsync()
    {
        var key = await _product.Api.PostAsync("/api/v1/keys", new { name = "Ben", role = "editor" }, HttpStatusCode.Created, Token);
        return await SignedIn.AsAsync(_product, key.GetProperty("key").GetString()!, Token);
    }

    private Task<string> HandOverAsync(SignedIn by, string anchor) => by.PostAsync(
        $"/app/p/{_project}/hand-over",
        [("link", _link), ("html", $"<title>Lamps</title><p>{string.Concat(Enumerable.Repeat("Light. ", 80))}{anchor}")],
        HttpStatusCode.OK, Token);

    // What a browser would send of the form that goes to a path with this end.
    private static List<(string Name, string Value)> To(string html, string end) =>
        FormOf(html, form => Regex.IsMatch(form, $"action=\"[^\"]*{end}\"", RegexOptions.None, TimeSpan.FromSeconds(5)));

    // All that a browser would send of the form that has a field, boxes that are not ticked and buttons left out.
    private static List<(string Name, string Value)> Form(string html, string field) =>
        FormOf(html, form => form.Contains($"name=\"{field}\"", StringComparison.Ordinal));

    private static List<(string Name, string Value)> FormOf(string html, Func<string, bool> isMeant)
    {
        var form = Forms().Matches(html).Select(match => match.Value).First(isMeant);
        return
        [
            .. Inputs().Matches(form).Where(input => !input.Value.Contains("checkbox", StringComparison.Ordinal)
                    || input.Value.Contains(" checked", StringComparison.Ordinal))
                .Select(input => (AttributeOf(input.Value, "name"), AttributeOf(input.Value, "value")))
                .Where(one => one.Item1 != DashboardForm.TokenField),
            .. Areas().Matches(form).Select(area => (area.Groups[1].Value, area.Groups[2].Value)),
            .. Selects().Matches(form).Select(select => (select.Groups[1].Value, Chosen().Match(select.Value).Groups[1].Value)),
        ];
    }

    private static List<(string Name, string Value)> With(List<(string Name, string Value)> form, string field, string value) =>
        [.. form.Where(one => one.Name != field), (field, value)];

    private static string AttributeOf(string input, string attribute) =>
        WebUtility.HtmlDecode(Regex.Match(input, $" {attribute}=\"([^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(5)).Groups[1].Value);

    private static string Version(string html) => Shown().Match(html).Groups[1].Value;

    [GeneratedRegex("name=\"shown\" value=\"([^\"]+)\"")]
    private static partial Regex Shown();

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Inputs();

    [GeneratedRegex("<textarea[^>]* name=\"([^\"]*)\"[^>]*>([^<]*)<")]
    private static partial Regex Areas();

    [GeneratedRegex("<select[^>]* name=\"([^\"]*)\".*?</select>", RegexOptions.Singleline)]
    private static partial Regex Selects();

    [GeneratedRegex("<option value=\"([^\"]*)\" selected")]
    private static partial Regex Chosen();
}
