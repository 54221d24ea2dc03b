using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Composing.Writing;
using LinkMonitor.Wording;

namespace LinkMonitor.Tests.Alerts.Composing;

public sealed class ShortPriceTests
{
    private static readonly LinkCost Monthly = new(20.01m, "EUR", null);
    private static readonly DateOnly Day = new(2026, 11, 28);

    [Fact]
    public void A_list_names_no_money_that_is_not_at_stake()
    {
        Assert.Equal("EUR 20.01 per month", MoneyText.Shortly(Monthly, Language.English));
        Assert.Equal("EUR 300 once", MoneyText.Shortly(Monthly with { Whole = 300 }, Language.English));
        Assert.Equal("term ended", MoneyText.Shortly(Monthly with { EndedOn = Day }, Language.English));
        Assert.Equal("term not begun", MoneyText.Shortly(Monthly with { Whole = 300, BeginsOn = Day }, Language.English));
    }
}
