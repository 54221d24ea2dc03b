using LinkMonitor.ClientReports;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.ClientReports;

/// <summary>Logos (<see cref="LogoFile"/>) and colours (<see cref="AccentColour"/>).</summary>
public sealed class LogoFileTests
{
    [Fact]
    public void A_picture_is_what_its_own_bytes_say()
    {
        Assert.Equal(new LogoFile("image/png", 40, 20), LogoFile.Read(Pictures.Png(40, 20), out _));
        Assert.Equal(new LogoFile("image/jpeg", 3, 2), LogoFile.Read(Jpeg(3, 2), out _));
        Assert.Equal(new LogoFile("image/webp", 300, 200), LogoFile.Read(Padded(
            "RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0"u8, [0x2B, 0x01, 0, 0xC7, 0, 0]), out _));
        Assert.Equal(new LogoFile("image/webp", 17, 5), LogoFile.Read(Padded(
            "RIFF\0\0\0\0WEBPVP8L\0\0\0\0"u8, [0x2F, 0x10, 0x00, 0x01, 0x00]), out _));
        Assert.Equal(new LogoFile("image/webp", 64, 32), LogoFile.Read(Padded(
            "RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0"u8, [0x9D, 0x01, 0x2A, 64, 0, 32, 0]), out _));
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "SVG")]
    [InlineData("  \n<?xml version='1.0'?><svg/>", "SVG")]
    [InlineData("<html>", "SVG")]
    [InlineData("GIF89a and some more bytes of a picture", "no PNG")]
    [InlineData("", "no PNG")]
    public void Whatever_may_bring_scripts_or_is_no_picture_is_refused(string text, string why)
    {
        Assert.Null(LogoFile.Read(System.Text.Encoding.UTF8.GetBytes(text), out var problem));
        Assert.Contains(why, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_large_and_broken_ones_are_refused()
    {
        Assert.Null(LogoFile.Read(new byte[KeptBrand.MaxLogo + 1], out var size));
        Assert.Contains("256 KB", size, StringComparison.Ordinal);
        Assert.Null(LogoFile.Read(Pictures.Png(4_001, 1), out var pixels));
        Assert.Contains("4001", pixels, StringComparison.Ordinal);
        Assert.Null(LogoFile.Read(Pictures.Png(40, 20).AsSpan(0, 20), out _));
        Assert.Null(LogoFile.Read(Padded([0xFF, 0xD8, 0xFF], new byte[60]), out _));
        Assert.Null(LogoFile.Read(Padded([0xFF, 0xD8], [.. Enumerable.Repeat((byte)0xFF, 60)]), out _));
    }

    [Theory]
    [InlineData("#1D4ED8", "#1d4ed8")]
    [InlineData("#abcdef", "#abcdef")]
    [InlineData("1d4ed8", null)]
    [InlineData("#12345", null)]
    [InlineData("#1234567", null)]
    [InlineData("#12345g", null)]
    [InlineData("#123456\n", null)]
    [InlineData("#123456;}body{}", null)]
    [InlineData(null, null)]
    public void A_colour_is_six_digits_and_nothing_else(string? text, string? hex) => Assert.Equal(hex, AccentColour.Read(text)?.Hex);

    [Fact]
    public void Text_on_any_accent_and_in_it_has_the_contrast_that_people_need()
    {
        for (var colour = 0; colour <= 0xFFFFFF; colour += 0x010307)
        {
            var accent = AccentColour.Read($"#{colour:x6}")!;
            Assert.True(AccentColour.Contrast(accent.Hex, accent.OnIt) >= AccentColour.Needed, accent.Hex);
            Assert.True(AccentColour.Contrast(accent.OnWhite, "#ffffff") >= AccentColour.Needed, accent.Hex);
        }
    }

    private static byte[] Jpeg(byte width, byte height) =>
        Padded([0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC0, 0, 11, 8, 0, height, 0, width], []);

    private static byte[] Padded(ReadOnlySpan<byte> head, ReadOnlySpan<byte> more) => [.. head, .. more, .. new byte[40]];
}
