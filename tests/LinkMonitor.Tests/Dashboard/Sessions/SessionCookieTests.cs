using LinkMonitor.Dashboard.Sessions;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.Dashboard.Sessions;

public sealed class SessionCookieTests
{
    private static readonly Uri Public = new("https://links.example.org");

    [Theory]
    [InlineData("http", "localhost:7071", null, false)]
    [InlineData("https", "localhost:7071", null, true)]
    [InlineData("http", "links.example.org", null, true)]
    [InlineData("http", "other.example.org", null, false)]
    [InlineData("http", "localhost", "https", true)]
    [InlineData("http", "localhost", "http", false)]
    public void The_name_says_whether_the_browsers_connection_is_encrypted(string scheme, string host, string? forwarded, bool isSecure)
    {
        var context = Context(scheme, host, forwarded);
        BrowserScheme.Restore(context.Request);
        var cookie = new SessionCookie(Public);

        cookie.AppendResponseCookie(context, "any", "value", new CookieOptions { Domain = "example.org", Path = "/app", HttpOnly = true });

        var set = context.Response.Headers.SetCookie.ToString();
        Assert.StartsWith(isSecure ? "__Host-linkmonitor=value" : "linkmonitor=value", set, StringComparison.Ordinal);
        Assert.Equal(isSecure, set.Contains("; secure", StringComparison.Ordinal));
        Assert.Contains("; path=/;", set, StringComparison.Ordinal);
        Assert.DoesNotContain("domain", set, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_cookie_of_http_opens_nothing_over_https()
    {
        var context = Context("https", "localhost", null);
        context.Request.Headers.Cookie = "linkmonitor=plain";

        Assert.Null(new SessionCookie(null).GetRequestCookie(context, "any"));
        context.Request.Headers.Cookie = "__Host-linkmonitor=secure";
        Assert.Equal("secure", new SessionCookie(null).GetRequestCookie(context, "any"));
    }

    private static DefaultHttpContext Context(string scheme, string host, string? forwarded)
    {
        var context = new DefaultHttpContext { Request = { Scheme = scheme, Host = new HostString(host) } };
        if (forwarded is not null)
            context.Request.Headers["X-Forwarded-Proto"] = forwarded;
        return context;
    }
}
