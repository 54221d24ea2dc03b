using LinkMonitor.Engine.Unicode;

namespace LinkMonitor.Tests.Engine.Unicode;

/// <summary>What Chromium says of names is asked in HostParityTests; here is what it does not say, and the pieces.</summary>
public sealed class IdnNameTests
{
    [Theory]
    [InlineData("BÜCHER.example", "xn--bcher-kva.example")]
    [InlineData("bücher.example.", "xn--bcher-kva.example.")]
    [InlineData("a_b.example", null)]
    [InlineData("ü<b.example", null)]
    [InlineData("-ü.example", null)]
    [InlineData("ü-.example", null)]
    [InlineData("üb--c.example", null)]
    [InlineData("ü..example", null)]
    [InlineData("", null)]
    [InlineData("xn--a.example", null)]
    public void A_host_is_what_dns_can_carry(string name, string? expected) => Assert.Equal(expected, IdnName.ToAscii(name, isHost: true));

    [Fact]
    public void A_host_has_labels_of_63_and_names_of_253_characters()
    {
        var label = new string('a', 63);
        var name = string.Join('.', label, label, label, new string('b', 61));

        Assert.Equal(name, IdnName.ToAscii(name, isHost: true));
        Assert.Null(IdnName.ToAscii(name + "b", isHost: true));
        Assert.Null(IdnName.ToAscii(label + "a", isHost: true));
        Assert.Equal(label + "a", IdnName.ToAscii(label + "a", isHost: false));
    }

    [Fact]
    public void Labels_end_at_1000_characters_and_names_at_2000()
    {
        Assert.NotNull(IdnName.ToAscii(new string('ü', 1_000), isHost: false));
        Assert.Null(IdnName.ToAscii(new string('ü', 1_001), isHost: false));
        Assert.Null(IdnName.ToAscii(string.Concat(Enumerable.Repeat("ü.", 1_001)), isHost: false));
        Assert.Null(IdnName.ToAscii(new string('\uFDFA', 1_000), isHost: false));
    }

    [Theory]
    [InlineData("xn--bcher-kva.example", "bücher.example")]
    [InlineData("xn--fa-hia", "faß")]
    [InlineData("xn--xn--a--gua", null)]
    [InlineData("xn--a-ecp.ru", null)]
    [InlineData("xn--99999999999", null)]
    [InlineData("xn--", null)]
    public void Punycode_is_read_when_it_could_have_been_written(string name, string? expected) =>
        Assert.Equal(expected, IdnName.ToUnicode(name));

    // The samples of RFC 3492, section 7.1, and the ends of the range.
    [Theory]
    [InlineData("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye")]
    [InlineData("3年B組金八先生", "3B-ww4c5e180e575a65lsy2b")]
    [InlineData("-> $1.00 <-", "-> $1.00 <--")]
    [InlineData("\U0010FFFF", "dn32g")]
    [InlineData("a\u0080", "a-ba")]
    public void Punycode_is_written_and_read_back(string label, string expected)
    {
        int[] points = [.. CodePoints.Of(label)];

        Assert.Equal(expected, Punycode.Encode(points));
        Assert.Equal(points, Punycode.Decode([.. expected.Select(c => (int)c)]));
    }

    [Theory]
    [InlineData("a\u0301", "\u00E1")]
    [InlineData("\u1100\u1161\u11A8", "\uAC01")]
    [InlineData("a\u0323\u0302", "\u1EAD")]
    [InlineData("a\u0302\u0323", "\u1EAD")]
    [InlineData("a\u0335\u0301", "\u00E1\u0335")]
    [InlineData("\U000105D2\u0307", "\U000105C9")]
    public void Marks_are_put_in_order_and_composed(string apart, string expected) =>
        Assert.Equal(expected, CodePoints.Text([.. IdnaTable.Current.Compose([.. CodePoints.Of(apart)])]));

    [Theory]
    [InlineData(0xDF, true)]
    [InlineData(0x200D, true)]
    [InlineData(0x41, false)]
    [InlineData(0xAD, false)]
    [InlineData(0x378, false)]
    [InlineData(0xD800, false)]
    [InlineData(0x100, false)]
    [InlineData(0x101, true)]
    public void The_table_says_what_may_stand_in_a_name(int point, bool isValid) => Assert.Equal(isValid, IdnaTable.Current.IsValid(point));

    [Theory]
    [InlineData("\u0628\u200C\u0628", true)]
    [InlineData("\u0628\u064B\u200C\u064B\u0628", true)]
    [InlineData("\u0627\u200C\u0628", false)]
    [InlineData("\u0628\u200C", false)]
    [InlineData("\u0628\u200D\u0628", false)]
    [InlineData("\u0915\u094D\u200D", true)]
    public void Joiners_stand_only_where_they_join(string label, bool isValid) =>
        Assert.Equal(isValid, IdnLabel.IsValid([.. CodePoints.Of(label)], isHost: false, isBidi: false));

    [Fact]
    public void Ranges_hold_their_first_and_last_character()
    {
        var map = CodePointMap<string>.Of(["41-43 a", "45 b"], static text => text);

        Assert.Equal(
            [null, "a", "a", null, "b", null],
            new[] { 0x40, 0x41, 0x43, 0x44, 0x45, 0x46 }.Select(point => map.TryGet(point, out var value, out _) ? value : null));
    }
}
