using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Snapshots;

/// <summary>Links with values of few kinds, so that filters match some of them.</summary>
internal sealed class RandomLinks(Random random, ProjectId project, DateTimeOffset now)
{
    private int _count;

    public WatchedLink New()
    {
        var number = _count++;
        return Edit(StorageSamples.Link(
            project, $"https://{Pick("www.", "", "blog.")}host{random.Next(5)}.example/{Pick("a", "B")}/{number}",
            $"https://example.org/{random.Next(3)}") with
        { CreatedAt = Ago() });
    }

    /// <summary>The same link with other values.</summary>
    public WatchedLink Edit(WatchedLink link) => link with
    {
        Expectation = link.Expectation with { Anchor = random.Next(2) == 0 ? Expected<string>.Exactly(Pick("one", "Two")) : default },
        Tags = [.. new[] { "old", "New", "a b" }.Where(_ => random.Next(3) == 0)],
        Note = random.Next(3) == 0 ? "x" : null,
        Muted = random.Next(4) == 0,
        MutedUntil = random.Next(2) == 0 ? now.AddHours(random.Next(-5, 5)) : null,
        Terms = random.Next(2) == 0 ? null : new Terms
        {
            Vendor = random.Next(3) == 0 ? null : Pick("Acme", "acme ", "Best  Links"),
            Cost = random.Next(3) == 0 ? null : random.Next(300),
            Currency = Pick("EUR", "USD"),
            Start = random.Next(3) == 0 ? null : Day(),
            End = random.Next(3) == 0 ? null : Day(),
        },
        Status = Status(),
    };

    private LinkStatus Status() => new()
    {
        State = Pick(Enum.GetValues<LinkState>()),
        Since = Ago(),
        Reasons = random.Next(2) == 0 ? [] : [StorageSamples.Reason(Pick(ReasonCode.RelChanged, ReasonCode.LinkRemoved))],
        LastCheckedAt = random.Next(4) == 0 ? null : Ago(),
        LastSeenAt = random.Next(4) == 0 ? null : Ago(),
        LastEvidence = random.Next(4) == 0 ? null : StorageSamples.Evidence(now) with { Outcome = Pick(Enum.GetValues<CheckOutcome>()) },
        LastSeenEvidence = random.Next(4) == 0
            ? null
            : StorageSamples.Evidence(now) with { Rel = Pick<string[]>([], ["nofollow"], ["ugc", "sponsored"]), Anchor = Pick("two", "3") },
    };

    private DateTimeOffset Ago() => now.AddHours(-random.Next(24 * 20));

    private DateOnly Day() => DateOnly.FromDateTime(now.DateTime).AddDays(random.Next(-40, 40));

    public T Pick<T>(params T[] from) => from[random.Next(from.Length)];
}
