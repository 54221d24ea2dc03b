using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Storage.Pages;

/// <summary>Literal keys: what is stored is found again only while these stay.</summary>
public sealed class PageRowKeysTests
{
    private static readonly HostKey Host = new("08", "h_a");
    private static readonly DateTimeOffset Time = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_page_has_a_place_for_ever()
    {
        var key = PageRowKeys.For(StorageSamples.Url("https://blog.example.net/post"));

        Assert.Equal(new PageKey("08", "pg_f6nqd7m4sqbbawpgamci3eggvj"), key);
    }

    [Fact]
    public void The_fragment_does_not_count()
    {
        Assert.Equal(
            PageRowKeys.For(StorageSamples.Url("https://blog.example.net/post")),
            PageRowKeys.For(StorageSamples.Url("https://blog.example.net/post#comments")));
    }

    [Fact]
    public void The_pages_of_a_host_share_a_shard()
    {
        var shards = Enumerable.Range(0, 50).Select(
            i => PageRowKeys.For(StorageSamples.Url($"https://blog.example.net:8{i:d3}/{i}?x={i}")).Shard);

        Assert.Equal("08", Assert.Single(shards.Distinct()));
    }

    [Fact]
    public void Hosts_spread_over_all_64_shards()
    {
        var shards = Enumerable.Range(0, 2_000)
            .Select(i => PageRowKeys.For(StorageSamples.Url($"https://host{i}.example/")).Shard)
            .Distinct();

        Assert.Equal(HostRowKeys.Shards, shards.Order(StringComparer.Ordinal));
        Assert.Equal(("00", "63"), (HostRowKeys.Shards[0], HostRowKeys.Shards[^1]));
    }

    [Fact]
    public void Rows_have_these_keys()
    {
        Assert.Equal("page:pg_a", PageRowKeys.Page("pg_a"));
        Assert.Equal("host:h_a:1:0639308592000000000:pg_a", PageRowKeys.Due(Host, false, Time, "pg_a"));
        Assert.Equal("host:h_a:0:0639308592000000000:pg_a", PageRowKeys.Due(Host, true, Time, "pg_a"));
        Assert.Equal("watch:pg_a:prj_a:lnk_a", PageRowKeys.Watch("pg_a", new ProjectId("prj_a"), new LinkId("lnk_a")));
    }

    [Fact]
    public void A_place_in_a_list_tells_its_time_and_page()
    {
        Assert.Equal((true, Time.AddTicks(7), "pg_a"), PageRowKeys.ReadDue(PageRowKeys.Due(Host, true, Time.AddTicks(7), "pg_a")));
        Assert.Equal((false, Time.AddTicks(7), "pg_a"), PageRowKeys.ReadDue(PageRowKeys.Due(Host, false, Time.AddTicks(7), "pg_a")));
        Assert.Equal((false, Time, "pg_a"), PageRowKeys.ReadDue("due:0639308592000000000:pg_a"));
    }

    [Theory]
    [InlineData("page:pg_a")]
    [InlineData("host:h_a")]
    [InlineData("due:soon:pg_a")]
    public void Other_keys_are_no_places(string key) => Assert.Throws<FormatException>(() => PageRowKeys.ReadDue(key));
}
