using LinkMonitor.Alerts.Incidents;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Tests.Alerts.Incidents;

public sealed class IncidentGroupingTests
{
    [Fact]
    public void Link_on_its_own_is_an_incident_of_its_own()
    {
        var incidents = Group(Happening.Lost("https://a.example/1"), Happening.Lost("https://b.example/1", second: 1));

        Assert.Equal([new Cause(CauseKind.Link, null), new Cause(CauseKind.Link, null)], incidents.Select(incident => incident.Cause));
    }

    [Fact]
    public void Several_changes_of_one_link_are_one_incident_whatever_they_are()
    {
        var incident = Assert.Single(Group(Happening.Lost("https://a.example/1"), Happening.Recovered("https://a.example/1", second: 5)));

        Assert.Equal(CauseKind.Link, incident.Cause.Kind);
    }

    [Fact]
    public void Links_of_one_page_are_one_incident_also_when_one_is_lost_and_one_recovers()
    {
        var incident = Assert.Single(Group(
            Happening.Lost("https://a.example/1", "https://example.org/a"),
            Happening.Recovered("https://a.example/1#top", "https://example.org/b", 1)));

        Assert.Equal(new Cause(CauseKind.Page, "https://a.example/1"), incident.Cause);
    }

    [Fact]
    public void Pages_of_one_host_that_lose_their_links_are_one_incident()
    {
        var incident = Assert.Single(
            Group([.. Enumerable.Range(0, 200).Select(page => Happening.Lost($"https://a.example/{page}", second: page))]));

        Assert.Equal((new Cause(CauseKind.Host, "a.example"), 200), (incident.Cause, incident.Changes.Count));
    }

    [Fact]
    public void Loss_and_recovery_on_one_host_are_two_incidents()
    {
        var incidents = Group(
            Happening.Lost("https://a.example/1"), Happening.Lost("https://a.example/2", second: 1),
            Happening.Recovered("https://a.example/3", second: 2), Happening.Recovered("https://a.example/4", second: 3));

        Assert.Equal([2, 2], incidents.Select(incident => incident.Changes.Count));
        Assert.All(incidents, incident => Assert.Single(incident.Changes.Select(change => change.Transition.To).Distinct()));
    }

    [Fact]
    public void Reasons_of_different_families_on_one_host_are_told_apart_unless_whole_pages_were_edited()
    {
        LinkChange[] changes =
        [
            Happening.Changed("https://a.example/1", why: ReasonCode.RelChanged),
            Happening.Changed("https://a.example/2", second: 1, why: ReasonCode.PageNofollow),
            Happening.Changed("https://a.example/3", second: 2, why: ReasonCode.AnchorChanged),
            Happening.Changed("https://a.example/4", second: 3, why: ReasonCode.PlacementChanged),
        ];

        Assert.Equal([2, 2], Group(changes).Select(incident => incident.Changes.Count));
        Assert.Single(Group([.. changes.Select(Happening.Wide)]));
    }

    [Fact]
    public void Our_own_page_that_broke_is_the_cause_before_the_hosts_that_link_to_it()
    {
        var incidents = Group(
            Happening.Changed("https://a.example/1", "https://example.org/gone", 0, ReasonCode.TargetBroken),
            Happening.Changed("https://a.example/2", "https://example.org/gone", 1, ReasonCode.TargetBroken),
            Happening.Changed("https://b.example/1", "https://example.org/gone", 2, ReasonCode.TargetBroken),
            Happening.Changed("https://a.example/3", "https://example.org/", 3, ReasonCode.RelChanged));

        Assert.Equal(
            [(new Cause(CauseKind.Target, "https://example.org/gone"), 3), (new Cause(CauseKind.Link, null), 1)],
            incidents.Select(incident => (incident.Cause, incident.Changes.Count)));
    }

