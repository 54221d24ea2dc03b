using System.Net;
using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Outreach;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Outreach;

/// <summary>Drafts to page owners through the API.</summary>
public sealed class OutreachApiTests(AzuriteFixture azurite)
{
    private static readonly object Terms = new { vendor = "Fine Links", contact = "anna@example.net", invoice = "RE-17" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lost_link_has_a_draft_with_the_HTML_as_it_was_also_after_further_changes()
    {
        await using var product = await Product.StartAsync(ProductSettings.On(azurite), Token);
        await using var web = await LocalWeb.StartAsync(Token);
        var paid = await PaidPlacement.RegisterAsync(product, web, Terms, Token);
        await paid.PassDaysAsync(1, Token);
        var live = await DraftAsync(product, paid);
        paid.Show($"<a rel='nofollow' href='{PaidPlacement.Target}'>Example</a>");
        await paid.PassDaysAsync(2, Token);
        var changed = await DraftAsync(product, paid);
        paid.Show("nothing");
        await paid.PassDaysAsync(2, Token);

        var lost = await DraftAsync(product, paid);

        Assert.False(live.GetProperty("isNeeded").GetBoolean());
        Assert.Equal("rel-changed", changed.GetProperty("template").GetString());
        Assert.Contains("What we see now: <a rel=\"nofollow\"", changed.GetProperty("body").GetString(), StringComparison.Ordinal);
        Assert.Equal("link-removed", lost.GetProperty("template").GetString());
        Assert.Equal("anna@example.net", lost.GetProperty("to").GetString());
        Assert.Contains(
            $"What we ask for: <a href=\"{PaidPlacement.Target}\">Example</a>",
            lost.GetProperty("body").GetString(),
            StringComparison.Ordinal);
        Assert.Contains("What we see now: no such link on the page", lost.GetProperty("body").GetString(), StringComparison.Ordinal);
        Assert.Contains("invoice RE-17", lost.GetProperty("body").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("mailto:anna@example.net?subject=", lost.GetProperty("mailto").GetString(), StringComparison.Ordinal);
        Assert.True(lost.GetProperty("mailto").GetString()!.Length <= 2_000);
    }

    [Fact]
    public async Task A_project_can_put_its_own_words_in_the_place_of_ours_and_go_back()
    {
        await using var product = await Product.StartAsync(ProductSettings.On(azurite), Token);
        await using var web = await LocalWeb.StartAsync(Token);
        var paid = await PaidPlacement.RegisterAsync(product, web, Terms, Token);
        await paid.PassDaysAsync(1, Token);
        paid.Show("nothing");
        await paid.PassDaysAsync(1, Token);
        var template = $"{paid.Project}/outreach-templates/link-removed";

        await product.Api.SendAsync(
            HttpMethod.Put, template, """{"subject":"Hi {vendor}","body":"Where is {htmlBefore}?"}""", HttpStatusCode.OK, Token);
        var own = await DraftAsync(product, paid);
        var listed = await product.Api.GetAsync($"{paid.Project}/outreach-templates", Token);
        await product.Api.SendAsync(HttpMethod.Delete, template, null, HttpStatusCode.NoContent, Token);
        var ours = await DraftAsync(product, paid);

        Assert.Equal("Hi Fine Links", own.GetProperty("subject").GetString());
        Assert.Equal($"Where is <a href=\"{PaidPlacement.Target}\">Example</a>?", own.GetProperty("body").GetString());
        Assert.Equal(
            "link-removed",
            Assert.Single(listed.GetProperty("items").EnumerateArray(), one => one.GetProperty("isOwn").GetBoolean())
                .GetProperty("name")
                .GetString());
        Assert.StartsWith("The link on", ours.GetProperty("subject").GetString(), StringComparison.Ordinal);
        await product.Api.SendAsync(HttpMethod.Delete, template, null, HttpStatusCode.NotFound, Token);
    }

    [Theory]
    [InlineData("""{"subject":"{pgae}","body":"b"}""", "subject", "{pgae}")]
    [InlineData("""{"subject":"s","body":"{htmlBefore"}""", "body", "not closed")]
    [InlineData("""{"subject":"a\r\nBcc: b","body":"b"}""", "subject", "no line breaks")]
    [InlineData("""{"subject":"","body":"b"}""", "subject", "1 to 200")]
    [InlineData("""{"subject":"s"}""", "body", "1 to 8000")]
    public async Task A_template_that_cannot_be_filled_in_is_refused_with_its_field(string json, string field, string hint)
    {
        await using var product = await Product.StartAsync(ProductSettings.On(azurite), Token);
        var project = await product.Api.CreateProjectAsync(new { name = "Example" }, Token);

        var problem = await product.Api.SendAsync(
            HttpMethod.Put, $"/api/v1/projects/{project}/outreach-templates/link-removed", json, HttpStatusCode.BadRequest, Token);

        Assert.Contains(hint, problem.GetProperty("errors").GetProperty(field)[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_links_and_templates_are_not_found_and_a_body_has_a_limit()
    {
        await using var product = await Product.StartAsync(ProductSettings.On(azurite), Token);
        var project = $"/api/v1/projects/{await product.Api.CreateProjectAsync(new { name = "Example" }, Token)}";

        await product.Api.SendAsync(
            HttpMethod.Get, $"{project}/links/lnk_aaaaaaaaaaaaaaaaaaaaaaaaaa/outreach", null, HttpStatusCode.NotFound, Token);
        var unknown = await product.Api.SendAsync(
            HttpMethod.Get, $"{project}/outreach-templates/removed", null, HttpStatusCode.NotFound, Token);
        await product.Api.SendAsync(
            HttpMethod.Put, $"{project}/outreach-templates/..%2Fx", """{"subject":"s","body":"b"}""", HttpStatusCode.NotFound, Token);
        await product.Api.SendAsync(
            HttpMethod.Put, $"{project}/outreach-templates/hidden",
            JsonSerializer.Serialize(new { subject = "s", body = new string('x', 8_001) }), HttpStatusCode.BadRequest, Token);

        Assert.Contains("link-removed", unknown.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Templates_go_with_their_project()
    {
        await using var product = await Product.StartAsync(ProductSettings.On(azurite), Token);
        var id = await product.Api.CreateProjectAsync(new { name = "Example" }, Token);
        await product.Api.SendAsync(
            HttpMethod.Put, $"/api/v1/projects/{id}/outreach-templates/hidden", """{"subject":"s","body":"b"}""", HttpStatusCode.OK, Token);

        await product.Api.SendAsync(HttpMethod.Delete, $"/api/v1/projects/{id}", null, HttpStatusCode.NoContent, Token);
        await product.TickAsync("PurgeProjects", Token);

        var store = product.Get<IOutreachTemplateStore>();
        Assert.Null(await store.GetAsync(new ProjectId(id), "hidden", Token));
    }

    private static Task<JsonElement> DraftAsync(Product product, PaidPlacement paid) =>
        product.Api.GetAsync($"{paid.Project}/links/{paid.Link}/outreach", Token);
}
