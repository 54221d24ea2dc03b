using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;

namespace LinkMonitor.Tests.Engine.Naming;

public sealed class WireNameTests
{
    [Fact]
    public void Every_member_comes_back_by_its_name_in_any_case()
    {
        foreach (var code in Enum.GetValues<ReasonCode>())
        {
            Assert.Equal(code, WireName.Parse<ReasonCode>(WireName.Of(code)));
            Assert.Equal(code, WireName.Parse<ReasonCode>(WireName.Of(code).ToUpperInvariant()));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("no-such-reason")]
    public void What_is_no_name_is_no_member(string? name) => Assert.False(WireName.TryParse<ReasonCode>(name, out _));

    [Fact]
    public void A_value_that_is_no_member_has_no_name() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WireName.Of((ReasonCode)(-1)));
}
