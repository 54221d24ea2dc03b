using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Tests.Storage.Rows;

public sealed class ShortHashTests
{
    // RFC 4648, section 10.
    [Theory]
    [InlineData("fo", 4, "mzxq")]
    [InlineData("foobar", 10, "mzxw6ytboi")]
    public void Base_32_is_that_of_the_standard_in_lower_case(string text, int length, string expected) =>
        Assert.Equal(expected, ShortHash.Base32(System.Text.Encoding.ASCII.GetBytes(text), length));

    // printf abc | sha256sum, its first 130 bits through base32.
    [Fact]
    public void A_hash_is_the_beginning_of_the_sha_256() =>
        Assert.Equal("xj4bnp4pahh6uqkbidpf3lrceo", ShortHash.Of("abc"));
}