    [Fact]
    public void Our_own_page_that_is_back_is_one_incident_too()
    {
        var incident = Assert.Single(Group(
            Happening.Recovered("https://a.example/1", "https://example.org/x", 0, ReasonCode.TargetBroken),
            Happening.Recovered("https://b.example/1", "https://example.org/x", 1, ReasonCode.TargetBroken)));

        Assert.Equal(CauseKind.Target, incident.Cause.Kind);
    }

    [Fact]
    public void Vendor_who_takes_links_down_on_several_hosts_is_one_incident()
    {
        LinkChange[] changes =
        [
            Happening.Lost("https://a.example/1"), Happening.Lost("https://a.example/2", second: 1),
            Happening.Lost("https://b.example/1", second: 2),
            Happening.Lost("https://c.example/1", second: 3), Happening.Recovered("https://d.example/1", second: 4),
        ];

        var incidents = IncidentGrouping.Group(changes, change => change.Page.Host == "c.example" ? "OTHER" : "ACME");

        Assert.Equal(
            [(new Cause(CauseKind.Vendor, "ACME"), 3), (new Cause(CauseKind.Link, null), 1), (new Cause(CauseKind.Link, null), 1)],
            incidents.Select(incident => (incident.Cause, incident.Changes.Count)));
    }

    [Fact]
    public void Host_where_links_of_others_changed_too_stays_the_cause()
    {
        var incidents = IncidentGrouping.Group(
            [
                Happening.Lost("https://a.example/1"), Happening.Lost("https://a.example/2", second: 1),
                Happening.Lost("https://b.example/1", second: 2),
            ],
            change => change.Page.Path == "/1" ? "ACME" : null);

        Assert.Equal([CauseKind.Host, CauseKind.Link], incidents.Select(incident => incident.Cause.Kind));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_change_is_in_exactly_one_incident_and_the_order_of_the_input_makes_no_difference(int seed)
    {
        var random = new Random(seed);
        var changes = Enumerable.Range(0, 1 + random.Next(40)).Select(second => Any(random, second)).ToArray();

        var incidents = IncidentGrouping.Group(changes, VendorOf);
        random.Shuffle(changes);
        var again = IncidentGrouping.Group(changes, VendorOf);

        Assert.Equal(
            changes.Select(change => change.Id).Order(StringComparer.Ordinal), incidents.SelectMany(Ids).Order(StringComparer.Ordinal));
        Assert.Equal(
            incidents.Select(incident => (incident.Cause, string.Join(' ', Ids(incident)))),
            again.Select(incident => (incident.Cause, string.Join(' ', Ids(incident)))));
        Assert.All(incidents.Where(incident => incident.Cause.Kind is not (CauseKind.Page or CauseKind.Link)), incident =>
            Assert.Single(incident.Changes.Select(change => change.Transition.To).Distinct()));
        Assert.All(incidents, incident => Assert.Equal(incident.Changes.OrderBy(change => change.Transition.At), incident.Changes));
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 200)];

    private static IReadOnlyList<Incident> Group(params LinkChange[] changes) => IncidentGrouping.Group(changes, _ => null);

    private static IEnumerable<string> Ids(Incident incident) => incident.Changes.Select(change => change.Id);

    private static string? VendorOf(LinkChange change) => change.Page.Path switch { "/0" => "ACME", "/1" => "OTHER", _ => null };

    private static LinkChange Any(Random random, int second)
    {
        var (page, target) = ($"https://{(char)('a' + random.Next(3))}.example/{random.Next(4)}", $"https://example.org/{random.Next(3)}");
        var codes = Enum.GetValues<ReasonCode>();
        var change = random.Next(3) switch
        {
            0 => Happening.Lost(page, target, second),
            1 => Happening.Recovered(page, target, second, codes[random.Next(codes.Length)]),
            _ => Happening.Changed(page, target, second, codes[random.Next(codes.Length)], codes[random.Next(codes.Length)]),
        };
        return random.Next(2) == 0 ? change : Happening.Wide(change);
    }
}
