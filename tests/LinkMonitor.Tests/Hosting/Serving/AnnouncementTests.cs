using LinkMonitor.Hosting.Serving;

namespace LinkMonitor.Tests.Hosting.Serving;

public sealed class AnnouncementTests
{
    [Theory]
    [InlineData("http://localhost:7071", "/sign-in/a", "http://localhost:7071/sign-in/a")]
    [InlineData("http://[::]:7071", "/sign-in/a", "http://localhost:7071/sign-in/a")]
    [InlineData("http://0.0.0.0:80", "/sign-in/a", "http://localhost/sign-in/a")]
    [InlineData("http://localhost:7071", "https://links.example.org/sign-in/a", "https://links.example.org/sign-in/a")]
    [InlineData("http://+:80", "/sign-in/a", "/sign-in/a")]
    [InlineData(null, "/sign-in/a", "/sign-in/a")]
    public void A_link_leads_to_where_the_service_is_reached_from_its_own_machine(string? address, string link, string expected) =>
        Assert.Equal(expected, Announcement.Here(address, new Uri(link, UriKind.RelativeOrAbsolute)).ToString());
}
