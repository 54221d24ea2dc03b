using System.ComponentModel.DataAnnotations;
using LinkMonitor.Monitoring.Outages;

namespace LinkMonitor.Tests.Monitoring.Outages;

public sealed class OutageOptionsTests
{
    [Fact]
    public void By_default_three_addresses_of_different_owners_are_asked() =>
        Assert.Equal(3, new OutageOptions().Controls.Select(control => control.Host).Distinct().Count());

    [Theory]
    [InlineData("", 0)]
    [InlineData("  ", 0)]
    [InlineData("https://a.example/  http://b.example/x", 2)]
    public void Addresses_are_separated_by_spaces(string text, int count)
    {
        var options = new OutageOptions { ControlUrls = text };

        Assert.Equal(count, options.Controls.Count);
        Assert.Empty(options.Validate(new ValidationContext(options)));
    }

    [Theory]
    [InlineData("a.example")]
    [InlineData("https://a.example/ ftp://b.example/")]
    public void What_cannot_be_asked_is_named(string text)
    {
        var options = new OutageOptions { ControlUrls = text };

        var error = Assert.Single(options.Validate(new ValidationContext(options)));

        Assert.Contains(text.Split(' ')[^1], error.ErrorMessage, StringComparison.Ordinal);
    }
}
