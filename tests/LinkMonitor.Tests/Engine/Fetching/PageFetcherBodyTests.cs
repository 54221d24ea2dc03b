using System.Text;
using LinkMonitor.Engine.Fetching.Results;
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
    [InlineData("aws-chunked")]
    [InlineData("aws-chunked, gzip")]
    [InlineData("gzip, aws-chunked")]
    [InlineData("binary")]
    [InlineData("8bit")]
    [InlineData("iso-8859-1")]
    [InlineData("text/html")]
    [InlineData("*")]
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
    [InlineData("zstd", "28B52FFD2003190000616263")]
    [InlineData("compress", "1F9D90610000")]
    [InlineData("gzip, compress", "1F9D90610000")]
    [InlineData("exi", "800100020300040506070800")]
    [InlineData("gzip, gzip, gzip, gzip, gzip", "616263")]
    public async Task An_encoding_we_did_not_ask_for_is_invalid(string coding, string body)
    {
        _web.Map("/", context =>
        {
            context.Response.Headers.ContentEncoding = coding;
            return context.Response.Body.WriteAsync(Convert.FromHexString(body), context.RequestAborted).AsTask();
        });

        var failed = await Web.FailureAsync(_web.Url("/"));

        Assert.Equal(FetchFailure.InvalidResponse, failed.Failure);
        Assert.Contains(coding, failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip", 8)]
    [InlineData("gzip", 3)]
    [InlineData("deflate", 4)]
    [InlineData("deflate", 1)]
    public async Task A_missing_trailer_of_compressed_data_keeps_nobody_from_reading_it(string coding, int missing)
    {
        var encoded = EncodedBody.Encode(coding, "<p>all of it"u8.ToArray());
        MapEncoded(coding, encoded[..^missing]);

        Assert.Equal("<p>all of it", Encoding.UTF8.GetString((await Web.AnswerAsync(_web.Url("/"))).Body.Span));
    }

    [Theory]
    [InlineData("gzip", 8)]
    [InlineData("gzip", 1)]
    [InlineData("deflate", 1)]
    public async Task A_wrong_checksum_or_length_keeps_nobody_from_reading_a_page(string coding, int fromEnd)
    {
        var encoded = EncodedBody.Encode(coding, "<p>all of it"u8.ToArray());
        encoded[^fromEnd] ^= 0xFF;
        MapEncoded(coding, [.. encoded, .. "what else is there"u8]);

        Assert.Equal("<p>all of it", Encoding.UTF8.GetString((await Web.AnswerAsync(_web.Url("/"))).Body.Span));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(31)]
    public async Task Every_part_of_a_gzip_header_is_passed_over(int flags)
    {
        byte[] header =
        [
            0x1F, 0x8B, 8, (byte)flags, 1, 2, 3, 4, 0, 3,
            .. (flags & 4) != 0 ? [3, 0, 1, 0, 2] : ReadOnlySpan<byte>.Empty,
            .. (flags & 8) != 0 ? "index.html\0"u8 : [],
            .. (flags & 16) != 0 ? "a comment\0"u8 : [],
            .. (flags & 2) != 0 ? [9, 9] : ReadOnlySpan<byte>.Empty,
        ];
        MapEncoded("gzip", [.. header, .. EncodedBody.Encode("raw deflate", "<p>all of it"u8.ToArray())]);

        Assert.Equal("<p>all of it", Encoding.UTF8.GetString((await Web.AnswerAsync(_web.Url("/"))).Body.Span));
    }

    [Theory]
    [InlineData("1F8B08")]
    [InlineData("1F8B0808010203040003696E646578")]
    [InlineData("1F8B08000102030400")]
    public async Task A_gzip_header_that_does_not_end_is_no_page(string bytes)
    {
        MapEncoded("gzip", Convert.FromHexString(bytes));

        Assert.Equal(FetchFailure.InvalidResponse, (await Web.FailureAsync(_web.Url("/"))).Failure);
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

    private void MapEncoded(string coding, byte[] encoded) => _web.Map("/", context =>
    {
        context.Response.Headers.ContentEncoding = coding;
        return context.Response.Body.WriteAsync(encoded, context.RequestAborted).AsTask();
    });
}
