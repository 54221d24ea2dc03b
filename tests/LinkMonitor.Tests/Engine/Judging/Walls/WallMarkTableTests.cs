using System.Text;
using LinkMonitor.Engine.Judging.Walls;

namespace LinkMonitor.Tests.Engine.Judging.Walls;

public sealed class WallMarkTableTests
{
    [Fact]
    public void Every_mark_says_where_it_comes_from() => Assert.All(WallMarkTable.All, mark => Assert.True(
        mark.Source is WallSources.Reported or WallSources.Unconfirmed
            || Uri.TryCreate(mark.Source, UriKind.Absolute, out var source) && source.Scheme == "https",
        $"{mark.Value}: {mark.Source}"));

    [Fact]
    public void A_mark_in_a_source_that_nobody_confirms_proves_nothing_on_any_page_but_a_question_for_consent() =>
        Assert.DoesNotContain(
            WallMarkTable.All, mark => mark is { Source: WallSources.Unconfirmed, IsProof: true, Kind: WallKind.Challenge });

    [Fact]
    public void No_mark_stands_twice() =>
        Assert.Equal(
            WallMarkTable.All.Count, WallMarkTable.All.DistinctBy(mark => (mark.Kind, mark.Place, mark.Value.ToUpperInvariant())).Count());

    /// <summary>They are searched for among bytes, whatever the page's encoding.</summary>
    [Fact]
    public void Marks_of_a_source_are_ascii() =>
        Assert.All(
            WallMarkTable.All.Where(mark => mark.Place is WallPlace.Body),
            mark => Assert.True(Ascii.IsValid(mark.Value), mark.Value));

    [Fact]
    public void Who_put_a_wall_up_is_named_only_where_somebody_is_known() => Assert.All(WallMarkTable.All, mark =>
    {
        var wall = new Wall(mark.Kind, mark.Vendor, IsProven: true);
        foreach (var text in new[] { WallText.NameOf(wall), WallText.DetailOf(wall, 200), WallText.DetailOf(wall, null) })
        {
            Assert.DoesNotContain("(the site", text, StringComparison.Ordinal);
            Assert.Equal(mark.Vendor != "the site", text.Contains($"({mark.Vendor}", StringComparison.Ordinal));
        }
    });
}
