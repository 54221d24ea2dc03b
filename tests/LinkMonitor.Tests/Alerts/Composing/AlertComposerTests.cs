using System.Text;
using LinkMonitor.Alerts.Composing;
using LinkMonitor.Alerts.Letters;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Alerts.Composing;

public sealed class AlertComposerTests
{
    private static readonly PublicLinks Links = Sample.Links;
    private static readonly Uri Unsubscribe = Links.Unsubscribe(Sample.Project.Id, new ChannelId("chn_abcdefghijklmnopqrstuvwxyz"))!;

    public static TheoryData<string> Kinds => [.. SampleMatters.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void One_whole_mail_of_each_kind_reads_as_approved(string name)
    {
        var mail = Mail(name);

        Approved.Check($"{name}.approved.txt", $"Subject: {mail.Subject}\n\n{mail.Text}\n{SummaryText.Of(mail.Summary)}");
        Approved.Check($"{name}.approved.html", mail.Html);
    }

    [Fact]
    public void What_other_mails_have_of_their_own_reads_as_approved()
    {
        var whole = SampleMatters.Kinds.Select(Mail).ToList();
        var others = SampleMatters.All.Keys.Except(SampleMatters.Kinds);

        Approved.Check("variants.approved.txt", string.Concat(others.Select(name => MailParts.Of(name, Mail(name), whole))));
    }

    [Fact]
    public void Changes_come_worst_first_and_together_by_host()
    {
        var mail = Sample.Compose(Sample.Project, Sample.Twelve, Links);

        int[] expected = [9, 3, 7, 5, 10, 4, 2, 6, 11, 12, 8, 1];
        Assert.Equal(expected.Select(number => Sample.Change(Sample.Lost, number: number).Id), mail.EventIds);
    }

    [Fact]
    public void Without_a_public_address_every_change_of_a_big_alert_is_named_in_both_parts()
    {
        var changes = Many(500);

        var mail = Sample.Compose(Sample.Project, changes, PublicLinks.None);

        Assert.All(changes, change => Assert.Contains(change.Page.Href, mail.Text, StringComparison.Ordinal));
        Assert.All(changes, change => Assert.Contains($">{change.Page.Href}<", mail.Html, StringComparison.Ordinal));
        Assert.Contains("of 500 changes are shown with their evidence, the others in brief", Words(mail.Text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public void With_a_public_address_a_big_alert_stays_whole_in_Gmail_and_says_how_many_more_there_are(int count)
    {
        var mail = Sample.Compose(Sample.Project, Many(count), Links);

        Assert.InRange(Encoding.UTF8.GetByteCount(mail.For(Unsubscribe).Html), 40_000, 102 * 1024);
        var told = mail.Html.Split(">https://blog.example.net/p").Length - 1;
        Assert.InRange(told, 62, 112);
        Assert.Contains($"And {count - told:N0} more: see them all", mail.Html, StringComparison.Ordinal);
        Assert.Contains($"And {count - told:N0} more: https://links.example.org/s/alerts/", Words(mail.Text), StringComparison.Ordinal);
        Assert.Equal(count, mail.EventIds.Count);
    }

    [Fact]
    public void A_hundred_and_twelve_short_changes_are_the_most_that_a_mail_with_an_address_lists()
    {
        var mail = Sample.Compose(Sample.Project, [.. Many(113).Select(change => change with { Transition = Small })], Links);

        Assert.Contains("And 1 more: see them all", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://blog.example.net/p113.", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_changes_in_another_order_give_the_same_mail()
    {
        var one = Sample.Compose(Sample.Project, Sample.Twelve, Links);
        var other = Sample.Compose(Sample.Project, [.. Sample.Twelve.Reverse()], Links);

        Assert.Equal(one.Html, other.Html);
        Assert.Equal(one.Text, other.Text);
    }

    [Fact]
    public void Without_a_base_URL_the_mail_has_no_link_to_the_dashboard()
    {
        var mail = Sample.Compose(Sample.Project, [Sample.Change(Sample.Lost)], PublicLinks.None);

        Assert.DoesNotContain("links.example.org", mail.Text + mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Details", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_zone_nobody_knows_is_said_and_UTC_is_used()
    {
        var project = Sample.Project with { TimeZone = "Mars/Olympus" };

        var mail = Sample.Compose(project, [Sample.Change(Sample.Lost)], PublicLinks.None);

        Assert.Contains("All times are in UTC: this system does not know", mail.Text, StringComparison.Ordinal);
        Assert.Contains("10:55 (UTC)", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_reason_and_every_move_can_be_told()
    {
        var changes =
            from code in Enum.GetValues<ReasonCode>()
            from state in Enum.GetValues<LinkState>()
            select Sample.Change(Sample.Lost with { To = state, ReasonsAfter = [Sample.Reason(code, "Something is so.")] });

        Assert.All(changes, change => Assert.Contains(
            "Something is so.", Sample.Compose(Sample.Project, [change], Links).Text, StringComparison.Ordinal));
        Assert.All(changes, change => Assert.Contains(
            "2 links ",
            Sample.Compose(Sample.Project, [change, change with { Page = Sample.Url("https://blog.example.net/other") }], Links).Subject,
            StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_of_the_text_are_short_unless_one_word_is_long()
    {
        var mail = Sample.Compose(Sample.Project, Sample.Twelve, Links);

        Assert.All(
            mail.Text.Split('\n'),
            line => Assert.True(line.Length <= 78 || line.TrimStart().Split(' ').Max(word => word.Length) > 40, line));
    }

    [Fact]
    public void Nothing_in_the_HTML_is_loaded_from_outside()
    {
        var mail = Sample.Compose(Sample.Project, Sample.Twelve, Links);

        Assert.All(["<img", "<link", "<script", "url(", "@import", " src=", "background="],
            loading => Assert.DoesNotContain(loading, mail.Html, StringComparison.OrdinalIgnoreCase));
    }

    private static AlertMail Mail(string name) => AlertComposer.Compose(SampleMatters.All[name], Links).For(Unsubscribe);

    private static LinkTransition Small =>
        Sample.NotFound with { After = Sample.WithoutLink(Sample.Noon) with { Scope = null, WhereItWas = null } };

    private static IReadOnlyList<LinkChange> Many(int count) =>
        [.. Enumerable.Range(1, count).Select(n => Sample.Change(Sample.Lost, $"https://blog.example.net/p{n:d3}.", number: n))];

    private static string Words(string text) => string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void An_alert_without_changes_is_a_bug() =>
        Assert.Throws<ArgumentException>(() => Sample.Compose(Sample.Project, [], Links));
}
