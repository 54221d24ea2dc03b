using LinkMonitor.Dashboard;
using LinkMonitor.Sharing;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Dashboard;

public sealed class RequestOriginTests
{
    [Theory]
    [InlineData(null, null, true)]
    [InlineData("same-origin", null, true)]
    [InlineData("none", null, true)]
    [InlineData("cross-site", null, false)]
    [InlineData("same-site", null, false)]
    [InlineData("cross-site", "http://localhost:7071", false)]
    [InlineData("same-origin", "https://evil.example", true)]
    [InlineData(null, "http://localhost:7071", true)]
    [InlineData(null, "https://links.example.org", true)]
    [InlineData(null, "https://evil.example", false)]
    [InlineData(null, "http://localhost:7072", false)]
    [InlineData(null, "null", false)]
    [InlineData("same-origin,cross-site", null, false)]
    [InlineData(null, "http://localhost:7071,https://evil.example", false)]
    public void Only_pages_of_ours_send_forms(string? site, string? origin, bool isOurs)
    {
        var context = new DefaultHttpContext { Request = { Scheme = "http", Host = new HostString("localhost:7071") } };
        if (site is not null)
            context.Request.Headers["Sec-Fetch-Site"] = site.Split(',');
        if (origin is not null)
            context.Request.Headers.Origin = origin.Split(',');
        var sharing = Options.Create(new SharingOptions { PublicUrl = new Uri("https://links.example.org") });
        var addresses = new PublicAddresses(
            new FixedSigningKey(), sharing, new ServiceCollection().BuildServiceProvider(), TimeProvider.System);

        Assert.Equal(isOurs, RequestOrigin.IsOurs(context, addresses));
    }
}
