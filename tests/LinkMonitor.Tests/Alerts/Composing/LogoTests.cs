using LinkMonitor.Sharing;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Alerts.Composing;

public sealed class LogoTests
{
    private static readonly Uri Logo = new("https://example.org/logo.png?a=1&b=2");

    [Fact]
    public void A_logo_stands_at_the_head_of_the_HTML_with_the_senders_name()
    {
        var mail = Sample.Compose(
            Sample.Project with { LogoUrl = Logo, SenderName = "A \"B\" <C>" }, [Sample.Change(Sample.Lost)], PublicLinks.None);

        Assert.Contains(
            "<img src=\"https://example.org/logo.png?a=1&amp;b=2\" alt=\"A &quot;B&quot; &lt;C&gt;\" height=\"40\"",
            mail.Html,
            StringComparison.Ordinal);
        Assert.DoesNotContain("logo.png", mail.Text, StringComparison.Ordinal);
        Assert.True(mail.Html.IndexOf("<img", StringComparison.Ordinal) < mail.Html.IndexOf("<h1", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_senders_name_the_projects_name_stands_for_the_picture()
    {
        var mail = Sample.Compose(Sample.Project with { LogoUrl = Logo }, [Sample.Change(Sample.Lost)], PublicLinks.None);

        Approved.Check("logo.approved.html", mail.Html);
        Assert.Contains($"alt=\"{Sample.Project.Name}\"", mail.Html, StringComparison.Ordinal);
    }
}
