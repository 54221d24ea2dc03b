using System.Text;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Imports;
using LinkMonitor.Monitoring;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Imports;

/// <summary>
/// Files from addresses: through the gate of all fetches, within bounds, with what to do when there is none (also for
/// <see cref="ImportBody"/>, <see cref="SheetDesk"/> and <see cref="SheetPolling"/>).
/// </summary>
public sealed class SheetFetcherTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_fetched_with_its_redirects()
    {
        await using var web = await LocalWeb.StartAsync(Stop);
        web.Map("/sheet", context => context.Response.WriteAsync("page,target\n"));
        web.Map("/pub", context =>
        {
            context.Response.Redirect("/sheet");
            return Task.CompletedTask;
        });
        using var fetcher = Fetcher(isOpen: true);

        var (file, problem) = await fetcher.FetchAsync(Url(web.Url("/pub")), Stop);

        using (file)
            Assert.Equal("page,target\n", await File.ReadAllTextAsync(file!.Info.FullName, Encoding.UTF8, Stop));
        Assert.Null(problem);
        Assert.False(File.Exists(file.Info.FullName));
    }

    [Theory]
    [InlineData(403, "Publish the sheet")]
    [InlineData(500, "answered 500")]
    public async Task An_answer_that_is_no_file_says_what_to_do(int status, string words)
    {
        await using var web = await LocalWeb.StartAsync(Stop);
        web.Map("/sheet", context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        using var fetcher = Fetcher(isOpen: true);

        var (file, problem) = await fetcher.FetchAsync(Url(web.Url("/sheet")), Stop);

        Assert.Null(file);
        Assert.Contains(words, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1/sheet")]
    [InlineData("http://[::1]/sheet")]
    [InlineData("http://169.254.169.254/latest")]
    [InlineData("ftp://example.org/sheet")]
    [InlineData("https://me:secret@example.org/sheet")]
    [InlineData("nothing at all")]
    public void An_address_that_is_not_public_is_refused_before_it_is_asked(string address)
    {
        using var fetcher = Fetcher(isOpen: false);

        var wrong = fetcher.Wrong(address, out _);

        Assert.NotNull(wrong);
        Assert.DoesNotContain("secret", wrong, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_leads_to_this_machine_is_not_asked()
    {
        await using var web = await LocalWeb.StartAsync(Stop);
        using var fetcher = new SheetFetcher(
            Options.Create(new MonitoringOptions()), new MapResolver().Add("sheets.example", "127.0.0.1"), TimeProvider.System);

        var (file, problem) = await fetcher.FetchAsync(Url("http://sheets.example/sheet"), Stop);

        Assert.Null(file);
        Assert.NotNull(problem);
        Assert.Empty(web.Requests);
    }

    private static SheetFetcher Fetcher(bool isOpen) => new(
        Options.Create(new MonitoringOptions { AllowPrivateNetworks = isOpen }), new MapResolver(), TimeProvider.System);

    private static WebUrl Url(string text) => WebUrl.TryParse(text, out var url) ? url : throw new ArgumentException(text, nameof(text));
}
