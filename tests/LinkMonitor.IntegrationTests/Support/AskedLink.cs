using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Writing;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>A link that no check could tell, with an answer of a person and a page that was handed over.</summary>
internal static class AskedLink
{
    /// <param name="isAnswered">False for one that nobody has said anything of.</param>
    public static async Task MakeAsync(
        Product product, ProjectId project, LinkId id, CancellationToken cancellationToken, bool isAnswered = true)
    {
        var links = product.Get<ILinkStore>();
        var (link, now) = ((await links.GetAsync(project, id, cancellationToken))!, product.Clock.GetUtcNow());
        var untold = link with
        {
            Status = link.Status with
            {
                LastCheckedAt = now.AddMinutes(-2),
                LastEvidence = StorageSamples.Evidence(now) with { Outcome = CheckOutcome.Blocked },
            },
            Answer = !isAnswered ? null : StorageSamples.Answer with { At = now.AddMinutes(-1), Until = now.AddDays(30) },
            HandedPage = !isAnswered ? null : StorageSamples.HandedPage with { At = now.AddMinutes(-1) },
        };
        Assert.Equal(SaveOutcome.Saved, await links.SaveAsync(untold, cancellationToken));
    }
}
