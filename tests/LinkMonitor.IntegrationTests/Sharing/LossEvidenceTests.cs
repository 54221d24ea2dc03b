using LinkMonitor.Engine.Tracking;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Writing;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Sharing;

/// <summary>The public page of a link keeps the proof of its last loss, and says when its state rests on an earlier check.</summary>
public sealed class LossEvidenceTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(LinkState.Live, CheckOutcome.Observed, false)]
    [InlineData(LinkState.Lost, CheckOutcome.Blocked, true)]
    public async Task A_loss_that_has_recovered_or_was_overlaid_keeps_its_evidence(LinkState state, CheckOutcome look, bool saysNotSeen)
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name = "Loss", recipients = new[] { "anna@example.org" } }, Stop);
        var id = await fixture.Product.Api.RegisterAsync(
            project, new { page = "https://blog.example.net/post", target = "https://example.org/" }, Stop);
        var store = fixture.Product.Get<ILinkStore>();
        var link = (await store.GetAsync(new ProjectId(project), new LinkId(id), Stop))!;
        var lost = StorageSamples.Change(link, StorageSamples.Noon.AddDays(-2), alerts: false);
        var now = link.Status with
        {
            State = state,
            LastCheckedAt = StorageSamples.Noon,
            LastObservedAt = StorageSamples.Noon.AddDays(-2),
            LastEvidence = StorageSamples.Evidence(StorageSamples.Noon) with { Outcome = look },
        };
        Assert.Equal(SaveOutcome.Saved, await store.SaveCheckAsync(link with { Status = now }, lost, Stop));
        var links = await fixture.Product.LinksAsync(link.ProjectId, Stop);
        using var reader = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        var html = await reader.GetStringAsync(links.Link(link.ProjectId, link.Id), Stop);

        Assert.Contains("Evidence of the loss on", html, StringComparison.Ordinal);
        Assert.Contains("When it was lost", html, StringComparison.Ordinal);
        Assert.Equal(saysNotSeen, html.Contains("could not read the page (we were blocked)", StringComparison.Ordinal));
    }
}
