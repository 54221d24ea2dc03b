using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Filtering;
using LinkMonitor.Links;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using LinkMonitor.Tests.Snapshots;

namespace LinkMonitor.Tests.Links;

public sealed class LinkFilterReaderTests
{
    private readonly ProjectId _project = ProjectId.New();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Read from the table or matched in memory: the parameters mean the same.</summary>
    [Fact]
    public async Task The_parameters_of_a_query_and_its_line_want_the_same_links()
    {
        var random = new Random(5);
        var storage = await MemoryStorage.Source.CreateAsync(Stop);
        var links = new RandomLinks(random, _project, StorageSamples.Noon);
        var all = Enumerable.Range(0, 300).Select(_ => links.New()).ToList();
        await LinkRows.AddAsync(storage, all, Stop);

        for (var round = 0; round < 200; round++)
        {
            var query = new LinkQuery
            {
                State = Sometimes(WireName.Of(links.Pick(LinkState.Lost, LinkState.Live))),
                Reason = Sometimes(WireName.Of(links.Pick(ReasonCode.RelChanged, ReasonCode.LinkRemoved))),
                Observation = Sometimes(WireName.Of(links.Pick(CheckOutcome.Blocked, CheckOutcome.Observed))),
                Seen = links.Pick<bool?>(null, null, null, true, false),
                Host = Sometimes(links.Pick("WWW.host1.example", "host2.example.", "blog.host3.example", "*.example", "' or 1")),
                Tag = Sometimes(links.Pick("OLD", "a b", "none")),
                Vendor = Sometimes(links.Pick("ACME", "best links")),
                Text = Sometimes(links.Pick("/B/", "two", "example.org/1", "a\"b")),
            };

            var stored = await storage.Links.ReadAllAsync(_project, LinkFilterReader.Read(query), Stop).ToListAsync(Stop);
            var isWanted = LinkFilterReader.ReadLine(query).ToPredicate(new FilterMoment(StorageSamples.Noon, TimeZoneInfo.Utc));

            Assert.Equal(
                stored.Select(link => link.Id.Value),
                all.Where(link => isWanted(LinkFacts.Of(link))).Select(link => link.Id.Value).Order(StringComparer.Ordinal));
        }

        string? Sometimes(string value) => random.Next(4) == 0 ? value : null;
    }

    [Fact]
    public void A_line_and_the_other_parameters_must_both_hold() =>
        Assert.Equal(
            "tag:a state:lost sort:-since",
            LinkFilterReader.ReadLine(new LinkQuery { Filter = "tag:a sort:-since", State = "lost" }).Text);
}
