using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>
/// Projects to which something is due, each of another kind: a change, an unstable link that has settled, a reminder, a digest, a link that
/// becomes unstable. None has a message on the
/// queue: the sweep must find them.
/// </summary>
internal sealed class Bystanders(TestStorage storage, DateTimeOffset now)
{
    /// <summary>Who must get a mail, each of a project of their own.</summary>
    public static IReadOnlyList<string> Recipients { get; } = [
        "change@example.org", "settled@example.org", "terms@example.org", "digest@example.org", "unstable@example.org",
    ];

    public async Task AddAsync(CancellationToken cancellationToken)
    {
        await AddChangeAsync(await AddProjectAsync("b", Recipients[0], cancellationToken), cancellationToken);
        await AddSettledAsync(await AddProjectAsync("c", Recipients[1], cancellationToken), cancellationToken);
        await AddTermsAsync(await AddProjectAsync("d", Recipients[2], cancellationToken), cancellationToken);
        await AddDigestAsync(await AddProjectAsync("e", Recipients[3], cancellationToken), cancellationToken);
        await AddUnstableAsync(await AddProjectAsync("f", Recipients[4], cancellationToken), cancellationToken);
    }

    /// <summary>A change of a link of its own that waits to be reported.</summary>
    /// <returns>Its identity.</returns>
    public async Task<string> AddChangeAsync(Project project, CancellationToken cancellationToken)
    {
        var link = await AddLinkAsync(project, null, cancellationToken);
        var change = StorageSamples.Change(link, now.AddMinutes(-10));
        await storage.Links.SaveCheckAsync(link, change, cancellationToken);
        await storage.Alerts.MarkPendingAsync(project.Id, now, cancellationToken);
        return change.Id;
    }

    private async Task AddSettledAsync(Project project, CancellationToken cancellationToken)
    {
        var since = now.AddDays(-2);
        var link = await AddLinkAsync(project, null, cancellationToken);
        var held = new UnstableLink
        {
            ProjectId = project.Id,
            LinkId = link.Id,
            Since = since,
            StateBefore = LinkState.Live,
            StateTold = LinkState.Changed,
            SettlesAt = now.AddHours(-1),
        };
        await AddPastChangeAsync(link, since, cancellationToken);
        await storage.AlertPlans.TryWriteAsync(
            new PlanResult { Plan = new AlertPlan { ProjectId = project.Id }, Unstable = [held] }, cancellationToken);
        await storage.Alerts.WakeAsync(project.Id, now.AddHours(-1), cancellationToken);
    }

    // Told as unstable where the limit is below four changes, and as a change otherwise.
    private async Task AddUnstableAsync(Project project, CancellationToken cancellationToken)
    {
        var link = await AddLinkAsync(project, null, cancellationToken);
        for (var hours = 5; hours > 2; hours--)
        {
            await AddPastChangeAsync(link, now.AddHours(-hours), cancellationToken);
            link = (await storage.Links.GetAsync(project.Id, link.Id, cancellationToken))!;
        }

        await storage.Links.SaveCheckAsync(link, StorageSamples.Change(link, now.AddMinutes(-10)), cancellationToken);
        await storage.Alerts.MarkPendingAsync(project.Id, now, cancellationToken);
    }

    private async Task AddTermsAsync(Project project, CancellationToken cancellationToken)
    {
        var end = DateOnly.FromDateTime(now.UtcDateTime).AddDays(7);
        var link = await AddLinkAsync(project, new Terms { Vendor = "Links", End = end }, cancellationToken);
        await storage.AlertPlans.CheckTermsAsync(project.Id, [new TermCheck(link.Id, now.AddHours(-1))], cancellationToken);
        await storage.Alerts.WakeAsync(project.Id, now.AddHours(-1), cancellationToken);
    }

    private async Task AddDigestAsync(Project project, CancellationToken cancellationToken)
    {
        var channel =
            (await storage.Channels.ListAsync(project, cancellationToken)).Items.Single() with
            {
                Digest = new DigestSchedule(null, new TimeOnly(8, 15)),
            };
        await storage.Channels.SaveAsync(channel, cancellationToken);
        await AddPastChangeAsync(await AddLinkAsync(project, null, cancellationToken), now.AddDays(-1.5), cancellationToken);
        var plan =
            new AlertPlan
            {
                ProjectId = project.Id,
                Digests = new Dictionary<string, DateTimeOffset> { [channel.Id.Value] = now.AddDays(-3) },
            };
        await storage.AlertPlans.TryWriteAsync(new PlanResult { Plan = plan }, cancellationToken);
        await storage.Alerts.WakeAsync(project.Id, now.AddHours(-1), cancellationToken);
    }

    /// <summary>A change that was reported long ago.</summary>
    private async Task AddPastChangeAsync(WatchedLink link, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var change = StorageSamples.Change(link, at);
        await storage.Links.SaveCheckAsync(link, change, cancellationToken);
        await storage.Links.RemoveFromOutboxAsync(link.ProjectId, [change.OutboxKey], cancellationToken);
    }

    /// <summary>The project of the recipient with this index.</summary>
    public static ProjectId ProjectOf(int recipient) => IdOf($"{(char)('b' + recipient)}");

    /// <summary>The projects of all recipients but one.</summary>
    public static IEnumerable<ProjectId> AllBut(string? project) =>
        Enumerable.Range(0, Recipients.Count).Select(ProjectOf).Where(one => one.Value != project);

    private static ProjectId IdOf(string letter) => new("prj_" + string.Concat(Enumerable.Repeat(letter, 16)));

    private async Task<Project> AddProjectAsync(string letter, string recipient, CancellationToken cancellationToken)
    {
        var id = IdOf(letter);
        return await storage.Projects.AddAsync(
            StorageSamples.Project(id) with { Name = $"Project {letter}", Recipients = [recipient], TimeZone = "UTC" }, cancellationToken);
    }

    private async Task<WatchedLink> AddLinkAsync(Project project, Terms? terms, CancellationToken cancellationToken)
    {
        var page = StorageSamples.Url($"https://{project.Id.Value[^1]}.example.net/healthy");
        var link = StorageSamples.FullLink(project.Id) with
        {
            Id = LinkIdFactory.For(page, StorageSamples.Url("https://example.org/"), TargetMatch.Page),
            PageKey = PageRowKeys.For(page),
            Page = page,
            Muted = false,
            Terms = terms,
            Status = new LinkStatus { State = LinkState.Live, Since = now.AddDays(-9), LastCheckedAt = now.AddDays(-1) },
        };
        return (await storage.Links.RegisterAsync(link, cancellationToken)).Link;
    }
}
