using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reading.Trees;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Reading.Trees;

/// <summary>What Chromium makes of more of them is kept with the parity pages.</summary>
public sealed class SelectedContentTests
{
    [Fact]
    public void The_chosen_option_is_a_link_twice_and_what_it_replaces_is_none()
    {
        var page = PageAnswer.Read(
            "<select><button><selectedcontent><a href=/old>old</a></selectedcontent></button>"
            + "<option><a href=/1>one</a><option selected><a href=/2>two</a></select>");

        Assert.Equal(["/2", "/1", "/2"], page.Links.Select(link => link.Href));
    }

    [Fact]
    public void Copies_count_as_elements()
    {
        var places = string.Concat(Enumerable.Repeat($"<{SelectedContent.Name}></{SelectedContent.Name}>", 2_000));
        var html = $"<select><button>{places}</button><option>{string.Concat(Enumerable.Repeat("<b></b>", 2_000))}</option></select>";
        var budget = new ReadingBudget(ReadingLimits.Default);

        MarkupParser.Parse(html, budget, TestContext.Current.CancellationToken);

        Assert.True(budget.IsExceeded);
        Assert.InRange(budget.Spent.Elements, ReadingLimits.Default.MaxElements, ReadingLimits.Default.MaxElements + 10);
    }
}
