using System.Net;
using System.Text.RegularExpressions;
using LinkMonitor.Dashboard;
using LinkMonitor.IntegrationTests.Answers;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Dashboard;

/// <summary>
/// Forms over something that somebody else has changed since (<see cref="FormErrors"/>, <see cref="DashboardForm"/>): nothing typed is
/// lost, and who decides sees both.
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

    [Fact]
    public async Task Who_answers_after_somebody_else_is_told_and_decides()
    {
        await AskedLink.MakeAsync(_product, new ProjectId(_project), new LinkId(_link), Token, isAnswered: false);
        var queue = await _anna.RawAsync($"/app/p/{_project}/human", Token);
        var to = $"/app/p/{_project}/links/{_link}/answer";
        (string, string)[] gone = [("says", "gone"), ("back", "human"), ("shown", Version(queue))];
        var ben = await _product.Api.PostAsync("/api/v1/keys", new { name = "Ben", role = "editor" }, HttpStatusCode.Created, Token);
        using var other = await SignedIn.AsAsync(_product, ben.GetProperty("key").GetString()!, Token);
        await other.PostAsync(
            to, [("says", "seen"), ("note", "Below the fold"), ("back", "human"), ("shown", Version(queue))], HttpStatusCode.OK, Token);

        var asked = await _anna.PostAsync(to, gone, HttpStatusCode.UnprocessableEntity, Token);

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

    private async Task<string?> SaysAsync() => (await _product.Api.GetAsync($"/api/v1/projects/{_project}/links/{_link}", Token))
        .GetProperty("answer").GetProperty("says").GetString();

    // All that a browser would send of the form that has a field, boxes that are not ticked and buttons left out.
    private static List<(string Name, string Value)> Form(string html, string field)
    {
        var form = Forms().Matches(html).Select(match => match.Value)
            .First(one => one.Contains($"name=\"{field}\"", StringComparison.Ordinal));
        return
        [
            .. Inputs().Matches(form).Where(input => !input.Value.Contains("checkbox", StringComparison.Ordinal)
                    || input.Value.Contains(" checked", StringComparison.Ordinal))
                .Select(input => (Of(input.Value, "name"), Of(input.Value, "value")))
                .Where(one => one.Item1 != DashboardForm.TokenField),
            .. Areas().Matches(form).Select(area => (area.Groups[1].Value, area.Groups[2].Value)),
            .. Selects().Matches(form).Select(select => (select.Groups[1].Value, Chosen().Match(select.Value).Groups[1].Value)),
        ];
    }

    private static List<(string Name, string Value)> With(List<(string Name, string Value)> form, string field, string value) =>
        [.. form.Where(one => one.Name != field), (field, value)];

    private static string Of(string input, string attribute) =>
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
