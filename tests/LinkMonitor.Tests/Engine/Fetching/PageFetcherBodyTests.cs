using System.Text;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.Engine.Fetching;

public sealed class PageFetcherBodyTests : IAsyncLifetime
{
    private LocalWeb _web = null!;

    public async ValueTask InitializeAsync() => _web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("identity")]
    [InlineData("none")]
    [InlineData("UTF-8")]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("GZIP")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("raw deflate")]
    [InlineData("gzip, br")]
    [InlineData("br, gzip")]
    [InlineData("deflate, gzip, br")]
    public async Task Bodies_come_out_of_their_encodings(string codings)
    {
        var page = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<a href=/>Grüße</a>\n", 20_000)));
        EncodedBody.Map(_web, "/", codings, page);

        var answer = await Web.AnswerAsync(_web.Url("/"));

        Assert.Equal(page, answer.Body.ToArray());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task An_empty_body_may_name_an_encoding(string coding)
    {
        _web.Map("/", context =>
        {
            context.Response.Headers.ContentEncoding = coding;
            return Task.CompletedTask;
        });

        var answer = await Web.AnswerAsync(_web.Url("/"));

        Assert.Equal(0, answer.Body.Length);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_body_that_is_not_what_its_encoding_says_is_invalid(string coding)
    {
        _web.Map("/", context =>
        {
            context.Response.Headers.ContentEncoding = coding;
            return context.Response.WriteAsync("<!doctype html><p>plain text all the same", context.RequestAborted);
        });

        var failed = await Web.FailureAsync(_web.Url("/"));

        Assert.Equal(FetchFailure.InvalidResponse, failed.Failure);
        Assert.Equal(200, failed.Status);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("raw deflate")]
    public async Task A_compressed_body_cut_in_the_middle_is_never_taken_for_the_whole(string coding)
    {
        var random = new byte[100_000];
        new Random(1).NextBytes(random);
        var whole = EncodedBody.Encode(coding, random);
        _web.Map("/", context =>
        {
            context.Response.Headers.ContentEncoding = EncodedBody.HeaderOf(coding);
            return context.Response.Body.WriteAsync(whole.AsMemory(0, whole.Length / 2), context.RequestAborted).AsTask();
        });

        var failed = await Web.FailureAsync(_web.Url("/"));

        Assert.Equal(FetchFailure.InvalidResponse, failed.Failure);
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip, compress")]
    [InlineData("gzip, gzip, gzip, gzip, gzip")]
    public async Task An_encoding_we_did_not_ask_for_is_invalid(string coding)
    {
        _web.Map("/", context =>
        {
            context.Response.Headers.ContentEncoding = coding;
            return context.Response.WriteAsync("abc", context.RequestAborted);
        });

        var failed = await Web.FailureAsync(_web.Url("/"));

        Assert.Equal(FetchFailure.InvalidResponse, failed.Failure);
        Assert.Contains(coding, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_of_a_page_in_an_old_encoding_arrive_untouched()
    {
        byte[] page = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        _web.Map("/", context =>
        {
            context.Response.ContentType = "text/html; charset=windows-1251";
            return context.Response.Body.WriteAsync(page, context.RequestAborted).AsTask();
        });

        var answer = await Web.AnswerAsync(_web.Url("/"));

        Assert.Equal(page, answer.Body.ToArray());
        Assert.Equal("text/html; charset=windows-1251", answer.Headers.First("content-type"));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(203)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(520)]
    [InlineData(799)]
    [InlineData(999)]
    public async Task Every_status_is_an_answer_with_its_body(int status)
    {
        _web.MapHtml("/", "<title>Just a moment...</title>", status);

        var answer = await Web.AnswerAsync(_web.Url("/"));

        Assert.Equal(status, answer.Status);
        Assert.Equal("<title>Just a moment...</title>", Encoding.UTF8.GetString(answer.Body.Span));
    }
}
