using System.Net;
using System.Text.Json;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Writing;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.ClientReports;

/// <summary>A project whose links are what a test says, and its reports over the API.</summary>
internal sealed class ReportedProject
{
    private readonly Product _product;

    private ReportedProject(Product product, string id) => (_product, Id) = (product, id);

    public string Id { get; }

    public string Path => $"/api/v1/projects/{Id}/reports";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<ReportedProject> CreateAsync(Product product, string language = "en") =>
        new(product, await product.Api.CreateProjectAsync(new { name = "Acme", language, timeZone = "Europe/Berlin" }, Stop));

    /// <summary>Adds a link as checks left it.</summary>
    public async Task<string> AddAsync(
        string page, LinkState state, CheckOutcome look = CheckOutcome.Observed, object? terms = null, string[]? tags = null)
    {
        var id = await _product.Api.RegisterAsync(
            Id, new { page, target = "https://acme.example/", terms, tags = tags ?? [] }, Stop);
        await SetAsync(id, state, look);
        return id;
    }

    /// <summary>What a check made of a link now, with its change.</summary>
    public async Task SetAsync(string id, LinkState state, CheckOutcome look = CheckOutcome.Observed)
    {
        var links = _product.Get<ILinkStore>();
        var link = (await links.GetAsync(new ProjectId(Id), new LinkId(id), Stop))!;
        var now = _product.Clock.GetUtcNow();
        var seen = StorageSamples.Evidence(now) with { Rel = [], Follow = true, Anchor = "our anchor" };
        var last = StorageSamples.Evidence(now) with { Outcome = look };
        Reason[] reasons = state is LinkState.Lost
            ? [new Reason { Code = ReasonCode.LinkRemoved, Message = "The link is not on the page any more." }]
            : state is LinkState.Changed
                ? [
                    new Reason
                    {
                        Code = ReasonCode.RelChanged,
                        Message = "The link has gained nofollow.",
                        Expected = "follow",
                        Found = "nofollow",
                    },
                ]
                : [];
        var isThere = state is LinkState.Live or LinkState.Changed;
        var status = link.Status with
        {
            State = state,
            Reasons = reasons,
            Since = now,
            LastCheckedAt = now,
            LastObservedAt = look.IsSeen() ? now : link.Status.LastObservedAt,
            LastSeenAt = isThere && look.IsSeen() ? now : link.Status.LastSeenAt,
            LastEvidence = last,
            LastSeenEvidence = isThere ? seen : link.Status.LastSeenEvidence,
            Days = link.Status.Days.With(DayLogEntry.Day(now), DayLogEntry.OfSeen(state, reasons, [])),
        };
        var change = link.Status.State == state ? null : new LinkChange
        {
            Id = $"chg_{Guid.NewGuid():N}"[..30],
            ProjectId = link.ProjectId,
            LinkId = link.Id,
            Page = link.Page,
            Target = link.Expectation.Target,
            Transition = new LinkTransition
            {
                From = link.Status.State,
                To = state,
                ReasonsBefore = link.Status.Reasons,
                ReasonsAfter = reasons,
                At = now,
                Since = now,
                Before = null,
                After = last,
                Alerts = false,
            },
        };
        Assert.Equal(SaveOutcome.Saved, await links.SaveCheckAsync(link with { Status = status }, change, Stop));
    }

    /// <summary>Makes a report.</summary>
    /// <returns>Its whole JSON.</returns>
    public Task<JsonElement> MakeAsync(object? report = null) =>
        _product.Api.PostAsync(Path, report ?? new { title = "Links in November" }, HttpStatusCode.Created, Stop);

    public Task<JsonElement> GetAsync(string path) => _product.Api.GetAsync($"{Path}{path}", Stop);

    /// <summary>Makes an address.</summary>
    /// <returns>The URL without its origin, and the id of the share.</returns>
    public async Task<(string Path, string Id)> ShareAsync(int number, object share)
    {
        var made = await _product.Api.PostAsync($"{Path}/{number}/shares", share, HttpStatusCode.Created, Stop);
        return (new Uri(made.GetProperty("url").GetString()!).AbsolutePath, made.GetProperty("share").GetProperty("id").GetString()!);
    }
}
