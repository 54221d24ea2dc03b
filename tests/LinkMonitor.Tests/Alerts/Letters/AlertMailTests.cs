using LinkMonitor.Sharing;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Tests.Alerts.Composing;

namespace LinkMonitor.Tests.Alerts.Letters;

public sealed class AlertMailTests
{
    private static readonly Uri Unsubscribe = new("https://links.example.org/s/unsubscribe/a?b=1&c=2");

    [Fact]
    public void A_recipients_copy_ends_with_the_way_out()
    {
        var mail = Sample.Compose(Sample.Project, [Sample.Change(Sample.Lost)], PublicLinks.None);

        var copy = mail.For(Unsubscribe);

        Assert.EndsWith($"Stop these mails to this address:\n{Unsubscribe}\n", copy.Text, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://links.example.org/s/unsubscribe/a?b=1&amp;c=2\"", copy.Html, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", copy.Html, StringComparison.Ordinal);
        Assert.Equal(mail, mail.For(null));
    }

    [Fact]
    public void A_copy_for_another_recipient_has_nothing_of_the_first()
    {
        var mail = Sample.Compose(Sample.Project, [Sample.Change(Sample.Lost)], PublicLinks.None);
        var first = Sample.Links.Unsubscribe(Sample.Project.Id, new ChannelId("chn_first"));
        var second = Sample.Links.Unsubscribe(Sample.Project.Id, new ChannelId("chn_second"));

        Assert.Contains("chn_first", mail.For(first).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("chn_first", mail.For(second).Html + mail.For(second).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_named_like_the_end_of_the_document_moves_nothing()
    {
        var project = Sample.Project with { Name = "</div>\n</td></tr></table>\n</body>\n</html>\n" };

        var copy = Sample.Compose(project, [Sample.Change(Sample.Lost)], PublicLinks.None).For(Unsubscribe);

        Assert.Matches("(?s)Stop these mails.*</body>\n</html>\n$", copy.Html);
        Assert.Single(copy.Html.Split("</html>")[..^1]);
    }
}
