using LinkMonitor.Filtering;

namespace LinkMonitor.Tests.Filtering;

public sealed class BuiltInViewsTests
{
    [Fact]
    public void Every_view_has_a_line_in_its_canonical_spelling_and_an_id_of_its_own()
    {
        Assert.Equal(5, BuiltInViews.All.DistinctBy(view => view.Id).Count());
        Assert.All(BuiltInViews.All, view => Assert.Equal(view.Line, FilterParser.Read(view.Line.Text).Line));
    }
}
