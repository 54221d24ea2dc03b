using LinkMonitor.Placements.Reporting;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Placements.Reporting;

public sealed class ReportResponseTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(200_000)]
    public async Task A_report_that_fails_on_the_way_never_looks_whole(int length)
    {
        await using var web = await LocalWeb.StartAsync(Token);
        web.Map("/report", context => ReportResponse.Send(context, ReportFormat.Csv, FailingAfter(length)).ExecuteAsync(context));
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        await Assert.ThrowsAsync<HttpRequestException>(async () =>
        {
            using var response = await client.GetAsync(web.Url("/report"), Token);
            response.EnsureSuccessStatusCode();
        });
    }

    [Fact]
    public async Task A_report_of_any_length_arrives_whole()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        var pieces = Enumerable.Range(0, 5_000).Select(number => $"row {number} – grün\r\n").ToArray();
        web.Map("/report", context => ReportResponse.Send(context, ReportFormat.Csv, pieces.ToAsyncEnumerable()).ExecuteAsync(context));
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        Assert.Equal(string.Concat(pieces), await client.GetStringAsync(web.Url("/report"), Token));
    }

    private static async IAsyncEnumerable<string> FailingAfter(int length)
    {
        yield return new string('x', length);
        await Task.Yield();
        throw new InvalidOperationException("The storage does not answer.");
    }
}
