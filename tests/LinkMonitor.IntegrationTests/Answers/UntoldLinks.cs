using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Writing;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Answers;

/// <summary>Links as checks leave them that could not see the page, or could.</summary>
internal static class UntoldLinks
{
    public static async Task<string> AddAsync(
        Product product, string project, string page, CheckOutcome look, DateTimeOffset since, CancellationToken cancellationToken,
        string target = "https://example.org/")
    {
        var id = await product.Api.RegisterAsync(project, new { page, target }, cancellationToken);
        var links = product.Get<ILinkStore>();
        var link = (await links.GetAsync(new ProjectId(project), new LinkId(id), cancellationToken))!;
        var status = link.Status with
        {
            State = LinkState.Live,
            LastCheckedAt = product.Clock.GetUtcNow(),
            LastSeenAt = since.AddDays(-1),
            LastObservedAt = since.AddDays(-1),
            UnobservedSince = look.IsSeen() ? null : since,
            LastEvidence = StorageSamples.Evidence(product.Clock.GetUtcNow()) with
            {
                Outcome = look,
                Observation = look.IsSeen() ? ObservationKind.Observed : ObservationKind.Blocked,
                Detail = "The server refused to send us the page (403).",
                Explanation = null,
            },
        };
        Assert.Equal(SaveOutcome.Saved, await links.SaveAsync(link with { Status = status }, cancellationToken));
        return id;
    }
}
