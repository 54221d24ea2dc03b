using System.Net;
using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;

namespace LinkMonitor.IntegrationTests.Channels;

public sealed class ChannelApiTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly ApiDriver _api = fixture.Product.Api;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_webhook_is_added_once_and_its_secret_shown_once()
    {
        var channels = await ChannelsPathAsync();

        var first = await PostAsync(channels, """{"kind":"webhook","address":"https://hooks.example.org/a#top"}""", HttpStatusCode.Created);
        var again = await PostAsync(
            channels, """{"kind":"webhook","address":" https://HOOKS.example.org:443/a","name":"Mine"}""", HttpStatusCode.OK);

        Assert.Equal(Text(first, "id"), Text(again, "id"));
        Assert.Equal("https://hooks.example.org/a", Text(again, "address"));
        Assert.Equal("Mine", Text(again, "name"));
        Assert.Equal(32, Convert.FromBase64String(Text(first, "secret")!["whsec_".Length..]).Length);
        Assert.Null(Text(again, "secret"));
        Assert.Null(Text(await _api.GetAsync($"{channels}/{Text(first, "id")}", Token), "secret"));
        Assert.DoesNotContain(Text(first, "secret")!, (await _api.GetAsync(channels, Token)).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rotated_secret_is_new_and_the_former_one_has_a_day()
    {
        var channels = await ChannelsPathAsync();
        var hook = await PostAsync(channels, """{"kind":"webhook","address":"https://hooks.example.org/a"}""", HttpStatusCode.Created);
        var mail = await PostAsync(channels, """{"kind":"email","address":"anna@example.org"}""", HttpStatusCode.Created);

        var rotated = await PostAsync($"{channels}/{Text(hook, "id")}/rotate-secret", "{}", HttpStatusCode.OK);

        Assert.NotEqual(Text(hook, "secret"), Text(rotated, "secret"));
        Assert.Equal(fixture.Settings.Clock.GetUtcNow().AddDays(1), rotated.GetProperty("formerSecretUntil").GetDateTimeOffset());
        await PostAsync($"{channels}/{Text(mail, "id")}/rotate-secret", "{}", HttpStatusCode.BadRequest);
        await PostAsync($"{channels}/chn_none/rotate-secret", "{}", HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("slack", "https://hooks.slack.com/services/T0/B0/abcdefgh", "https://hooks.slack.com/…efgh")]
    [InlineData(
        "teams", "https://example.webhook.office.com/webhookb2/1@2/IncomingWebhook/3/1234", "https://example.webhook.office.com/…1234")]
    public async Task The_url_of_a_chat_is_a_secret(string kind, string address, string shown)
    {
        var channels = await ChannelsPathAsync();

        var added = await PostAsync(channels, JsonSerializer.Serialize(new { kind, address }), HttpStatusCode.Created);

        Assert.Equal(shown, Text(added, "address"));
        Assert.Null(Text(added, "secret"));
        Assert.DoesNotContain(address, (await _api.GetAsync(channels, Token)).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recipients_are_channels_that_can_be_changed_and_removed()
    {
        var project = await ProjectPathAsync("anna@example.org", "ben@example.org");
        var anna = (await _api.GetAsync($"{project}/channels", Token)).GetProperty("items")
            .EnumerateArray()
            .Single(item => Text(item, "address") == "anna@example.org");
        var path = $"{project}/channels/{Text(anna, "id")}";
        Assert.True(anna.GetProperty("isRecipient").GetBoolean());

        var paused = await PatchAsync(path, """{"state":"paused"}""", HttpStatusCode.OK);
        await PatchAsync(project, """{"recipients":["ben@example.org"]}""", HttpStatusCode.OK);
        await _api.SendAsync(HttpMethod.Get, path, null, HttpStatusCode.NotFound, Token);
        await PatchAsync(project, """{"recipients":["ANNA@example.org","ben@example.org"]}""", HttpStatusCode.OK);
        var back = await _api.GetAsync(path, Token);
        await _api.SendAsync(HttpMethod.Delete, path, null, HttpStatusCode.NoContent, Token);

        Assert.Equal("paused", Text(paused, "state"));
        Assert.Equal("paused", Text(back, "state"));
        Assert.Equal(
            ["ben@example.org"],
            (await _api.GetAsync(project, Token)).GetProperty("recipients").EnumerateArray().Select(item => item.GetString()));
        Assert.Single((await _api.GetAsync($"{project}/channels", Token)).GetProperty("items").EnumerateArray());
        await _api.SendAsync(HttpMethod.Delete, path, null, HttpStatusCode.NotFound, Token);
    }

    [Fact]
    public async Task An_address_that_was_a_recipient_can_be_added_for_itself()
    {
        var project = await ProjectPathAsync("anna@example.org");
        var id = Text((await _api.GetAsync($"{project}/channels", Token)).GetProperty("items")[0], "id");
        await PatchAsync($"{project}/channels/{id}", """{"name":"Anna"}""", HttpStatusCode.OK);
        await PatchAsync(project, """{"recipients":[]}""", HttpStatusCode.OK);

        var added = await PostAsync($"{project}/channels", """{"kind":"email","address":"anna@example.org"}""", HttpStatusCode.Created);

        Assert.Equal((id, "Anna", false), (Text(added, "id"), Text(added, "name"), added.GetProperty("isRecipient").GetBoolean()));
    }

    [Fact]
    public async Task What_is_given_is_set_null_sets_back_and_the_rest_stays()
    {
        var channels = await ChannelsPathAsync();
        const string body = """
            {"kind":"email","address":"anna@example.org","name":"Anna",
            "topics":{"anchor-changed":"digest","recovered":"never"},"otherwise":"at-once",
             "quietHours":{"from":"22:00","to":"06:30"},"digest":{"every":"weekly","day":"monday","at":"08:15"},"timeZone":"Asia/Kolkata"}
            """;
        var added = await PostAsync(channels, body, HttpStatusCode.Created);
        var path = $"{channels}/{Text(added, "id")}";

        var patched = await PatchAsync(
            path,
            """{"topics":{"terms":"never"},"quietHours":null,"digest":{"every":"daily","at":"07:00"},"name":null}""",
            HttpStatusCode.OK);

        Assert.Equal("""{"from":"22:00","to":"06:30"}""", added.GetProperty("quietHours").GetRawText());
        Assert.Equal("""{"every":"weekly","day":"monday","at":"08:15"}""", added.GetProperty("digest").GetRawText());
        Assert.Equal("""{"terms":"never"}""", patched.GetProperty("topics").GetRawText());
        Assert.Equal("""{"every":"daily","day":null,"at":"07:00"}""", patched.GetProperty("digest").GetRawText());
        Assert.Equal((null, null, "Asia/Kolkata"), (Text(patched, "name"), Text(patched, "quietHours"), Text(patched, "timeZone")));
        Assert.Equal(patched.GetRawText(), (await _api.GetAsync(path, Token)).GetRawText());
    }

    [Theory]
    [InlineData("kind", "one of email, webhook, slack, teams", """{"kind":"pigeon","address":"https://hooks.example.org/"}""")]
    [InlineData("address", "needs an address", """{"kind":"webhook"}""")]
    [InlineData("address", "not an ASCII e-mail address", """{"kind":"email","address":"Anna <anna@example.org>"}""")]
    [InlineData("address", "not a URL", """{"kind":"webhook","address":"hooks.example.org"}""")]
    [InlineData("address", "At most 2000", "LONG")]
    [InlineData("address", "user name or password", """{"kind":"webhook","address":"https://a:b@hooks.example.org/"}""")]
    [InlineData("address", "scheme ftp", """{"kind":"webhook","address":"ftp://hooks.example.org/"}""")]
    [InlineData(
        "topics", "'link-lost' is not a topic. Use ", """{"kind":"email","address":"a@example.org","topics":{"link-lost":"never"}}""")]
    [InlineData(
        "topics.recovered", "at-once, digest, never, by-type",
        """{"kind":"email","address":"a@example.org","topics":{"recovered":"later"}}""")]
    [InlineData(
        "topics.recovered",
        "at-once, digest, never, by-type",
        """{"kind":"email","address":"a@example.org","topics":{"recovered":null}}""")]
    [InlineData("otherwise", "at-once, digest, never, by-type", """{"kind":"email","address":"a@example.org","otherwise":"maybe"}""")]
    [InlineData("digest", "a digest time is needed", """{"kind":"email","address":"a@example.org","otherwise":"digest"}""")]
    [InlineData(
        "digest", "a digest time is needed",
        """{"kind":"email","address":"a@example.org","otherwise":"never","topics":{"hidden":"digest"}}""")]
    [InlineData(
        "digest.day", "monday to sunday", """{"kind":"email","address":"a@example.org","digest":{"every":"weekly","at":"08:00"}}""")]
    [InlineData(
        "digest.day", "no day", """{"kind":"email","address":"a@example.org","digest":{"every":"daily","day":"monday","at":"08:00"}}""")]
    [InlineData("digest.every", "daily, weekly", """{"kind":"email","address":"a@example.org","digest":{"every":"hourly","at":"08:00"}}""")]
    [InlineData("digest.at", "not a time of day", """{"kind":"email","address":"a@example.org","digest":{"every":"daily","at":"8"}}""")]
    [InlineData(
        "quietHours.from", "not a time of day",
        """{"kind":"email","address":"a@example.org","quietHours":{"from":"24:00","to":"08:00"}}""")]
    [InlineData(
        "quietHours", "never or always", """{"kind":"email","address":"a@example.org","quietHours":{"from":"08:00","to":"08:00"}}""")]
    [InlineData("timeZone", "not a known time zone", """{"kind":"email","address":"a@example.org","timeZone":"Mars/Olympus"}""")]
    [InlineData("state", "active or paused", """{"kind":"email","address":"a@example.org","state":"disabled"}""")]
    [InlineData("name", "At most 100", """{"kind":"email","address":"a@example.org","name":"a\u0007"}""")]
    public async Task What_is_wrong_is_named(string field, string message, string body)
    {
        var channels = await ChannelsPathAsync();
        if (body == "LONG")
            body = JsonSerializer.Serialize(new { kind = "webhook", address = "https://hooks.example.org/" + new string('a', 2_000) });

        var problem = await PostAsync(channels, body, HttpStatusCode.BadRequest);

        Assert.Contains(message, problem.GetProperty("errors").GetProperty(field)[0].GetString(), StringComparison.Ordinal);
        Assert.Empty((await _api.GetAsync(channels, Token)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_patch_that_is_wrong_changes_nothing()
    {
        var channels = await ChannelsPathAsync();
        var added = await PostAsync(
            channels,
            """{"kind":"email","address":"a@example.org","otherwise":"digest","digest":{"every":"daily","at":"08:00"}}""",
            HttpStatusCode.Created);
        var path = $"{channels}/{Text(added, "id")}";

        var withoutDigest = await PatchAsync(path, """{"digest":null,"name":"x"}""", HttpStatusCode.BadRequest);
        var again = await PostAsync(channels, """{"kind":"email","address":"a@example.org","digest":null}""", HttpStatusCode.BadRequest);
        var identity = await PatchAsync(path, """{"kind":"slack","address":"b@example.org"}""", HttpStatusCode.BadRequest);

        Assert.True(withoutDigest.GetProperty("errors").TryGetProperty("digest", out _));
        Assert.True(again.GetProperty("errors").TryGetProperty("digest", out _));
        Assert.Equal(["address", "kind"], identity.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        var kept = await _api.GetAsync(path, Token);
        Assert.Equal((null, "digest"), (Text(kept, "name"), Text(kept, "otherwise")));
        await PatchAsync($"{channels}/chn_none", """{"name":"x"}""", HttpStatusCode.NotFound);
        await PatchAsync(path, """["x"]""", HttpStatusCode.BadRequest);
        await PatchAsync(path, """{"colour":"red"}""", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_project_has_at_most_100_channels()
    {
        var project = await ProjectPathAsync([.. Enumerable.Range(1, 50).Select(n => $"r{n}@example.org")]);
        for (var n = 1; n <= 50; n++)
            await PostAsync($"{project}/channels", $$"""{"kind":"email","address":"c{{n}}@example.org"}""", HttpStatusCode.Created);

        var problem = await PostAsync($"{project}/channels", """{"kind":"email","address":"one@example.org"}""", HttpStatusCode.BadRequest);

        Assert.Contains("at most 100", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await PostAsync($"{project}/channels", """{"kind":"email","address":"c1@example.org"}""", HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_read_key_reads_channels_and_writes_none()
    {
        var project = await ProjectPathAsync("anna@example.org");
        var key = Text(await PostAsync("/api/v1/keys", """{"name":"reader","scope":"read"}""", HttpStatusCode.Created), "key");
        var id = Text((await _api.GetAsync($"{project}/channels", Token)).GetProperty("items")[0], "id");

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Get, $"{project}/channels", key));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Post, $"{project}/channels", key));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Patch, $"{project}/channels/{id}", key));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Delete, $"{project}/channels/{id}", key));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Post, $"{project}/channels/{id}/rotate-secret", key));
    }

    private static string? Text(JsonElement item, string field) => item.TryGetProperty(field, out var value) ? value.GetString() : null;

    private async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path, string? key)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { Authorization = new("Bearer", key) } };
        using var response = await _api.Client.SendAsync(request, Token);
        return response.StatusCode;
    }

    private Task<JsonElement> PostAsync(string path, string json, HttpStatusCode expected) =>
        _api.SendAsync(HttpMethod.Post, path, json, expected, Token);

    private Task<JsonElement> PatchAsync(string path, string json, HttpStatusCode expected) =>
        _api.SendAsync(HttpMethod.Patch, path, json, expected, Token);

    private async Task<string> ProjectPathAsync(params string[] recipients) =>
        $"/api/v1/projects/{await _api.CreateProjectAsync(new { name = "Example", recipients }, Token)}";

    private async Task<string> ChannelsPathAsync() => $"{await ProjectPathAsync()}/channels";

    [Fact]
    public async Task Who_reads_a_channel_is_told_at_once_what_types_say_and_a_program_is_told_everything()
    {
        var channels = await ChannelsPathAsync();
        var mail = await PostAsync(channels, """{"kind":"email","address":"anna@example.org"}""", HttpStatusCode.Created);
        var hook = await PostAsync(channels, """{"kind":"webhook","address":"https://hooks.example.org/a"}""", HttpStatusCode.Created);
        const string Monday = """{"every":"weekly","day":"monday","at":"08:00","onlyWithNews":true}""";

        Assert.Equal(("by-type", Monday), (Text(mail, "otherwise"), mail.GetProperty("digest").GetRawText()));
        Assert.Equal(("at-once", "null"), (Text(hook, "otherwise"), hook.GetProperty("digest").GetRawText()));
        var path = $"{channels}/{Text(mail, "id")}";
        Assert.Equal("null", (await PatchAsync(path, """{"otherwise":"at-once"}""", HttpStatusCode.OK)).GetProperty("digest").GetRawText());
        var own = await PatchAsync(
            path, """{"otherwise":null,"digest":{"every":"weekly","day":"friday","at":"17:00","onlyWithNews":true}}""", HttpStatusCode.OK);
        Assert.Equal(("by-type", "friday"), (Text(own, "otherwise"), Text(own.GetProperty("digest"), "day")));
        Assert.Equal(Monday, (await PatchAsync(path, """{"digest":null}""", HttpStatusCode.OK)).GetProperty("digest").GetRawText());
        Assert.Equal(
            "at-once",
            Text(await PatchAsync($"{channels}/{Text(hook, "id")}", """{"otherwise":null}""", HttpStatusCode.OK), "otherwise"));
    }
}
