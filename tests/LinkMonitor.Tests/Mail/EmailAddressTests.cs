using LinkMonitor.Mail;

namespace LinkMonitor.Tests.Mail;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("owner@example.org", "owner@example.org")]
    [InlineData("Owner@Example.ORG", "Owner@example.org")]
    [InlineData("a.b+tag@sub.example.co.uk", "a.b+tag@sub.example.co.uk")]
    [InlineData("o'neil_x-y@example.org", "o'neil_x-y@example.org")]
    [InlineData("root@localhost", "root@localhost")]
    [InlineData("root@[127.0.0.1]", "root@[127.0.0.1]")]
    [InlineData("info@bücher.example", "info@xn--bcher-kva.example")]
    public void An_address_goes_out_in_ASCII(string text, string ascii)
    {
        Assert.True(EmailAddress.TryParse(text, out var address));
        Assert.Equal(ascii, address.Ascii);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("owner")]
    [InlineData("@example.org")]
    [InlineData("owner@")]
    [InlineData("owner@example..org")]
    [InlineData("owner@exa mple.org")]
    [InlineData(" owner@example.org")]
    [InlineData("Owner <owner@example.org>")]
    [InlineData("<owner@example.org>")]
    [InlineData("owner@example.org (Owner)")]
    [InlineData("a@example.org, b@example.org")]
    [InlineData("a@example.org;b@example.org")]
    [InlineData("grüße@example.org")]
    [InlineData("a@example.org\r\nBcc: b@example.org")]
    [InlineData("a@example.org\0")]
    [InlineData("a\u0001b@example.org")]
    [InlineData("\"a b\"@example.org")]
    public void What_is_no_single_plain_address_is_none(string? text) => Assert.False(EmailAddress.IsValid(text));

    [Fact]
    public void A_name_that_DNS_cannot_hold_is_none()
    {
        Assert.False(EmailAddress.IsValid($"owner@{new string('x', 64)}.example"));
        Assert.False(EmailAddress.IsValid($"{new string('x', 250)}@example.org"));
    }

    [Fact]
    public void Domains_are_compared_without_case() =>
        Assert.Equal(EmailAddress.Parse("owner@EXAMPLE.org"), EmailAddress.Parse("owner@example.org"));
}
