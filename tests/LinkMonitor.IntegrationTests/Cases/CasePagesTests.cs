using System.Net;
using System.Text.RegularExpressions;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Cases;

/// <summary>The pages of cases (<c>CasePages</c>, <c>CaseScreen</c>), as a browser without script uses them.</summary>
public sealed partial class CasePagesTests
{
    private const string Hostile = "</pre><script>alert(1)</script>";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_case_is_opened_worked_on_and_found_again_with_forms_alone()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        await using var web = await LocalWeb.StartAsync(Token);
        var paid = await PaidPlacement.RegisterAsync(product, web, new { vendor = "Fine Links" }, Token);
        using var browser = await SignInAsync(product, Product.AdminKey);
        var project = paid.Project.Replace("/api/v1/projects", "/app/p", StringComparison.Ordinal);

        var empty = await GetAsync(browser, $"{project}/cases");
        var opened = await PostAsync(browser, $"{project}/links/{paid.Link}", $"{project}/cases", ("linkId", paid.Link));
        var path = opened.RequestMessage!.RequestUri!.AbsolutePath;
        var version = Version().Match(await opened.Content.ReadAsStringAsync(Token)).Groups["value"].Value;
        var noDay = await PostAsync(browser, path, path, ("status", "promised"), ("owner", ""), ("shown", version));
        var promised = await PostAsync(
            browser, path, path, ("status", "promised"), ("promised", "2026-12-24"), ("owner", ""), ("shown", version));
        var stale = await PostAsync(browser, path, path, ("status", "refunded"), ("owner", ""), ("shown", version));
        var noted = await PostAsync(browser, path, $"{path}/notes", ("text", Hostile));
        var page = await noted.Content.ReadAsStringAsync(Token);
        var listed = await GetAsync(browser, $"{project}/cases?show=promised");

        Assert.Contains("No cases yet", empty, StringComparison.Ordinal);
        Assert.Contains("The case is open.", await opened.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, noDay.StatusCode);
        Assert.Contains("Say by which day", await noDay.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Contains("promised for 24 Dec 2026", await promised.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Contains("Somebody saved since you opened the page", await stale.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.DoesNotContain(Hostile, page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
        Assert.Contains(path, listed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_that_was_named_is_a_promise_and_notes_keep_their_lines()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        await using var web = await LocalWeb.StartAsync(Token);
        var paid = await PaidPlacement.RegisterAsync(product, web, new { vendor = "Fine Links" }, Token);
        using var browser = await SignInAsync(product, Product.AdminKey);
        var project = paid.Project.Replace("/api/v1/projects", "/app/p", StringComparison.Ordinal);
        var opened = await PostAsync(browser, $"{project}/links/{paid.Link}", $"{project}/cases", ("linkId", paid.Link));
        var path = opened.RequestMessage!.RequestUri!.AbsolutePath;

        await PostAsync(browser, path, path, ("status", ""), ("promised", "2026-12-24"), ("owner", ""));
        var noted = await PostAsync(browser, path, $"{path}/notes", ("text", "one\r\ntwo"));
        var stored = await product.Api.GetAsync(path.Replace("/app/p", "/api/v1/projects", StringComparison.Ordinal), Token);

        Assert.Equal(
            ("promised", "2026-12-24"), (stored.GetProperty("status").GetString(), stored.GetProperty("promised").GetString()));
        var page = await noted.Content.ReadAsStringAsync(Token);
        Assert.Contains(
            "<p class=\"said\">one\ntwo</p>", page.Replace("&#xA;", "\n", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_viewer_reads_cases_and_changes_none_and_another_project_shows_nothing()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        await using var web = await LocalWeb.StartAsync(Token);
        var paid = await PaidPlacement.RegisterAsync(product, web, new { vendor = "Fine Links" }, Token);
        var one = await product.Api.PostAsync($"{paid.Project}/cases", new { linkId = paid.Link }, HttpStatusCode.Created, Token);
        var path =
            $"{paid.Project.Replace("/api/v1/projects", "/app/p", StringComparison.Ordinal)}/cases/{one.GetProperty("id").GetString()}";
        var other = await product.Api.CreateProjectAsync(new { name = "Other" }, Token);
        using var viewer = await SignInAsync(product, await KeyAsync(product, new { name = "Vera", role = "viewer" }));
        using var stranger = await SignInAsync(product, await KeyAsync(product, new { name = "Otto", role = "editor", projectId = other }));

        var read = await GetAsync(viewer, path);
        var refused = await PostAsync(viewer, path, path, ("status", "fixed"), ("owner", ""));
        var hidden = await stranger.GetAsync(path, Token);

        Assert.DoesNotContain("<select", read, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
    }

    private static async Task<string> KeyAsync(Product product, object key) =>
        (await product.Api.PostAsync("/api/v1/keys", key, HttpStatusCode.Created, Token)).GetProperty("key").GetString()!;

    private static async Task<HttpClient> SignInAsync(Product product, string key)
    {
        var browser = new HttpClient(new SocketsHttpHandler { UseProxy = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = product.Api.Client.BaseAddress,
        };
        using var answer = await PostAsync(browser, "/sign-in", "/sign-in", ("key", key));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return browser;
    }

    private static async Task<string> GetAsync(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Token);
    }

    /// <summary>Sends a form with the token of the page that holds it.</summary>
    private static async Task<HttpResponseMessage> PostAsync(
        HttpClient browser, string page, string path, params (string Name, string Value)[] fields)
    {
        var token = FormToken().Match(await GetAsync(browser, page)).Groups["value"].Value;
        using var form = new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        return await browser.PostAsync(path, form, Token);
    }

    [GeneratedRegex("""name="__RequestVerificationToken" value="(?<value>[^"]+)""", RegexOptions.NonBacktracking)]
    private static partial Regex FormToken();

    [GeneratedRegex("""name="shown" value="(?<value>[^"]+)""", RegexOptions.NonBacktracking)]
    private static partial Regex Version();
}
