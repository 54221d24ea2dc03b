using LinkMonitor.Storage.Links;

namespace LinkMonitor.Tests.Storage.Links;

public sealed class VendorNameTests
{
    [Theory]
    [InlineData("O'Brien Links", " o'brien \t  LINKS ")]
    [InlineData("Söhne", "SÖHNE")]
    public void Case_and_white_space_make_no_other_vendor(string one, string other) =>
        Assert.Equal(VendorName.Key(one), VendorName.Key(other));

    [Theory]
    [InlineData("Links Ltd", "Links")]
    [InlineData("a b", "ab")]
    public void Other_words_do(string one, string other) => Assert.NotEqual(VendorName.Key(one), VendorName.Key(other));

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public void Nobody_has_an_empty_key(string? vendor) => Assert.Equal("", VendorName.Key(vendor));
}
