using System.Net;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Telemetry;

/// <summary>One trace from a request to what people are told because of it.</summary>
[Collection(OneListener.Name)]
public sealed class TraceTests
{
    private const string WithLink =
        $"<!doctype html><title>Post</title><p>Some words around <a href='{WatchedBlog.Target}'>Example</a> make it a page.</p>";
    private const string WithoutLink =
        "<!doctype html><title>Post</title><p>Some words around <a href='/other'>another link</a> make it a page.</p>";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Registration_the_checks_of_the_first_day_and_their_alert_are_one_trace()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        web.MapHtml("/post", WithLink);
        using var spans = new HeardSpans();
        await using var product = await StartAsync();
        var project = await product.Api.CreateProjectAsync(Traced, Token);

        // In an array: a link that is sent alone is checked at once, in the trace of its request.
        await product.Api.PostAsync(
            $"/api/v1/projects/{project}/links", new[] { new { page = web.Url("/post"), target = WatchedBlog.Target } }, HttpStatusCode.OK,
            Token);
        await product.RoundAsync(Token);
        web.MapHtml("/post", WithoutLink);
        await product.RoundAfterAsync(TimeSpan.FromHours(2), Token);

        var registration = Assert.Single(spans.All, span => span.DisplayName == "POST /api/v1/projects/{projectId}/links");
        Assert.Equal([registration.DisplayName, "CheckLink", "CheckLink", "SendAlerts", "send"], spans.NamesOf(registration.TraceId));
        var check = spans.All.First(span => span.DisplayName == "CheckLink");
        var pageTrace = check.Links.Single().Context.TraceId;
        var page = Assert.Single(spans.All, span => span.DisplayName == "CheckPage" && span.TraceId == pageTrace);
        Assert.Equal(registration.SpanId, check.ParentSpanId);
        Assert.Equal(["CheckPage"], spans.NamesOf(page.TraceId));
    }

    [Fact]
    public async Task Check_that_was_asked_for_later_goes_on_with_the_trace_of_its_request_and_points_at_the_registration()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        web.MapHtml("/post", WithLink);
        using var spans = new HeardSpans();
        await using var product = await StartAsync();
        var project = await product.Api.CreateProjectAsync(Traced, Token);
        var link = await product.Api.RegisterAsync(project, new { page = web.Url("/post"), target = WatchedBlog.Target }, Token);
        await product.RoundAsync(Token);

        web.MapHtml("/post", WithoutLink);
        product.Clock.Advance(TimeSpan.FromDays(2));
        await product.Api.PostAsync($"/api/v1/projects/{project}/links/{link}/check", null, HttpStatusCode.Accepted, Token);
        await product.DeliverAllAsync("CheckPage", Token);
        await product.RoundAfterAsync(TimeSpan.FromMinutes(10), Token);

        var request = Assert.Single(spans.All, span => span.DisplayName == "POST /api/v1/projects/{projectId}/links/{linkId}/check");
        Assert.Equal([request.DisplayName, "CheckPage", "CheckLink", "SendAlerts", "send"], spans.NamesOf(request.TraceId));
        var registration = Assert.Single(spans.All, span => span.DisplayName == "POST /api/v1/projects/{projectId}/links");
        var check = Assert.Single(spans.All, span => span.DisplayName == "CheckLink" && span.TraceId == request.TraceId);
        Assert.Equal(registration.TraceId, check.Links.Single().Context.TraceId);
    }

    [Fact]
    public async Task Callers_trace_goes_on_and_no_address_is_in_it()
    {
        const string Caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        using var spans = new HeardSpans();
        await using var product = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/s/f/a-secret-token?key=secret");
        request.Headers.Add("traceparent", Caller);

        using var answer = await product.Api.Client.SendAsync(request, Token);

        var span = Assert.Single(spans.All, span => span.TraceId.ToHexString() == Caller[3..35]);
        Assert.Equal("b7ad6b7169203331", span.ParentSpanId.ToHexString());
        Assert.DoesNotContain("secret", span.DisplayName + string.Join(' ', span.TagObjects), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_kept_of_a_trace_that_nobody_records()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        web.MapHtml("/post", WithLink);
        await using var product = await StartAsync();
        var project = await product.Api.CreateProjectAsync(Traced, Token);
        using var register = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/projects/{project}/links")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { page = web.Url("/post"), target = WatchedBlog.Target }),
        };
        register.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        using var answer = await product.Api.Client.SendAsync(register, Token);
        await product.RoundAsync(Token);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        foreach (var table in TableNames.All)
            Assert.DoesNotContain(await product.RowsAsync(table, Token), row => row.ContainsKey("trace"));
    }

    private static object Traced => new
    {
        name = "Traced",
        recipients = new[] { "a@example.org" },
        checkEveryMinutes = 60,
        confirmation = new { link = new { observations = 1, overMinutes = 0 } },
    };

    private static Task<Product> StartAsync() => Product.StartAsync(ProductSettings.InMemory(), Token);
}
