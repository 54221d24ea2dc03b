using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Placements;

/// <summary>Paid links in every state.</summary>
internal static class PlacementSamples
{
    public static readonly ProjectId Project = new("prj_abcdefghij234567");

    /// <summary>240 EUR for the year 2026.</summary>
    public static Terms Year { get; } = new()
    {
        Vendor = "Fine Links",
        Cost = 240,
        Currency = "EUR",
        Start = new DateOnly(2026, 1, 1),
        End = new DateOnly(2026, 12, 31),
        Contact = "anna@example.net",
        Invoice = "RE-17",
    };

    public static WatchedLink Link(
        Terms? terms, LinkState state = LinkState.Live, string days = "", string page = "https://blog.example.net/post") =>
        StorageSamples.Link(Project, page) with
        {
            Terms = terms,
            Status = LinkStatus.New(StorageSamples.Noon) with
            {
                State = state,
                Days = DayLog.Parse(days),
                Reasons = state is LinkState.Live ? [] : [StorageSamples.Reason(ReasonCode.LinkRemoved)],
            },
        };

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");
}
