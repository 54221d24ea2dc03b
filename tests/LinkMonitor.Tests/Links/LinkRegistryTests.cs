using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Links;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.Tests.Links;

public sealed class LinkRegistryTests
{
    private static readonly ProjectId Id = new("prj_a");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, RegistrationOutcome.Unchanged, null)]
    [InlineData(false, RegistrationOutcome.Updated, "zzz")]
    public async Task A_link_that_is_watched_is_changed_by_registering_it_unless_the_draft_leaves_it_as_it_is(
        bool leavesKnown, string expected, string? anchor)
    {
        var storage = await MemoryStorage.Source.CreateAsync(Token);
        var registry = LinkActs.Of(storage, new ManualTimeProvider(StorageSamples.Noon)).Registry;
        var project = StorageSamples.Project(Id);
        var (first, _) = await registry.RegisterAsync(project, Draft(null), Token);

        var (outcome, link) = await registry.RegisterAsync(project, Draft("zzz") with { LeavesKnown = leavesKnown }, Token);

        Assert.Equal((RegistrationOutcome.Created, expected), (first, outcome));
        var stored = (await storage.Links.GetAsync(Id, link.Id, Token))!.Expectation.Anchor;
        Assert.Equal(anchor is null ? default : Expected<string>.Exactly(anchor), stored);
    }

    private static LinkDraft Draft(string? anchor) => new(
        StorageSamples.Url("https://blog.example.net/"), StorageSamples.Url("https://example.org/"), TargetMatch.Page,
        new LinkParts { Types = ProjectTypes.BuiltIn, Anchor = anchor is null ? null : Expected<string>.Exactly(anchor) });
}
