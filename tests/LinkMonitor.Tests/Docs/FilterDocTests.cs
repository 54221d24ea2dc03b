using LinkMonitor.Engine.Naming;
using LinkMonitor.Filtering;

namespace LinkMonitor.Tests.Docs;

/// <summary>docs/filters.md against the keys and orders there are.</summary>
public sealed class FilterDocTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Checkout.Path, "docs", "filters.md"));

    [Fact]
    public void Every_key_has_a_row_with_its_example_and_every_row_a_key()
    {
        var rows = Page.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1]).ToList();

        Assert.Equal(FilterBy.All.Select(key => key.Name).Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
        Assert.All(FilterBy.All, key => Assert.Contains($"| `{key.Example}` |", Page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_name_of_a_short_list_and_every_order_is_named()
    {
        var names = new[] { FilterBy.State, FilterBy.Rel, FilterBy.Muted, FilterBy.Has }.SelectMany(key => key.Names);

        Assert.All(names.Concat(WireName.All<LinkSort>()), name => Assert.Contains($"`{name}`", Page, StringComparison.Ordinal));
    }
}
