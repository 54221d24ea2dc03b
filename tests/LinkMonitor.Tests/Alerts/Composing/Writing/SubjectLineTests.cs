using LinkMonitor.Engine.Tracking;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Tests.Alerts.Composing.Writing;

public sealed class SubjectLineTests
{
    public static TheoryData<string, string> OneOfEach => new()
    {
        { "lost", "Lost: link from blog.example.net to example.org (link removed) - Example Widgets" },
        { "gone", "Lost: link from blog.example.net to example.org (page gone) - Example Widgets" },
        { "nofollow", "Changed: link from blog.example.net to example.org (rel: follow → nofollow) - Example Widgets" },
        { "unreachable", "Unreachable: link from blog.example.net to example.org (we were blocked) - Example Widgets" },
        { "recovered", "Recovered: link from blog.example.net to example.org - Example Widgets" },
        { "not-found", "Not found: link from blog.example.net to example.org (not on the page) - Example Widgets" },
    };

    [Theory]
    [MemberData(nameof(OneOfEach))]
    public void One_change_is_named(string which, string expected)
    {
        var transition = which switch
        {
            "lost" => Sample.Lost,
            "gone" => Sample.PageGone,
            "nofollow" => Sample.Nofollow,
            "unreachable" => Sample.Unreachable,
            "recovered" => Sample.Recovered,
            _ => Sample.NotFound,
        };

        Assert.Equal(expected, Subject(Sample.Change(transition)));
    }

    [Fact]
    public void What_was_expected_and_found_is_left_out_where_it_does_not_fit() => Assert.Equal(
        "Lost: link from blog.example.net to example.org (page replaced) - Example Widgets", Subject(Sample.Change(Sample.PageReplaced)));

    [Fact]
    public void Many_changes_are_counted_the_worst_first() => Assert.Equal(
        "4 links lost, 2 unreachable, 3 changed, 1 not found, 2 recovered - Example Widgets", Subject([.. Sample.Twelve]));

    [Fact]
    public void One_common_host_is_named() => Assert.Equal(
        "1 link lost, 1 changed on blog.example.net - Example Widgets",
        Subject(Sample.Change(Sample.Lost), Sample.Change(Sample.Nofollow, number: 2)));

    [Theory]
    [InlineData("a\r\nBcc: thief@example.com")]
    [InlineData("line\u2028separated")]
    [InlineData("tab\tand\0zero")]
    public void A_subject_is_one_line_whatever_the_project_is_called(string name)
    {
        var subject = Sample.Compose(Sample.Project with { Name = name }, Sample.Twelve, PublicLinks.None).Subject;

        Assert.DoesNotContain(subject, c => char.IsControl(c) || c is '\u2028');
    }

    [Fact]
    public void A_long_name_is_cut_at_150_characters_with_an_ellipsis()
    {
        var project = Sample.Project with { Name = string.Concat(Enumerable.Repeat("🔗", 100)) };

        var subject = Sample.Compose(project, Sample.Twelve, PublicLinks.None).Subject;

        Assert.InRange(subject.Length, 145, 150);
        Assert.EndsWith("🔗…", subject, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_host_keeps_its_end_because_that_says_whose_it_is()
    {
        var host = $"{new string('a', 60)}.{new string('b', 60)}.example.net";

        var subject = Subject(Sample.Change(Sample.Lost, $"https://{host}/"));

        Assert.Matches("^Lost: link from …b+\\.example\\.net to example\\.org .*", subject);
    }

    private static string Subject(params LinkChange[] changes) => Sample.Compose(Sample.Project, changes, PublicLinks.None).Subject;

    /// <summary>Nothing turned nofollow where it was so before (<see cref="SameLook"/>): what is expected has changed.</summary>
    [Fact]
    public void What_the_page_showed_before_already_did_not_turn()
    {
        var same = Sample.Nofollow with { Before = Sample.Nofollow.After with { CheckedAt = Sample.Noon.AddDays(-1) } };
        LinkChange[] changes = [Sample.Change(same), Sample.Change(same, number: 2)];
        var mail = Sample.Compose(Sample.Project, changes, PublicLinks.None);

        Assert.Equal("2 links are not what is expected of them now: rel on blog.example.net - Example Widgets", mail.Subject);
        Assert.Contains("what is expected of the links has changed", Flat(mail.Text), StringComparison.Ordinal);
        Assert.DoesNotContain("turned", mail.Text, StringComparison.Ordinal);
        Assert.Contains(
            "turned nofollow", Subject(Sample.Change(Sample.Nofollow), Sample.Change(Sample.Nofollow, number: 2)),
            StringComparison.Ordinal);
        Assert.Contains(
            "what is expected of the link has changed", Flat(Sample.Compose(Sample.Project, [changes[0]], PublicLinks.None).Text),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_differed_before_and_still_does_says_nothing_of_what_is_new()
    {
        var more = Sample.Nofollow with
        {
            Before = Sample.Nofollow.After with { CheckedAt = Sample.Noon.AddDays(-1), Anchor = "the best widgets" },
            ReasonsBefore = [Sample.Nofollow.ReasonsAfter[0]],
        };

        var text = Sample.Compose(Sample.Project, [Sample.Change(more)], PublicLinks.None).Text;

        Assert.DoesNotContain("what is expected of the link has changed", Flat(text), StringComparison.Ordinal);
    }

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
