using LinkMonitor.Alerts.Planning;
using LinkMonitor.Alerts.Sending;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Monitoring;
using LinkMonitor.Retention;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Telemetry;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using LinkMonitor.Testing.Telemetry;
using LinkMonitor.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Monitoring;

/// <summary>
/// What a round has found of links is written together (<see cref="OutcomeWriter"/>), those of a project in one transaction over the
/// versions that were read.
/// </summary>
public sealed class OutcomeWriterTests : IDisposable
{
    private static readonly DateTimeOffset Now = PageAnswer.Time;
    private static readonly ProjectId One = new("prj_aaaaaaaaaaaaaaaa");
    private static readonly ProjectId Other = new("prj_bbbbbbbbbbbbbbbb");
    private readonly Measured _measured = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _measured.Dispose();

    [Fact]
    public async Task A_link_that_somebody_wrote_meanwhile_is_judged_again_and_those_of_other_projects_are_written()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Token);
        List<HeldLink> held = [await HoldAsync(storage, One, 0), await HoldAsync(storage, Other, 1)];
        await storage.Links.SaveAsync(held[0].Read.Stored with { Note = "by a person" }, Token);
        var outcomes = new LinkOutcome?[2];
        List<int> again = [];

        await WriterOf(storage).SaveAsync(
            new RoundLinks(storage.Links, storage.Types, null, null), held, outcomes, index =>
            {
                again.Add(index);
                return Task.FromResult<LinkOutcome?>(new LinkOutcome(Now, false) { Decision = "judged again" });
            }, Token);

        Assert.Equal([0], again);
        Assert.Equal("judged again", outcomes[0]!.Value.Decision);
        Assert.Equal(Now, outcomes[1]!.Value.Written!.Status.LastCheckedAt);
        Assert.Equal("by a person", (await GetAsync(storage, held[0])).Note);
        Assert.Equal(Now, (await GetAsync(storage, held[1])).Status.LastCheckedAt);
    }

    [Fact]
    public async Task A_link_of_which_nothing_is_new_is_not_written()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Token);
        var held = await HoldAsync(storage, One, 0);
        held = held with { Result = held.Result with { Status = held.Read.Link.Status } };

        var outcome = await WriterOf(storage).SaveOneAsync(held, Token);

        Assert.Equal(held.Read.Stored.ETag, outcome!.Value.Written!.ETag);
        Assert.Equal(held.Read.Stored.ETag, (await GetAsync(storage, held)).ETag);
    }

    private OutcomeWriter WriterOf(TestStorage storage)
    {
        var (clock, alerts) = (new ManualTimeProvider(Now), Options.Create(new AlertOptions()));
        return new OutcomeWriter(
            storage.Links, storage.Cases, new NudgeSender(storage.AlertWork, storage.Queues, storage.Aside, alerts, clock), storage.Aside,
            new ProductMeter(_measured), alerts, Options.Create(new RetentionOptions()), clock, NullLogger<OutcomeWriter>.Instance);
    }

    /// <summary>A link that was registered, and what a check has found of it.</summary>
    private static async Task<HeldLink> HoldAsync(TestStorage storage, ProjectId project, int index)
    {
        var sample = StorageSamples.Link(project, "https://blog.example.net/", "https://example.org/");
        var link = (await storage.Links.RegisterAsync(sample, Token)).Link;
        return new HeldLink(
            index, new Watcher(project, link.Id, Now), new TypedLink(link, link, null),
            new TrackingResult(link.Status with { LastCheckedAt = Now }, null, null), null, new LinkOutcome(Now.AddDays(1), false));
    }

    private static async Task<WatchedLink> GetAsync(TestStorage storage, HeldLink held) =>
        (await storage.Links.GetAsync(held.Watcher.ProjectId, held.Watcher.LinkId, Token))!;
}
