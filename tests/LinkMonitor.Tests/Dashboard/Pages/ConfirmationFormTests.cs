using LinkMonitor.Dashboard;
using LinkMonitor.Dashboard.Pages;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Dashboard.Pages;

public sealed class ConfirmationFormTests
{
    [Fact]
    public void Each_rule_says_how_many_looks_over_how_long()
    {
        var policy = ConfirmationPolicy.Default with
        {
            Link = new ConfirmationRule(1, TimeSpan.Zero),
            PageGone = new ConfirmationRule(2, TimeSpan.FromMinutes(90)),
        };

        var rows = ConfirmationForm.Fields(policy, new FormErrors());

        Assert.Equal(
            ["at once", "2 looks over 90 minutes", "3 looks over 2 days", "3 looks over 3 days", "for 7 days"],
            rows.Select(row => row.Said));
        Assert.Equal(
            ["1", "0", "2", "90", "3", "2880", "3", "4320", "10080"], rows.SelectMany(row => row.Fields).Select(field => field.Value));
    }

    [Fact]
    public void A_form_says_what_the_API_takes_and_nothing_of_what_it_lacks() => Assert.Equal(
        """{"confirmation":{"pageGone":{"observations":4,"overMinutes":""}}}""",
        ConfirmationForm.Read(new FormBody(Forms.Of(
            ("confirmation.pageGone.observations", "4"), ("confirmation.pageGone.overMinutes", "")))).ToJson().ToString());
}
