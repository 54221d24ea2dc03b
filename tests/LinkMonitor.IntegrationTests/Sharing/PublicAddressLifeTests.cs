using System.Net;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;

namespace LinkMonitor.IntegrationTests.Sharing;

/// <summary>How long public addresses work, and how they are taken back. In memory, on a clock of each test's own.</summary>
public sealed class PublicAddressLifeTests : IAsyncLifetime
{
    private readonly HttpClient _reader = new(new SocketsHttpHandler { UseProxy = false });
    private Product _product = null!;
    private ProjectId _project;
    private LinkId _link;
    private PublicLinks _links = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ChannelId Anna => ChannelIdFactory.For(_project, ChannelKind.Email, "anna@example.org");

    public async ValueTask InitializeAsync()
    {
        _product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        _project =
            new ProjectId(
                await _product.Api.CreateProjectAsync(new { name = "Secret project", recipients = new[] { "anna@example.org" } }, Token));
        _link =
            new LinkId(
                await _product.Api.RegisterAsync(
                    _project.Value, new { page = "https://blog.example.net/post", target = "https://example.org/" }, Token));
        _links = await _product.LinksAsync(_project, Token);
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _product.DisposeAsync();
    }

    [Fact]
    public async Task Addresses_end_after_half_a_year_and_the_end_of_the_month_and_say_no_more_than_a_guess()
    {
        var guess = await NotFoundAsync(new Uri(_links.Link(_project, _link)!, "guessed"));
        // 180 days after 2026-11-21 is 2027-05-20; the month ends with the 31st.
        _product.Clock.Advance(new DateTimeOffset(2027, 5, 31, 23, 59, 59, TimeSpan.Zero) - _product.Clock.GetUtcNow());
        foreach (var address in Ending())
            await OkAsync(address);

        _product.Clock.Advance(TimeSpan.FromSeconds(1));

        foreach (var address in Ending())
            Assert.Equal(guess, await NotFoundAsync(address));
        await OkAsync(_links.Feed(_project)!);
        foreach (var address in new[] { (await _product.LinksAsync(_project, Token)).Link(_project, _link)! })
            await OkAsync(address);
    }

    [Fact]
    public async Task Following_links_does_not_prolong_an_address()
    {
        _product.Clock.Advance(TimeSpan.FromDays(180));
        var page = await OkAsync(_links.Link(_project, _link)!);
        var start = page.IndexOf("../mute/", StringComparison.Ordinal);
        var mute = new Uri(_links.Link(_project, _link)!, page[start..page.IndexOf('"', start)]);
        await OkAsync(mute);

        _product.Clock.Advance(TimeSpan.FromDays(31));

        await NotFoundAsync(mute);
    }

    [Fact]
    public async Task One_call_revokes_all_addresses_of_a_project_and_of_no_other()
    {
        var other = new ProjectId(await _product.Api.CreateProjectAsync(new { name = "Other" }, Token));
        var otherFeed = (await _product.LinksAsync(other, Token)).Feed(other)!;
        var guess = await NotFoundAsync(new Uri(_links.Link(_project, _link)!, "guessed"));

        await _product.Api.SendAsync(
            HttpMethod.Post, $"/api/v1/projects/{_project}/public-addresses/revoke", null, HttpStatusCode.NoContent, Token);

        foreach (var address in Ending().Append(_links.Feed(_project)!))
            Assert.Equal(guess, await NotFoundAsync(address));
        await OkAsync(otherFeed);
        var fresh = await _product.LinksAsync(_project, Token);
        await OkAsync(fresh.Link(_project, _link)!);
        await OkAsync(fresh.Feed(_project)!);
    }

    [Fact]
    public async Task Revoked_or_old_unsubscribe_addresses_still_end_the_alerts_but_tell_and_do_nothing_else()
    {
        var address = _links.Unsubscribe(_project, Anna)!;
        _product.Clock.Advance(TimeSpan.FromDays(3_000));
        Assert.Contains("Secret project", await OkAsync(address), StringComparison.Ordinal);
        await _product.Api.SendAsync(
            HttpMethod.Post, $"/api/v1/projects/{_project}/public-addresses/revoke", null, HttpStatusCode.NoContent, Token);

        var asked = await OkAsync(address);
        var ended = await PostAsync(address, "do", "unsubscribe", HttpStatusCode.OK);
        await PostAsync(address, "do", "subscribe", HttpStatusCode.NotFound);
        await PostAsync(address, "List-Unsubscribe", "One-Click", HttpStatusCode.OK);

        foreach (var page in new[] { asked, ended })
        {
            Assert.DoesNotContain("Secret", page, StringComparison.Ordinal);
            Assert.DoesNotContain("anna", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Start the alerts again", page, StringComparison.Ordinal);
        }

        Assert.Equal(
            "unsubscribed",
            (await _product.Api.GetAsync($"/api/v1/projects/{_project}/channels/{Anna}", Token)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_feed_ends_when_its_owner_wants()
    {
        var path = $"/api/v1/projects/{_project}/public-addresses/feed";
        var month = await _product.Api.PostAsync(path, new { validDays = 30 }, HttpStatusCode.OK, Token);
        var ever = await _product.Api.PostAsync(path, new { }, HttpStatusCode.OK, Token);
        await _product.Api.SendAsync(HttpMethod.Post, path, null, HttpStatusCode.OK, Token);
        await _product.Api.PostAsync(path, new { validDays = 0 }, HttpStatusCode.BadRequest, Token);
        var feed = new Uri(month.GetProperty("url").GetString()!);
        Assert.Contains(feed.AbsoluteUri, await OkAsync(feed), StringComparison.Ordinal);
        Assert.Equal(_product.Clock.GetUtcNow().AddDays(30), month.GetProperty("expiresAt").GetDateTimeOffset());

        _product.Clock.Advance(TimeSpan.FromDays(30));

        await NotFoundAsync(feed);
        await OkAsync(new Uri(ever.GetProperty("url").GetString()!));
    }

    [Fact]
    public async Task Addresses_of_the_version_before_work_as_long_as_if_they_were_made_now()
    {
        var key = await _product.Get<ISigningKeyStore>().GetAsync(Token);
        Uri Old(string path, PublicPurpose purpose, string id) =>
            new(_links.Feed(_project)!, $"/s/{path}/{new PublicToken(new PublicSubject(purpose, _project, id), null, null).Write(key)}");
        var link = Old("links", PublicPurpose.Link, _link.Value);
        var feed = Old("feeds", PublicPurpose.Feed, "");
        await OkAsync(link);
        await OkAsync(feed);

        _product.Clock.Advance(TimeSpan.FromDays(220));

        await NotFoundAsync(link);
        await NotFoundAsync(feed);
        await OkAsync(Old("unsubscribe", PublicPurpose.Unsubscribe, Anna.Value));
    }

    private IEnumerable<Uri> Ending() =>
        [_links.Link(_project, _link)!, _links.Mute(_project, _link)!, _links.Recheck(_project, _link)!];

    private async Task<string> OkAsync(Uri address)
    {
        using var answer = await _reader.GetAsync(address, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Token);
    }

    private async Task<string> NotFoundAsync(Uri address)
    {
        using var answer = await _reader.GetAsync(address, Token);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Token);
    }

    private async Task<string> PostAsync(Uri address, string field, string value, HttpStatusCode expected)
    {
        using var content = new FormUrlEncodedContent([KeyValuePair.Create(field, value)]);
        using var answer = await _reader.PostAsync(address, content, Token);
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Token);
    }
}
