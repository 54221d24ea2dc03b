using System.Globalization;
using LinkMonitor.Placements;

namespace LinkMonitor.Tests.Placements;

public sealed class CurrenciesTests
{
    // Withdrawn from ISO 4217, but still in some system's ICU.
    private static readonly string[] Withdrawn = [
        "ANG", "CUC", "HRK", "MRO", "SLL", "STD", "VEF", "ZMK", "ZWL", "BYR", "LTL", "LVL", "EEK", "USN", "CHE", "CHW",
    ];

    [Fact]
    public void Every_currency_of_a_region_is_known()
    {
        var regional = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
            .Select(culture => new RegionInfo(culture.Name).ISOCurrencySymbol)
            .Where(code => code.Length == 3 && code.All(char.IsAsciiLetterUpper) && code != "XXX")
            .Distinct()
            .ToList();

        Assert.True(regional.Count > 100, $"The system knows {regional.Count} currencies only.");
        Assert.Empty(regional.Except(Currencies.All).Except(Withdrawn));
    }

    [Theory]
    [InlineData("JPY", 0)]
    [InlineData("EUR", 2)]
    [InlineData("HUF", 2)]
    [InlineData("KWD", 3)]
    public void Decimals_are_those_of_the_standard(string code, int decimals) => Assert.Equal(decimals, Currencies.Decimals(code));

    [Theory]
    [InlineData("eur")]
    [InlineData("XYZ")]
    [InlineData("XAU")]
    [InlineData("")]
    public void What_is_no_currency_has_no_decimals(string code) => Assert.Null(Currencies.Decimals(code));

    [Fact]
    public void Every_code_is_three_letters_and_there_are_no_fewer_than_150() =>
        Assert.True(
            Currencies.All.Count(code => code.Length == 3 && code.All(char.IsAsciiLetterUpper)) is var count and >= 150
                && count == Currencies.All.Count());
}
