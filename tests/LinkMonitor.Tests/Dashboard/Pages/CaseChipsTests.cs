using LinkMonitor.Cases;
using LinkMonitor.Dashboard.Pages;
using LinkMonitor.Keys;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Dashboard.Pages;

/// <summary><see cref="CaseChips"/> and <see cref="CaseLineMaker"/>: what pages say of cases.</summary>
public sealed class CaseChipsTests
{
    private static readonly KeyHolder Anna = new("k1", "Anna", ApiKeyScope.Write, ProjectSet.All);
    private static readonly CaseChips Chips = new("prj_a", Anna, new DateOnly(2026, 11, 21));

    [Fact]
    public void Each_chip_leads_to_the_filter_that_it_names_and_one_is_on()
    {
        var counts = new CaseCounts(5, 3, 1, 2, [new CaseStatusCount(CaseStatus.WrittenOff, 2)], 0);

        var chips = Chips.Chips("written-off", counts);

        Assert.Equal("written off", Assert.Single(chips, chip => chip.IsOn).Words);
        Assert.Equal(2, Assert.Single(chips, chip => chip.IsOn).Count);
        Assert.Equal("/app/p/prj_a/cases?show=written-off", Chips.PathOf("written-off"));
        Assert.Equal(new CaseFilter { Status = CaseStatus.WrittenOff }, Chips.FilterOf("written-off"));
        Assert.Equal(new CaseFilter { IsOpen = true, Owner = "k1" }, Chips.FilterOf("mine"));
        Assert.Equal(new CaseFilter { IsOpen = true, DueBy = new DateOnly(2026, 11, 20) }, Chips.FilterOf("late"));
        Assert.Equal(new CaseFilter { IsOpen = true }, Chips.FilterOf("<script>"));
    }

    [Fact]
    public void A_case_says_whether_it_is_late_and_who_closed_it()
    {
        var project = StorageSamples.Project(new ProjectId("prj_a")) with { TimeZone = "UTC" };
        var one = StorageSamples.Case(StorageSamples.Link(project.Id), StorageSamples.Noon);
        var lines = new CaseLineMaker(project, StorageSamples.Noon.AddDays(20));

        var open = lines.Of(one with { Status = CaseStatus.Promised, ClosedAt = null, ClosedBy = null });
        var byRecovery = lines.Ended(one with { ClosedBy = null });

        Assert.True(open.IsLate);
        Assert.False(lines.Of(one).IsLate);
        Assert.Equal("due 2 Dec 2026, promised for 1 Dec 2026", open.Days);
        Assert.StartsWith("closed by Otto", lines.Ended(one), StringComparison.Ordinal);
        Assert.StartsWith("closed by recovery", byRecovery, StringComparison.Ordinal);
        Assert.Null(lines.Ended(one with { ClosedAt = null }));
    }

    [Fact]
    public void An_entry_names_who_and_what()
    {
        var project = StorageSamples.Project(new ProjectId("prj_a"));
        var lines = new CaseLineMaker(project, StorageSamples.Noon);

        var status = lines.Of(StorageSamples.Entry(1) with { Kind = CaseEntryKind.Status });
        var opened = lines.Of(StorageSamples.Entry(1) with { Kind = CaseEntryKind.Opened, By = null });

        Assert.Equal(("Anna", "set it to promised for 1 Dec 2026."), (status.Who, status.What));
        Assert.Equal(("LinkMonitor", "opened the case: lost (link removed)."), (opened.Who, opened.What));
        Assert.Null(opened.Note);
    }

    /// <summary>The second as versions before wrote the first.</summary>
    [Theory]
    [InlineData(CaseEntryKind.Promised, null, true, "set the promised day to 1 Dec 2026.")]
    [InlineData(CaseEntryKind.Status, CaseStatus.Open, true, "set the promised day to 1 Dec 2026.")]
    [InlineData(CaseEntryKind.Promised, null, false, "took the promised day away.")]
    [InlineData(CaseEntryKind.Status, CaseStatus.Open, false, "set it to open.")]
    public void A_promised_day_alone_sets_no_status(CaseEntryKind kind, CaseStatus? status, bool hasDay, string what)
    {
        var lines = new CaseLineMaker(StorageSamples.Project(new ProjectId("prj_a")), StorageSamples.Noon);

        var said = lines.Of(
            StorageSamples.Entry(1) with { Kind = kind, Status = status, Day = hasDay ? new DateOnly(2026, 12, 1) : null }).What;

        Assert.Equal(what, said);
    }
}
