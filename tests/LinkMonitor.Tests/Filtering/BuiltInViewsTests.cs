using LinkMonitor.Filtering;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Filtering;

public sealed class BuiltInViewsTests
{
    [Fact]
    public void Every_view_has_a_line_in_its_canonical_spelling_and_an_id_of_its_own()
    {
        Assert.Equal(5, BuiltInViews.All.DistinctBy(view => view.Id).Count());
        Assert.All(BuiltInViews.All, view => Assert.Equal(view.Line, FilterParser.Read(view.Line.Text).Line));
    }

    [Fact]
    public void Links_that_were_never_seen_need_a_human_in_order_of_the_time_since_which_they_are_as_they_are()
    {
        var project = ProjectId.New();
        var links = Enumerable.Range(0, 20).Select(number =>
        {
            var link = StorageSamples.Link(project, $"https://site-{number}.example/");
            return link with { Status = link.Status with { Since = StorageSamples.Noon.AddHours(number * 7 % 20), LastSeenAt = null } };
        }).ToList();

        var facts = links.Select(link => LinkFacts.Of(link)).Order(
            Comparer<LinkFacts>.Create(BuiltInViews.NeedsHuman.Line.Order!.Compare)).ToList();

        Assert.Equal(facts.OrderBy(link => link.Since), facts);
    }
}
