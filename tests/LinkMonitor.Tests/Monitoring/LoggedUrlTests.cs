using LinkMonitor.Engine.Urls;
using LinkMonitor.Monitoring;

namespace LinkMonitor.Tests.Monitoring;

public sealed class LoggedUrlTests
{
    [Theory]
    [InlineData("https://blog.example.net/post", "https://blog.example.net/post")]
    [InlineData("https://bob:secret@blog.example.net:8443/post#secret", "https://blog.example.net:8443/post")]
    [InlineData("https://blog.example.net/?id=7&token=secret", "https://blog.example.net/?id=*&token=*")]
    [InlineData("https://blog.example.net/?secret", "https://blog.example.net/?*")]
    [InlineData("https://blog.example.net/?a=b=secret&", "https://blog.example.net/?a=*&*")]
    [InlineData("https://blog.example.net/a;jsessionid=secret/b;v=1;secret?x", "https://blog.example.net/a;jsessionid=*/b;v=*;*?*")]
    public void Nothing_that_may_let_people_in_is_logged(string url, string logged)
    {
        Assert.True(WebUrl.TryParse(url, out var parsed));

        Assert.Equal(logged, LoggedUrl.Of(parsed));
    }

    [Fact]
    public void A_long_one_is_cut()
    {
        Assert.True(WebUrl.TryParse("https://blog.example.net/" + new string('x', 5000), out var parsed));

        Assert.Equal(301, LoggedUrl.Of(parsed).Length);
    }
}
