using LinkMonitor.Alerts.Composing;
using LinkMonitor.Alerts.Composing.Writing;
using LinkMonitor.Alerts.Incidents;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Sharing;
using LinkMonitor.Wording;

namespace LinkMonitor.Tests.Alerts.Composing.Writing;

/// <summary>The list that a mail about several links begins with, and what is told once for all of them.</summary>
public sealed class OverviewTests
{
    [Fact]
    public void A_mail_of_several_links_begins_with_a_line_for_each_that_fits_one_screen()
    {
        var changes = SampleMatters.Site(40, Sample.Lost);
        var mail = AlertComposer.Compose(
            SampleMatters.Incident(CauseKind.Host, "blog.example.net", changes, SampleMatters.Paid(1, 2)), PublicLinks.None);

        var lines = mail.Text.Split('\n');
        var list = lines.Where(line => line.StartsWith("✕ Lost: /", StringComparison.Ordinal)).ToArray();
        Assert.Equal(Overview.MaxLines, list.Length);
        Assert.Contains(
            "· since 1 Mar 11:55",
            mail.Text.ReplaceLineEndings(" ").Replace("  ", " ", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Contains("EUR 120.08 per month", mail.Text, StringComparison.Ordinal);
        Assert.True(
            Array.FindIndex(lines, line => line == "And 28 more.") < Array.FindIndex(
                lines, line => line.StartsWith("1. ", StringComparison.Ordinal)),
            mail.Text);
        Assert.True(mail.Html.IndexOf("And 28 more", StringComparison.Ordinal) < mail.Html.IndexOf("<h3", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(200, 1, "The site at blog.example.net is not there any more: its domain is parked")]
    [InlineData(200, 3, "The site at blog.example.net is not there any more: its domain is parked")]
    [InlineData(null, 1, "The domain blog.example.net does not exist any more.")]
    public void A_domain_is_said_not_to_exist_only_when_nothing_answers(int? status, int links, string sentence)
    {
        var gone = Sample.Lost with
        {
            ReasonsAfter = [Sample.Reason(ReasonCode.DomainGone, "It is gone.")],
            After = Sample.WithoutLink(Sample.Noon) with
            {
                Status = status,
                Observation = status is null ? ObservationKind.Unreachable : ObservationKind.Observed,
                Outcome = status is null ? CheckOutcome.Unreachable : CheckOutcome.Parked,
                Scope = null,
            },
        };

        var text = AlertComposer.Compose(
            SampleMatters.Incident(CauseKind.Host, "blog.example.net", SampleMatters.Site(links, gone)), PublicLinks.None).Text;

        Assert.Contains(sentence, text.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mail_of_one_link_has_no_list() =>
        Assert.DoesNotContain(
            "✕ Lost: /",
            AlertComposer.Compose(SampleMatters.Incident(CauseKind.Link, null, [Sample.Change(Sample.Lost)]), PublicLinks.None).Text,
            StringComparison.Ordinal);

    [Fact]
    public void What_the_checks_saw_of_a_page_is_told_once_for_all_links_on_it()
    {
        var changes = Enumerable.Range(1, 3).Select(number => Sample.Change(Sample.Lost, number: number)).ToArray();

        var mail = AlertComposer.Compose(SampleMatters.Incident(CauseKind.Page, Sample.Page, changes), PublicLinks.None);

        Assert.Equal(2, mail.Text.Split("What the checks saw on the page is shown at 1.").Length - 1);
        Assert.Equal(1, mail.Text.Split("Checked, before:").Length - 1);
    }

    [Fact]
    public void An_alert_has_one_name_in_its_subject_and_in_its_head()
    {
        foreach (var (name, matter) in SampleMatters.All)
        {
            var mail = AlertComposer.Compose(matter, PublicLinks.None);
            var title = mail.Html.Split("<h1")[1].Split('>')[1].Split('<')[0];
            var words = System.Net.WebUtility.HtmlDecode(title).TrimStart('✕', '▲', '✓', '?', ' ');

            Assert.True(
                mail.Subject.StartsWith(words, StringComparison.Ordinal) || mail.Subject.EndsWith('…'),
                $"{name}: '{mail.Subject}' and '{words}'");
        }
    }

    [Fact]
    public void How_sure_we_are_is_told_in_looks_and_minutes_or_not_at_all()
    {
        var sureness = new ConfirmationText(Sample.Project, new ProjectTime("Europe/Berlin", Language.English));

        Assert.Equal("seen at least twice, 65 minutes apart", sureness.Confirmation(Sample.Lost));
        Assert.Null(sureness.Confirmation(Sample.Lost with { Since = Sample.Lost.At }));
    }
}
