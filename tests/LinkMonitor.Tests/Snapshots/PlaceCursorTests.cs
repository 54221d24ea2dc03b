using LinkMonitor.Filtering;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Snapshots;

public sealed class PlaceCursorTests
{
    private static readonly ProjectId Project = ProjectId.New();

    public static TheoryData<LinkSort> Sorts => [.. Enum.GetValues<LinkSort>()];

    [Theory]
    [MemberData(nameof(Sorts))]
    public void A_place_in_every_order_comes_back(LinkSort by)
    {
        foreach (var link in new[] { StorageSamples.FullLink(Project), StorageSamples.Link(Project) })
        {
            var order = new LinkOrder(by, true);
            var place = order.PlaceOf(LinkFacts.Of(link));
            var cursor = PlaceCursor.Write(Project, order, place);

            Assert.Equal(place, PlaceCursor.Read(Project, order, cursor));
            Assert.Equal(0, order.Compare(LinkFacts.Of(link), place));
            Assert.Null(PlaceCursor.Read(Project, order with { IsDescending = false }, cursor));
            Assert.Null(PlaceCursor.Read(Project, null, cursor));
            Assert.True(PlaceCursor.IsOf(Project, cursor));
            Assert.False(PlaceCursor.IsOf(ProjectId.New(), cursor));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("!!!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    public void What_no_list_gave_out_is_told(string cursor) => Assert.False(PlaceCursor.IsOf(Project, cursor));
}
