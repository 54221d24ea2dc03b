using LinkMonitor.Dashboard;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.Dashboard;

public sealed class SlicePageTests
{
    [Fact]
    public async Task A_page_is_kept_by_no_cache_framed_by_no_site_and_runs_only_our_script()
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };

        await Assert.IsType<SlicePage>(DashboardMessages.NotFound).ExecuteAsync(context);

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
}
