using System.Text.Json;
using LinkMonitor.Engine.Links;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Storage.Links;

public sealed class LinkRowTests
{
    private static readonly ProjectId Project = new("prj_a");

    [Fact]
    public void A_new_link_comes_back_as_it_was()
    {
        var link = StorageSamples.Link(Project);

        var read = LinkRow.Read(LinkRow.Write(link));

        Assert.Equivalent(link, read with { ETag = null }, strict: true);
    }

    [Fact]
    public void A_link_with_everything_comes_back_as_it_was()
    {
        var link = StorageSamples.FullLink(Project);

        var read = LinkRow.Read(LinkRow.Write(link));

        Assert.Equivalent(link, read with { ETag = null }, strict: true);
    }

    // A part that is forgotten in the mapping would come back as its default, and only a sample without defaults shows it.
    [Fact]
    public void The_sample_leaves_no_part_at_its_default()
    {
        AssertFilled(StorageSamples.FullLink(Project) with { ETag = "e" });
        AssertFilled(StorageSamples.Terms);
        AssertFilled(StorageSamples.FullLink(Project).Status);
        AssertFilled(StorageSamples.FullLink(Project).Status.LastEvidence!);
        AssertFilled(StorageSamples.Change(StorageSamples.Link(Project), StorageSamples.Noon).Transition);
    }

    [Fact]
    public void A_change_comes_back_as_it_was()
    {
        var change = StorageSamples.Change(StorageSamples.FullLink(Project), StorageSamples.Noon);

        var read = ChangeRow.Read(ChangeRow.Write(change, "change:1:chg_a", "w"));

        Assert.Equivalent(change, read, strict: true);
    }

    [Fact]
    public void Muting_ends_when_its_time_comes()
    {
        var noon = StorageSamples.Noon;
        var link = StorageSamples.Link(Project);

        Assert.False((link with { MutedUntil = noon.AddDays(1) }).IsMutedAt(noon));
        Assert.True((link with { Muted = true }).IsMutedAt(noon.AddYears(100)));
        Assert.True((link with { Muted = true, MutedUntil = noon }).IsMutedAt(noon.AddTicks(-1)));
        Assert.False((link with { Muted = true, MutedUntil = noon }).IsMutedAt(noon));
    }

    [Fact]
    public void Filterable_columns_hold_plain_words()
    {
        var link = StorageSamples.FullLink(Project) with { Page = StorageSamples.Url("https://www.example.net/post") };

        var row = LinkRow.Write(link);

        Assert.Equal("changed", row.GetString("state"));
        Assert.Equal("example.net", row.GetString("host"));
        Assert.Equal("soft-404 rel-changed", row.GetString("reasonCodes"));
        Assert.Equal("O'BRIEN LINKS & SÖHNE", row.GetString("vendor"));
    }

    [Fact]
    public void Every_write_has_a_marker_of_its_own()
    {
        var link = StorageSamples.Link(Project);

        Assert.False(OwnWrite.Is(LinkRow.Write(link), LinkRow.Write(link)));
    }

    [Fact]
    public void A_row_of_a_later_layout_is_refused()
    {
        var row = LinkRow.Write(StorageSamples.Link(Project));
        row["v"] = RowSchema.Current + 1;

        Assert.Throws<FormatException>(() => RowSchema.Check(row));
    }

    [Fact]
    public void An_expectation_has_this_json()
    {
        var expectation = StorageSamples.FullLink(Project).Expectation with { Anchor = Expected<string>.AsFirstSeen };

        var json = JsonSerializer.Serialize(expectation, StorageJsonContext.Stored.Expectation);

        Assert.Equal(
            """{"target":"https://example.org/a?b=c#d","match":"prefix","rel":{"kind":"exactly","value":"nofollow sponsored"},"""
            + "\"anchor\":{\"kind\":\"as-first-seen\"},\"placement\":{\"kind\":\"any\"},"
            + "\"indexable\":{\"kind\":\"exactly\",\"value\":true}}",
            json);
    }

    [Fact]
    public void Every_kind_of_expectation_comes_back()
    {
        foreach (var placement in new[]
        {
            Expected<Placement>.Any, Expected<Placement>.AsFirstSeen, Expected<Placement>.Exactly(Placement.Aside),
        })
        {
            var expectation = new Expectation { Target = StorageSamples.Url("https://example.org/"), Placement = placement };
            var json = JsonSerializer.Serialize(expectation, StorageJsonContext.Stored.Expectation);

            Assert.Equal(expectation, JsonSerializer.Deserialize(json, StorageJsonContext.Stored.Expectation));
        }
    }

    [Theory]
    [InlineData("""{"target":"https://example.org/","rel":{"kind":"exactly"}}""")]
    [InlineData("""{"target":"https://example.org/","rel":7}""")]
    [InlineData("""{"rel":{"kind":"any"}}""")]
    public void Damaged_json_is_noticed(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, StorageJsonContext.Stored.Expectation));

    private static void AssertFilled(object record)
    {
        foreach (var property in record.GetType().GetProperties())
        {
            var value = property.GetValue(record);
            var nothing = property.PropertyType.IsValueType && Nullable.GetUnderlyingType(property.PropertyType) is null
                ? Activator.CreateInstance(property.PropertyType)
                : null;
            Assert.True(!Equals(value, nothing), $"{record.GetType().Name}.{property.Name} has its default in the sample.");
        }
    }
}
