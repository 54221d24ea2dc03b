using System.Net;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.IntegrationTests.Support;

namespace LinkMonitor.IntegrationTests.ClientReports;

/// <summary>
/// Who may read what of a report at an address (<see cref="LinkMonitor.ClientReports.ShareDesk"/>): one recipient's sections, until it
/// ends, and nothing else; and what is left of that (<see cref="LinkMonitor.ClientReports.ReportAudit"/>).
/// </summary>
public sealed class ReportShareTests : IAsyncLifetime
{
    private Product _product = null!;
    private ReportedProject _project = null!;
    private HttpClient _stranger = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _product = await Product.StartAsync(ProductSettings.InMemory(), Stop);
        _project = await ReportedProject.CreateAsync(_product);
        _stranger = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = _product.Api.Client.BaseAddress };
        await _project.AddAsync("https://a.example/1", LinkState.Live);
        await _project.AddAsync("https://lost.example/2", LinkState.Lost);
        await _project.MakeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _stranger.Dispose();
        await _product.DisposeAsync();
    }

    [Fact]
    public async Task Each_recipient_sees_their_sections_and_one_is_revoked_without_the_other()
    {
        var (one, id) = await _project.ShareAsync(1, new { recipient = "Bea", sections = new[] { "summary" } });
        var (other, _) = await _project.ShareAsync(1, new { recipient = "Carl", sections = new[] { "links" } });

        var (summary, links) = (await ReadAsync(one), await ReadAsync(other));
        Assert.Contains("<h2>Summary</h2>", summary, StringComparison.Ordinal);
        Assert.DoesNotContain("lost.example", summary, StringComparison.Ordinal);
        Assert.DoesNotContain("<h2>Summary</h2>", links, StringComparison.Ordinal);
        Assert.Contains("lost.example", links, StringComparison.Ordinal);

        using var revoked = await _product.Api.Client.DeleteAsync($"{_project.Path}/1/shares/{id}", Stop);
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(one)).Code);
        await ReadAsync(other);
    }

    [Fact]
    public async Task Revoking_again_is_no_act()
    {
        var (_, id) = await _project.ShareAsync(1, new { recipient = "Bea" });
        for (var time = 0; time < 2; time++)
        {
            using var answer = await _product.Api.Client.DeleteAsync($"{_project.Path}/1/shares/{id}", Stop);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        var log = await _product.Api.GetAsync($"/api/v1/projects/{_project.Id}/audit", Stop);
        Assert.Single(log.GetProperty("items").EnumerateArray(), entry => entry.GetProperty("what").GetString()!
            .StartsWith("Revoked the address of report 1 of 'Bea'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_that_is_over_revoked_or_guessed_gets_one_and_the_same_answer()
    {
        var (over, _) = await _project.ShareAsync(1, new { recipient = "Bea", validDays = 1 });
        var (revoked, id) = await _project.ShareAsync(1, new { recipient = "Carl" });
        var (good, _) = await _project.ShareAsync(1, new { recipient = "Dora" });
        var (all, _) = await _project.ShareAsync(1, new { recipient = "Eve" });
        using var done = await _product.Api.Client.DeleteAsync($"{_project.Path}/1/shares/{id}", Stop);
        _product.Clock.Advance(TimeSpan.FromDays(2));

        List<(HttpStatusCode Code, string Body, string Headers)> answers =
        [
            await GetAsync(over), await GetAsync(revoked), await GetAsync(good[..^1] + (good[^1] == 'A' ? 'B' : 'A')),
            await GetAsync("/s/client-reports/guess"), await GetAsync("/s/reports/" + good.Split('/')[^1]),
        ];
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(all)).Code);
        await _product.Api.PostAsync(
            $"/api/v1/projects/{_project.Id}/public-addresses/revoke", new { }, HttpStatusCode.NoContent, Stop);
        answers.Add(await GetAsync(all));

        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
        Assert.Equal(HttpStatusCode.NotFound, answers[0].Code);
        Assert.DoesNotContain("Acme", answers[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shared_report_is_kept_and_found_by_nobody_and_loads_nothing()
    {
        var (address, _) = await _project.ShareAsync(1, new { recipient = "Bea" });

        using var answer = await _stranger.GetAsync(address, Stop);

        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("noindex, nofollow", answer.Headers.GetValues("X-Robots-Tag").Single());
        Assert.StartsWith(
            "default-src 'none'; style-src 'sha256-",
            answer.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task It_is_told_when_an_address_was_opened_last_counted_once_a_minute()
    {
        var (address, _) = await _project.ShareAsync(1, new { recipient = "Bea" });
        Assert.Equal(0, (await ShareAsync()).GetProperty("opened").GetInt32());

        await ReadAsync(address);
        _product.Clock.Advance(TimeSpan.FromSeconds(59));
        await ReadAsync(address);
        Assert.Equal(1, (await ShareAsync()).GetProperty("opened").GetInt32());
        _product.Clock.Advance(TimeSpan.FromSeconds(1));
        await ReadAsync(address);

        var share = await ShareAsync();
        Assert.Equal(2, share.GetProperty("opened").GetInt32());
        Assert.Equal(_product.Clock.GetUtcNow(), share.GetProperty("openedAt").GetDateTimeOffset());
        Assert.DoesNotContain("secret", share.GetRawText(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_secret_of_an_address_is_stored_nowhere()
    {
        var (address, _) = await _project.ShareAsync(1, new { recipient = "Bea" });
        var content = Encoded(address.Split('/')[^1].Split('.')[0]);
        var secret = content.Split('\n')[1].Split('.')[2];

        Assert.Equal(26, secret.Length);
        var rows = await _product.RowsAsync(LinkMonitor.Storage.Tables.TableNames.Reports, Stop);
        Assert.All(rows, row => Assert.DoesNotContain(
            row, column => column.Value is string text && text.Contains(secret, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""{}""", "recipient")]
    [InlineData("""{"recipient":"x","validDays":0}""", "validDays")]
    [InlineData("""{"recipient":"x","validDays":731}""", "validDays")]
    [InlineData("""{"recipient":"x","sections":["all"]}""", "sections[0]")]
    public async Task What_is_wrong_with_a_share_is_told_at_its_field(string body, string field)
    {
        using var answer = await _product.Api.Client.PostAsync(
            $"{_project.Path}/1/shares", new StringContent(body, null, "application/json"), Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"\"{field}\"", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    private static string Encoded(string part) =>
        System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(part));

    private async Task<System.Text.Json.JsonElement> ShareAsync() =>
        (await _project.GetAsync("/1/shares")).GetProperty("items").EnumerateArray().Single();

    private async Task<string> ReadAsync(string path)
    {
        var (code, body, _) = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, code);
        return body;
    }

    private async Task<(HttpStatusCode Code, string Body, string Headers)> GetAsync(string path)
    {
        using var answer = await _stranger.GetAsync(path, Stop);
        var headers = answer.Headers.Where(
            header => header.Key is not ("Date" or "traceresponse") && !header.Key.StartsWith("RateLimit", StringComparison.Ordinal))
            .Select(header => $"{header.Key}: {string.Join(',', header.Value)}");
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop), string.Join('\n', headers.Order(StringComparer.Ordinal)));
    }
}
