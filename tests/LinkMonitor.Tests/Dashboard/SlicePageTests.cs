using LinkMonitor.Dashboard;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace LinkMonitor.Tests.Dashboard;

public sealed class SlicePageTests
{
    [Fact]
    public async Task A_page_is_kept_by_no_cache_framed_by_no_site_and_runs_only_our_script()
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };

        context.Request.Method = HttpMethods.Get;

        await DashboardMessages.NotFound.ExecuteAsync(context);

        var headers = context.Response.Headers;
        Assert.Equal(
            ["no-store", "nosniff", "same-origin"],
            [headers.CacheControl.ToString(), headers.XContentTypeOptions.ToString(), headers["Referrer-Policy"].ToString()]);
        string[] rules =
            ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "require-trusted-types-for 'script'"];
        Assert.All(rules, rule => Assert.Contains(rule, headers.ContentSecurityPolicy.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain("unsafe", headers.ContentSecurityPolicy.ToString(), StringComparison.Ordinal);
        Assert.Equal(404, context.Response.StatusCode);
        Assert.True(context.Response.Body.Length > 500);
    }

    [Theory]
    [InlineData(12 * 1024 * 1024, "12 MiB")]
    [InlineData((128 * 1024 * 1024) + 65_536, "128 MiB")]
    public async Task What_is_too_large_is_told_with_the_limit_of_its_page(int most, string told)
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new RequestSizeLimitAttribute(most)), null));

        await DashboardMessages.ForStatus(context, 413).ExecuteAsync(context);

        context.Response.Body.Position = 0;
        using var reader = new StreamReader(context.Response.Body);
        Assert.Contains(
            $"What you send here may have {told}. Nothing was changed.",
            await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary><see cref="NothingThere"/>: after a form, that it is gone is the likely reason.</summary>
    [Theory]
    [InlineData("GET", "There is no such page")]
    [InlineData("POST", "Nothing was done: somebody has removed what it was about")]
    public async Task What_is_not_there_is_told_to_who_looks_and_to_who_acts(string method, string told)
    {
        var context = new DefaultHttpContext { Request = { Method = method }, Response = { Body = new MemoryStream() } };

        await DashboardMessages.NotFound.ExecuteAsync(context);

        context.Response.Body.Position = 0;
        using var reader = new StreamReader(context.Response.Body);
        Assert.Contains(told, await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(404, context.Response.StatusCode);
    }
}
