using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Storage.Links;

/// <summary>Literal keys: what is stored is found again only while these stay.</summary>
public sealed class LinkKeysTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly ProjectId Project = new("prj_a");

    [Fact]
    public void A_link_has_an_identity_for_ever()
    {
        var id = LinkIdFactory.For(
            StorageSamples.Url("https://blog.example.net/post"), StorageSamples.Url("https://example.org/"), TargetMatch.Page);

        Assert.Equal("lnk_vhsupfbxvnlf63lqmgfhzjaycn", id.Value);
    }

    [Fact]
    public void An_identity_is_another_number_than_any_other()
    {
        LinkId[] ids = [new("lnk_" + new string('a', 26)), new("lnk_b" + new string('a', 25)), new("lnk_" + new string('a', 24) + "ba")];

        Assert.Equal([UInt128.Zero, (UInt128)1 << 120, 1], ids.Select(LinkIdFactory.NumberOf));
        Assert.Throws<FormatException>(() => LinkIdFactory.NumberOf(new LinkId("lnk_short")));
    }

    [Fact]
    public void The_fragment_counts_in_the_target_but_not_in_the_page()
    {
        var id = LinkIdFactory.For(
            StorageSamples.Url("https://blog.example.net/post#top"), StorageSamples.Url("https://example.org/#x"), TargetMatch.Exact);

        Assert.Equal("lnk_xj6kyvuc6o5hnhld5f7fbalv6w", id.Value);
    }

    [Fact]
    public void A_change_has_an_identity_for_ever()
    {
        var link = StorageSamples.Link(Project);

        var change = StorageSamples.Change(link, Time);

        Assert.Equal("chg_p42wembpe735uu3acclbgk6544", change.Id);
    }

    [Fact]
    public void A_change_is_another_when_time_state_link_or_project_differ()
    {
        var link = StorageSamples.Link(Project);
        string[] ids =
        [
            StorageSamples.Change(link, Time).Id,
            StorageSamples.Change(link, Time.AddTicks(1)).Id,
            StorageSamples.Change(link, Time, LinkState.Changed).Id,
            StorageSamples.Change(StorageSamples.Link(Project, target: "https://example.org/b"), Time).Id,
            StorageSamples.Change(StorageSamples.Link(new ProjectId("prj_b")), Time).Id,
        ];

        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void Rows_have_these_keys()
    {
        var id = new LinkId("lnk_a");

        Assert.Equal("link:lnk_a", LinkKeys.Link(id));
        Assert.Equal("change:2516070383999999999:chg_a", LinkKeys.Change(Time, "chg_a"));
        Assert.Equal("history:lnk_a:2516070383999999999:chg_a", LinkKeys.History(id, Time, "chg_a"));
        Assert.Equal("outbox:0639308592000000000:chg_a", LinkKeys.Outbox(Time, "chg_a"));
    }

    [Fact]
    public void Ranges_hold_their_rows_and_no_others()
    {
        string[] keys =
        [
            LinkKeys.Link(new LinkId("lnk_a")), LinkKeys.Change(Time, "chg_a"),
            LinkKeys.History(new LinkId("lnk_a"), Time, "chg_a"), LinkKeys.History(new LinkId("lnk_b"), Time, "chg_a"),
            LinkKeys.Outbox(Time, "chg_a"),
        ];

        Assert.Equal([keys[0]], keys.Where(LinkKeys.Links(Project).Contains));
        Assert.Equal([keys[1]], keys.Where(LinkKeys.Changes(Project, null).Contains));
        Assert.Equal([keys[2]], keys.Where(LinkKeys.History(Project, new LinkId("lnk_a")).Contains));
        Assert.Equal([keys[4]], keys.Where(LinkKeys.Outbox(Project).Contains));
    }

    [Fact]
    public void Changes_since_a_time_are_those_after_it()
    {
        var range = LinkKeys.Changes(Project, Time);

        Assert.True(range.Contains(LinkKeys.Change(Time.AddTicks(1), "chg_a")));
        Assert.False(range.Contains(LinkKeys.Change(Time, "chg_a")));
        Assert.False(range.Contains(LinkKeys.Change(Time.AddTicks(-1), "chg_a")));
    }

    [Fact]
    public void Project_identities_are_drawn_at_random()
    {
        var ids = Enumerable.Range(0, 1_000).Select(_ => ProjectId.New().Value).ToHashSet();

        Assert.Equal(1_000, ids.Count);
        Assert.All(ids, id => Assert.Matches("^prj_[a-z2-7]{16}$", id));
    }
}
