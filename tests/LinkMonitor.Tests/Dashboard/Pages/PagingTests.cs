using LinkMonitor.Dashboard.Pages;
using LinkMonitor.Views;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.Dashboard.Pages;

public sealed class PagingTests
{
    [Theory]
    [InlineData("", null, null, null, null)]
    [InlineData("", "n&1", null, "/app/p/a?cursor=n%261", null)]
    [InlineData("?q=tag%3Aa%26b&cursor=c", "n", "c", "/app/p/a?q=tag%3Aa%26b&cursor=n", "/app/p/a?q=tag%3Aa%26b")]
    [InlineData("?cursor=c", null, "c", null, "/app/p/a")]
    public void Ways_on_and_back_keep_the_filter_and_no_cursor(string query, string? next, string? current, string? on, string? back)
    {
        var context = new DefaultHttpContext { Request = { Path = "/app/p/a", QueryString = new QueryString(query) } };

        Assert.Equal(new Pager(on, back), Paging.Of(context, next, current));
    }
}
