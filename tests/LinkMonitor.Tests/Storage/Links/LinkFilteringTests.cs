using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Storage.Links;

public sealed class LinkFilteringTests
{
    private static readonly WatchedLink Link = StorageSamples.Link(new ProjectId("prj_abcdefghij234567"), "https://blog.example.net/post")
        with
    {
        Tags = ["Spring"],
        Status = LinkStatus.New(StorageSamples.Noon) with
        {
            State = LinkState.Lost,
            Reasons = [StorageSamples.Reason(ReasonCode.LinkRemoved)],
            LastEvidence = StorageSamples.Evidence(StorageSamples.Noon) with { Outcome = CheckOutcome.Blocked },
        },
    };

    public static TheoryData<LinkFilter, bool> Filters => new()
    {
        { LinkFilter.None, true },
        { new() { Tag = "spring" }, true },
        { new() { Tag = "summer" }, false },
        { new() { Reason = ReasonCode.LinkRemoved }, true },
        { new() { Reason = ReasonCode.RelChanged }, false },
        { new() { Observation = CheckOutcome.Blocked }, true },
        { new() { Observation = CheckOutcome.Observed }, false },
        { new() { Seen = false }, true },
        { new() { Seen = true }, false },
        { new() { Text = "EXAMPLE.net/po" }, true },
        { new() { Text = "nowhere" }, false },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public void What_the_service_cannot_filter_is_filtered_here(LinkFilter filter, bool isWanted) =>
        Assert.Equal(isWanted, LinkFiltering.IsWanted(Link, filter));

    [Fact]
    public void The_service_filters_by_state_host_and_vendor_as_they_are_stored() => Assert.Equal(
        ["lost", "blog.example.net", VendorName.Key("Fine  LINKS")],
        LinkFiltering.Conditions(new() { State = LinkState.Lost, Host = "Blog.Example.Net", Vendor = "Fine  LINKS" })
            .Select(condition => condition.Value));

    [Fact]
    public void Any_vendor_is_a_condition_of_its_own_and_none_is_no_condition()
    {
        Assert.Null(Assert.Single(LinkFiltering.Conditions(new() { HasVendor = true })).Value);
        Assert.Empty(LinkFiltering.Conditions(LinkFilter.None));
    }
}
