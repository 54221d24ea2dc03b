using System.ComponentModel.DataAnnotations;
using LinkMonitor.Heartbeats;

namespace LinkMonitor.Tests.Heartbeats;

public sealed class HeartbeatOptionsTests
{
    [Theory]
    [InlineData("https://hc-ping.com/a-uuid")]
    [InlineData("http://10.0.0.1:8000/ping/a?b=c")]
    [InlineData("")]
    [InlineData(null)]
    public void Absolute_addresses_and_none_are_taken(string? url) => Assert.Empty(Problems(url));

    [Theory]
    [InlineData("hc-ping.com/secret")]
    [InlineData("/ping/secret")]
    [InlineData("ftp://example.org/secret")]
    [InlineData("file:///etc/secret")]
    [InlineData("https://user:secret@example.org/")]
    [InlineData("https://example.org/secret#part")]
    public void Anything_else_is_refused_without_telling_it(string url)
    {
        var problem = Assert.Single(Problems(url));

        Assert.Equal(["Url"], problem.MemberNames);
        Assert.DoesNotContain("secret", problem.ErrorMessage, StringComparison.Ordinal);
    }

    private static List<ValidationResult> Problems(string? url)
    {
        var options = new HeartbeatOptions { Url = url };
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results;
    }
}
