using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Support;

public sealed class ApprovedTests
{
    [Theory]
    [InlineData(null, null, false)]
    [InlineData(null, "true", false)]
    [InlineData("0", "true", false)]
    [InlineData("1", null, true)]
    [InlineData("1", "false", true)]
    public void What_is_new_is_accepted_when_somebody_asks_for_it(string? accept, string? ci, bool isAccepted) =>
        Assert.Equal(isAccepted, Approved.IsAccepted(accept, ci));

    [Theory]
    [InlineData("true")]
    [InlineData("True")]
    public void In_CI_nothing_is_accepted(string ci) =>
        Assert.Contains(
            "not for CI", Assert.Throws<InvalidOperationException>(() => Approved.IsAccepted("1", ci)).Message, StringComparison.Ordinal);
}
