using System.Text;
using LinkMonitor.Exports;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Exports;

/// <summary>What is in a disavow file, and what never is by itself (<see cref="DisavowFile"/>).</summary>
public sealed class DisavowFileTests
{
    private static readonly ProjectId Project = new("prj_a");

    [Fact]
    public void Only_what_is_tagged_as_unwanted_is_in_it_and_each_domain_once()
    {
        LinkFacts[] all =
        [
            Link("https://spam.example/1", "Unwanted"), Link("https://www.spam.example/2", "unwanted"), Link("https://good.example/"),
        ];

        var file = DisavowFile.Of(all, all, DisavowScope.Domain, withWanted: false);

        Assert.Equal(["domain:spam.example"], file.Lines);
        Assert.Equal([new LeftLink("https://good.example/", DisavowLeft.Wanted)], file.Left);
    }

    [Fact]
    public void A_domain_that_a_wanted_link_is_on_stays_out_also_when_that_is_on_a_subdomain()
    {
        LinkFacts[] all =
        [
            Link("https://host.example/1", "unwanted"), Link("https://blog.host.example/good"), Link("https://notmyhost.example/"),
            Link("https://myhost.example/", "unwanted"),
        ];

        var file = DisavowFile.Of(all, all, DisavowScope.Domain, withWanted: false);

        Assert.Equal(["domain:myhost.example"], file.Lines);
        Assert.Equal(DisavowLeft.SharesDomain, file.Left.Single(link => link.Page == "https://host.example/1").Why);
        Assert.Equal(
            ["https://host.example/1", "https://myhost.example/"], DisavowFile.Of(all, all, DisavowScope.Url, withWanted: false).Lines);
    }

    [Fact]
    public void Wanted_links_are_in_it_only_when_somebody_takes_them_on_purpose()
    {
        LinkFacts[] all = [Link("https://a.example/"), Link("https://b.example/"), Link("https://b.example/other")];

        var file = DisavowFile.Of(all[..2], all, DisavowScope.Domain, withWanted: true);

        Assert.Equal(["domain:a.example"], file.Lines);
        Assert.Equal([new LeftLink("https://b.example/", DisavowLeft.SharesDomain)], file.Left);
    }

    [Fact]
    public void The_file_is_as_Google_reads_it_whatever_people_are_called()
    {
        var file = new DisavowFile(["domain:a.example", "https://b.example/?q=%E6%97%A5"], []);

        var text = Encoding.UTF8.GetString(
            file.Write("Evil\ndomain:example.org", "Anna\r\nhttps://example.org/", "tag:\"a\nb\"", StorageSamples.Noon));

        Assert.Equal(
            ["#", "#", "#", "domain:a.example", "https://b.example/?q=%E6%97%A5", ""],
            text.Split('\n').Select(line => line.StartsWith('#') ? "#" : line));
        Assert.DoesNotContain('\r', text);
        Assert.NotEqual(0xFEFF, text[0]);
    }

    [Fact]
    public void A_url_that_Google_does_not_take_and_a_file_that_it_does_not_take_are_said()
    {
        LinkFacts[] all = [Link($"https://a.example/{new string('x', 2_100)}", "unwanted")];

        Assert.Equal(DisavowLeft.TooLong, Assert.Single(DisavowFile.Of(all, all, DisavowScope.Url, withWanted: false).Left).Why);
        Assert.True(new DisavowFile([.. Enumerable.Range(0, 99_998).Select(number => $"domain:{number}.example")], []).IsTooLarge);
        Assert.True(new DisavowFile([.. Enumerable.Repeat(new string('x', 2_048), 1_100)], []).IsTooLarge);
        Assert.False(new DisavowFile([.. Enumerable.Range(0, 50_000).Select(number => $"domain:{number}.example")], []).IsTooLarge);
    }

    private static LinkFacts Link(string page, params string[] tags) =>
        LinkFacts.Of(StorageSamples.Link(Project, page) with { Tags = tags });
}
