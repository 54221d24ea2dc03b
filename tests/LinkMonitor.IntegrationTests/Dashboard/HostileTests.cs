using LinkMonitor.Cases;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Imports;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Auditing;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Storage.Failures;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Imports;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Dashboard;

/// <summary>
/// Whatever pages of the web, or other people, put into a field is text: nothing runs, nothing leads to a script, nothing turns the words
/// around it, and nothing breaks a phone's layout.
/// </summary>
public sealed class HostileTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    private const string Evil =
        "\"'></textarea></title><script>window.hacked=1</script><img src=x onerror=window.hacked=1><svg onload=window.hacked=1>"
        + "&lt;b&gt; javascript:window.hacked=1 {{7*7}} \u202Egnp.exe\u2066\u200F\u0007 ";

    private static readonly string Endless = new('W', 2_000);
    private static readonly string Text = Evil + Endless;

    private static readonly Author Mallory = new("aaaaaaaaaaaa", Evil + Endless[..60]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task Nothing_that_others_wrote_runs_or_breaks_a_page(int width)
    {
        var paths = await StageAsync();
        await using var window = await fixture.OpenAsync(width: width);
        var tab = await DashboardFixture.SignInAsync(window);
        List<string> faults = [];
        tab.Dialog += async (_, dialog) =>
        {
            faults.Add($"{tab.Url}: a dialog, {dialog.Message}");
            await dialog.DismissAsync();
        };
        tab.PageError += (_, error) => faults.Add($"{tab.Url}: {error}");
        tab.Console += (_, message) =>
        {
            if (message.Type == "error" && message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
                faults.Add($"{tab.Url}: {message.Text}");
        };
        foreach (var path in paths)
        {
            var answer = await tab.GotoAsync(path);
            if (answer!.Status != 200)
                faults.Add($"{path[..Math.Min(path.Length, 120)]}: {answer.Status}");
            await tab.EvaluateAsync("for (const one of document.querySelectorAll('details')) one.open = true");
            foreach (var fault in await tab.EvaluateAsync<string[]>(Look))
                faults.Add($"{path[..Math.Min(path.Length, 120)]}: {fault}");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private const string Look =
        """
        () => {
          const faults = [];
          if (window.hacked) faults.push("a script ran");
          if (document.querySelector("link[rel=stylesheet]") && document.documentElement.scrollWidth > innerWidth) {
            const wide = [...document.querySelectorAll("body *")].reverse()
              .filter(one => one.getBoundingClientRect().left + one.scrollWidth > innerWidth + 1)
              .slice(0, 4).map(one => one.outerHTML.slice(0, 160));
            faults.push("wider than the window: " + wide.join(" | "));
          }
          for (const link of document.querySelectorAll("[href]:not([data-bookmark]),[src],[action],[formaction]")) {
            for (const name of ["href", "src", "action", "formaction"]) {
              const to = link.getAttribute(name);
              // A logo that we have looked at, and the icon that is none.
              if (/^data:(image\/png;base64,[\w+/=]+)?,?$/.test(to ?? "") && /IMG|LINK/.test(link.tagName)) continue;
              const kind = to === null ? "https:" : new URL(to, location.href).protocol;
              if (!/^(https?:|mailto:)$/.test(kind)) faults.push(name + ": " + to.slice(0, 80));
            }
          }
          const markup = "main script:not([src^='/assets/']), main img[onerror], main svg[onload], main [onclick], main [style]";
          if (document.querySelector(markup)) faults.push("markup");
          const told = document.body.innerText + document.title;
          const turned = told.match(/.{0,30}[\u202A-\u202E\u2066-\u2069\u200E\u200F\u0000-\u0008].{0,10}/);
          if (turned) faults.push("turns text: " + JSON.stringify(turned[0]));
          return faults;
        }
        """;

    /// <summary>Fills every field of every page.</summary>
    /// <returns>The pages.</returns>
    private async Task<IReadOnlyList<string>> StageAsync()
    {
        var product = fixture.Product;
        var now = product.Clock.GetUtcNow();
        var id = ProjectId.New();
        await product.Get<IProjectStore>().AddAsync(
            StorageSamples.Project(id) with { Name = Evil + Endless[..80], SenderName = Evil, CreatedAt = now }, Token);
        var links = product.Get<ILinkStore>();
        var sample = HostileLink(id, now);
        await product.Get<IPageStore>().WatchAsync(sample.Page, id, sample.Id, now, Token);
        var link = (await links.RegisterAsync(sample, Token)).Link;
        await links.SaveCheckAsync(link, HostileChange(link, now, LinkState.Changed), Token);
        link = (await links.GetAsync(id, link.Id, Token))!;
        await links.SaveCheckAsync(link, HostileChange(link, now.AddHours(1), LinkState.Lost), Token);
        await product.Get<IChannelStore>().SaveAsync(
            StorageSamples.Channel(id, $"https://hooks.example.org/{Uri.EscapeDataString(Evil)}{Endless}") with
            {
                Name = Text,
                StateReason = Text,
            },
            Token);
        await product.Get<IAuditStore>().AddAsync(
            StorageSamples.Audit(id, 0) with { At = now, By = new Author("aaaaaaaaaaaa", Evil), What = Text }, Token);
        await product.Get<IAuditStore>().AddAsync(
            StorageSamples.Audit(null, 1) with { At = now, By = new Author("aaaaaaaaaaaa", Evil), What = Text }, Token);
        await product.Get<IFailureStore>().NoteAttemptAsync("alerts", Text, Text, now, Token);
        await product.Get<IFailureStore>().RecordAsync("alerts", Text, now, Token);
        await fixture.KeyAsync(Evil + Endless[..60], ApiKeyScope.Write, id, Token);
        var alert = StorageSamples.Alert(id, now) with
        {
            Subject = Text,
            Deliveries = [StorageSamples.Alert(id, now).Deliveries[0] with { Recipient = Text, Error = Text }],
        };
        await product.Get<IAlertPlanStore>().TryWriteAsync(
            new PlanResult
            {
                Plan = new AlertPlan { ProjectId = id, ReadAt = now, WakeAt = now.AddHours(1) },
                Opened = [StorageSamples.Opening(alert, HostileChange(link, now, LinkState.Changed))],
            },
            Token);
        var waiting = await StageWaitingAsync(id, now);
        var opened = await StageCaseAsync(link, now);
        var gone = await StageGoneAsync(id, now);
        await product.Get<ISavedViewStore>().AddAsync(StorageSamples.View(id, Evil) with { IsShared = true }, Token);
        await product.Get<IExportAddressStore>().AddAsync(
            StorageSamples.Address(id) with { By = Mallory, View = Assert.Single(await ViewsOf(id)).Id }, Token);
        var undo = StorageSamples.Act(id, UndoIds.New(), now.AddMinutes(9)) with { By = Mallory, What = Text };
        await product.Get<IUndoStore>().BeginAsync(undo, Token);
        return PathsOf(
            new Dictionary<string, string>
            {
                ["projectId"] = id.Value,
                ["linkId"] = link.Id.Value,
                ["alertId"] = alert.Id,
                ["vendorId"] = VendorName.IdOf(link.Terms!.Vendor)!,
                ["caseId"] = opened,
                ["typeKey"] = await StageTypeAsync(id),
                ["number"] = await StageReportAsync(id),
                ["importId"] = await SampleImport.BeginAsync(
                    product, id.Value, Evil + Endless, $"page,target,{Evil.Replace('"', '\'')}\n{Evil.Replace('"', '\'')},{Endless},x\n",
                    ImportChoices.None, ImportState.Draft, Token),
            },
            waiting, gone);
    }

    private async Task<string> StageReportAsync(ProjectId id)
    {
        var words = (Evil + Endless)[..120];
        await fixture.Product.Get<IClientReportStore>().PutBrandAsync(
            id, new KeptBrand(new ReportBrand(words, "#ffee00", "image/png"), Pictures.Png(20, 10)), Token);
        return (await SampleReport.MakeAsync(fixture.Product, id.Value, Token, words)).Number;
    }

    private async Task<IReadOnlyList<SavedView>> ViewsOf(ProjectId id) =>
        (await fixture.Product.Get<ISavedViewStore>().ListAsync(id, Token)).Items;

    private async Task<string> StageTypeAsync(ProjectId id)
    {
        await fixture.Product.Get<ILinkTypeStore>().SaveAsync(
            id, StorageSamples.Type with { Name = (Evil + Endless)[..LinkType.MaxName] }, Token);
        return StorageSamples.Type.Key;
    }

    // From the endpoints, so that no page is forgotten: one with a parameter that is not staged here fails.
    private List<string> PathsOf(Dictionary<string, string> values, string waiting, string gone)
    {
        var at = $"/app/p/{values["projectId"]}";
        var line = Uri.EscapeDataString(Evil);
        return
        [
            .. DashboardRoute.AllOf(fixture.Product)
                .Where(route => !route.IsPost && !Path.HasExtension(route.Path)
                    && route.Path.StartsWith("/app", StringComparison.Ordinal) && !route.Path.Contains("{*"))
                .Select(route => route.PathWith(values) + (route.Path.EndsWith("/bulk", StringComparison.Ordinal)
                    ? $"?act=mute&link={values["linkId"]}&q={line}" : "")),
            $"{at}/links?q={line}{Endless}", $"{at}/links?q={Uri.EscapeDataString($"state:\"{Evil}\" tag:{Endless} cost:<x")}",
            $"{at}/links/{waiting}", $"{at}/links/{waiting}/edit", $"{at}/links/{gone}", $"{at}/hand-over?link={waiting}",
            $"{at}/cases?show={line}", $"{at}/cases?show=all", $"{at}/exports?q={line}{Endless}",
            $"{at}/disavow?of={line}", $"{at}/disavow?of={Uri.EscapeDataString("-tag:\"none\"")}&scope=url&wanted=yes",
            $"{at}/disavow?of=-tag:none",
        ];
    }

    /// <summary>A link that no check could tell, with an answer, one before it, and a document that was handed over.</summary>
    private async Task<string> StageWaitingAsync(ProjectId id, DateTimeOffset now)
    {
        var full = HostileLink(id, now);
        var page = StorageSamples.Url($"https://blog.example.net/waiting/{Uri.EscapeDataString(Evil)}?{Endless}");
        var handed = StorageSamples.HandedPage with
        {
            By = Mallory,
            At = now,
            Url = Text,
            Reasons = [HostileReason(ReasonCode.LinkRemoved)],
            Evidence = HostileEvidence(now),
        };
        var answer = new HumanAnswer
        {
            Says = AnswerKind.Seen,
            Note = Text[..HumanAnswer.LongestNote],
            By = Mallory,
            At = now.AddHours(-3),
            Until = now.AddHours(-1),
            Proof = handed,
        };
        var link = full with
        {
            Id = LinkIdFactory.For(page, full.Expectation.Target, full.Expectation.Match),
            PageKey = PageRowKeys.For(page),
            Page = page,
            Answer = answer,
            HandedPage = handed,
            Status = full.Status with
            {
                LastObservedAt = now.AddDays(-2),
                LastCheckedAt = now,
                UnobservedSince = now.AddDays(-1),
                LastEvidence = HostileEvidence(now) with { Outcome = CheckOutcome.Blocked },
            },
        };
        await fixture.Product.Get<ILinkStore>().RegisterAsync(link, Token);
        await fixture.Product.Get<IFormerAnswerStore>().PutAsync(id, link.Id, new FormerAnswer(answer, now, Mallory, false), Token);
        return link.Id.Value;
    }

    private async Task<string> StageCaseAsync(WatchedLink link, DateTimeOffset now)
    {
        var step = CaseRules.Note(CaseRules.Open(link, Mallory, now).Case with { Owner = Mallory }, Text[..2_000], Mallory, now);
        await fixture.Product.Get<ICaseStore>().SaveAsync(step, Token);
        return step.Case.Id;
    }

    private async Task<string> StageGoneAsync(ProjectId id, DateTimeOffset now)
    {
        var gone = StorageSamples.Link(id, $"https://gone.example.net/{Uri.EscapeDataString(Evil)}");
        await fixture.Product.Get<IFormerLinkStore>().PutAsync(
            new FormerLink(
                id,
                gone.Id,
                gone.Page.Href,
                $"https://example.org/?q={Uri.EscapeDataString(Evil)}",
                now,
                Mallory,
                gone.Id,
                gone.Id,
                null), Token);
        return gone.Id.Value;
    }

    private static WatchedLink HostileLink(ProjectId id, DateTimeOffset now)
    {
        var full = StorageSamples.FullLink(id);
        var page = StorageSamples.Url($"https://blog.example.net/{Uri.EscapeDataString(Evil)}?{Endless}");
        var target = StorageSamples.Url($"https://example.org/?q={Uri.EscapeDataString(Evil)}#{Endless}");
        return StorageSamples.Link(id, page.Href, target.Href) with
        {
            Expectation = full.Expectation with { Target = target, Anchor = Expected<string>.Exactly(Text) },
            Tags = [Evil, Endless[..100]],
            Note = Text,
            Terms =
                full.Terms! with { Vendor = Text, Contact = Text, Invoice = Text, End = DateOnly.FromDateTime(now.UtcDateTime.AddDays(9)) },
            CreatedAt = now,
            Status = full.Status with
            {
                Reasons = [HostileReason(ReasonCode.RelChanged), HostileReason(ReasonCode.AnchorChanged)],
                Suspicions = [full.Status.Suspicions[0] with { Reason = HostileReason(ReasonCode.LinkRemoved) }],
                Baseline = full.Status.Baseline! with { Anchor = Text },
                LastEvidence = HostileEvidence(now),
                LastSeenEvidence = HostileEvidence(now.AddHours(-2)),
            },
        };
    }

    private static LinkChange HostileChange(WatchedLink link, DateTimeOffset at, LinkState to)
    {
        var change = StorageSamples.Change(link, at, to);
        return change with
        {
            Transition = change.Transition with
            {
                ReasonsAfter = [HostileReason(ReasonCode.LinkRemoved)],
                Before = HostileEvidence(at.AddDays(-1)),
                After = HostileEvidence(at),
            },
        };
    }

    private static Reason HostileReason(ReasonCode code) => new() { Code = code, Message = Text, Expected = Text, Found = Text };

    private static Evidence HostileEvidence(DateTimeOffset at)
    {
        var full = StorageSamples.Evidence(at);
        return full with
        {
            Detail = Text,
            Title = Text,
            Anchor = Text,
            Rel = ["nofollow", Evil],
            LinkUrl = "javascript:window.hacked=1",
            FinalUrl = "javascript:window.hacked=1",
            Canonical = Text,
            ContextBefore = Text,
            ContextAfter = Text,
            WhereItWas = Text,
            Snippet = $"<a href=\"javascript:window.hacked=1\" onclick='window.hacked=1'>{Text}</a>",
            Robots = full.Robots! with { Reasons = [Text] },
            Explanation = new Explanation
            {
                Sentence = Text,
                Source = "https://standards.example/rel",
                Steps = [new ExplanationStep(StepName.Request, Text, StepState.Decides)],
            },
        };
    }
}
