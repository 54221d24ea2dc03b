using LinkMonitor.Alerts.Sending;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Alerts.Sending;

public sealed class DigestStandingTests
{
    private static readonly ProjectId Id = new("prj_a");
    private static readonly Terms Paid = new() { Cost = 10, Currency = "EUR", CostPeriod = CostPeriod.Month };

    private readonly DigestStanding _standing = new(StorageSamples.Project(Id), StorageSamples.Noon);

    [Fact]
    public void Everything_is_counted_and_summed_and_only_what_a_digest_can_hold_is_kept()
    {
        for (var number = 0; number < 1_000; number++)
            _standing.Add(Link(number, number % 2 == 0 ? LinkState.Lost : LinkState.Unreachable) with { Terms = Paid });

        Assert.Equal((500, 500), (_standing.Totals[LinkState.Lost], _standing.Totals[LinkState.Unreachable]));
        Assert.Equal((500, DigestStanding.MaxEntries), (_standing.Open.Count, _standing.Open.Items.Count));
        Assert.Equal((500, DigestStanding.MaxEntries), (_standing.Unverifiable.Count, _standing.Unverifiable.Items.Count));
        var sum = Assert.Single(_standing.OpenStakes);
        Assert.Equal(("EUR", 5_000m, 500), (sum.Currency, sum.PerMonth, sum.Count));
    }

    [Fact]
    public void The_worst_and_newest_are_kept_whatever_came_first()
    {
        for (var number = 0; number < 300; number++)
            _standing.Add(Link(number, LinkState.Changed));
        _standing.Add(Link(300, LinkState.Lost));

        Assert.Equal(LinkState.Lost, _standing.Open.Items[0].State);
        Assert.Equal(StorageSamples.Noon.AddMinutes(299), _standing.Open.Items[1].Since);
    }

    [Fact]
    public void Muted_links_are_counted_and_so_is_what_is_paid_for_them_and_nothing_else_is_said()
    {
        _standing.Add(Link(1, LinkState.Lost) with { Muted = true, Terms = Paid });

        Assert.Equal(1, _standing.Totals[LinkState.Lost]);
        Assert.Single(_standing.Muted);
        Assert.Equal((0, 1, 0), (_standing.Open.Count, _standing.OpenStakes.Count, _standing.Stakes.Count));
    }

    private static WatchedLink Link(int number, LinkState state)
    {
        var link = StorageSamples.Link(Id, $"https://blog.example.net/{number}");
        return link with { Status = link.Status with { State = state, Since = StorageSamples.Noon.AddMinutes(number) } };
    }
}
