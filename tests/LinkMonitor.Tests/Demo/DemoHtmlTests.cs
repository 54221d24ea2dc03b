using LinkMonitor.Demo;

namespace LinkMonitor.Tests.Demo;

public sealed class DemoHtmlTests
{
    [Theory]
    [InlineData(nameof(DemoLook.AsAgreed), "<a href=\"http://fernhill.localhost/secateurs\">Fernhill bypass secateurs</a>", "noindex")]
    [InlineData(nameof(DemoLook.Nofollow), " rel=\"nofollow\">Fernhill bypass secateurs</a>", "noindex")]
    [InlineData(nameof(DemoLook.Reworded), ">click here</a>", "Fernhill bypass secateurs")]
    [InlineData(nameof(DemoLook.Unlinked), " Fernhill bypass secateurs ", "fernhill.localhost")]
    [InlineData(nameof(DemoLook.Noindex), "<meta name=\"robots\" content=\"noindex\">", "nofollow")]
    public void A_page_differs_from_the_agreed_one_in_what_its_look_says_alone(string look, string has, string hasNot)
    {
        var html = Write(DemoSite.Blog, Enum.Parse<DemoLook>(look));

        Assert.Contains(has, html, StringComparison.Ordinal);
        Assert.DoesNotContain(hasNot, html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_from_right_to_left_says_so() => Assert.Contains(
        "<html lang=\"ar\" dir=\"rtl\">", Write("bustan.localhost", DemoLook.AsAgreed), StringComparison.Ordinal);

    private static string Write(string host, DemoLook look) => DemoHtml.Write(
        DemoSite.All.Single(page => page.Host == host), look, (at, path) => $"http://{at}{path}");
}
