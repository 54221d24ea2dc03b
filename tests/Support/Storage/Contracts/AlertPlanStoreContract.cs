using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Testing.Storage.Contracts;

public abstract class AlertPlanStoreContract
{
    private readonly IStorageSource _source;

    private protected AlertPlanStoreContract(IStorageSource source) => _source = source;

    private static readonly DateTimeOffset Noon = StorageSamples.Noon;

    private readonly ProjectId _project = ProjectId.New();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Plan_is_read_back_whole()
    {
        var storage = await _source.CreateAsync(Token);
        var plan = new AlertPlan
        {
            ProjectId = _project,
            ReadAt = Noon,
            WakeAt = Noon.AddDays(1),
            Causes = new Dictionary<string, DateTimeOffset> { ["cause"] = Noon },
            Digests =
                Enumerable.Range(0, 1_000).ToDictionary(number => $"chn_aaaaaaaaaaaaaaaaaaaaaaaa{number}", number => Noon.AddDays(number)),
        };

        var written = await storage.AlertPlans.TryWriteAsync(new PlanResult { Plan = plan }, Token);

        Assert.Equivalent(plan, written! with { ETag = null }, strict: true);
        Assert.Equal(written!.ETag, (await storage.AlertPlans.GetAsync(_project, Token)).ETag);
    }

    [Fact]
    public async Task Of_many_who_plan_at_once_one_does_and_the_others_write_nothing()
    {
        var storage = await _source.CreateAsync(Token);
        var plan = await storage.AlertPlans.GetAsync(_project, Token);

        var written = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => storage.AlertPlans.TryWriteAsync(
            new PlanResult { Plan = plan, Opened = [StorageSamples.Opening(StorageSamples.Alert(_project, Noon, $"alr_{number}"))] },
            Token)));

        var winner = Array.FindIndex(written, one => one is not null);
        Assert.Single(written.OfType<AlertPlan>());
        Assert.Equal($"alr_{winner}", Assert.Single((await storage.Alerts.ReadOpenAsync(_project, Token)).Items).Id);
    }

    [Fact]
    public async Task Plan_read_before_somebody_else_planned_is_refused()
    {
        var storage = await _source.CreateAsync(Token);
        var plan = (await storage.AlertPlans.TryWriteAsync(new PlanResult { Plan = new AlertPlan { ProjectId = _project } }, Token))!;
        await storage.AlertPlans.NoteWakeAsync(_project, Noon, Token);

        Assert.Null(await storage.AlertPlans.TryWriteAsync(new PlanResult { Plan = plan with { ReadAt = Noon } }, Token));
        Assert.Null((await storage.AlertPlans.GetAsync(_project, Token)).ReadAt);
    }

    [Fact]
    public async Task Many_checks_of_terms_are_asked_for_at_once_and_twice_is_once()
    {
        var storage = await _source.CreateAsync(Token);
        var checks = Enumerable.Range(0, 250).Select(number => new TermCheck(new LinkId($"lnk_{number:D26}"), Noon)).ToList();

        await storage.AlertPlans.CheckTermsAsync(_project, checks, Token);
        await storage.AlertPlans.CheckTermsAsync(_project, [checks[0]], Token);
        await storage.AlertPlans.CheckTermsAsync(_project, [], Token);

        Assert.Equal(checks, (await storage.AlertPlans.ReadTermChecksAsync(_project, Token).ToListAsync(Token)).Select(row => row.Item!));
    }

    [Fact]
    public async Task Earliest_wake_up_stays_noted()
    {
        var storage = await _source.CreateAsync(Token);

        await storage.AlertPlans.NoteWakeAsync(_project, Noon, Token);
        await storage.AlertPlans.NoteWakeAsync(_project, Noon.AddHours(1), Token);
        await storage.AlertPlans.NoteWakeAsync(_project, Noon.AddHours(-1), Token);

        Assert.Equal(Noon.AddHours(-1), (await storage.AlertPlans.GetAsync(_project, Token)).WakeAt);
    }

    [Fact]
    public async Task Unstable_links_are_kept_until_they_have_settled()
    {
        var storage = await _source.CreateAsync(Token);
        var link = StorageSamples.Unstable(_project, new LinkId("lnk_a"));
        var plan = await WriteAsync(
            storage,
            new PlanResult
            {
                Plan = new AlertPlan { ProjectId = _project },
                Unstable = [link, link with { LinkId = new LinkId("lnk_b") }],
            });

        var before = (await storage.AlertPlans.ReadUnstableAsync(_project, Token)).Items;
        await WriteAsync(storage, new PlanResult { Plan = plan, Settled = [new LinkId("lnk_b")] });

        Assert.Equal(2, before.Count);
        Assert.Equal(link, Assert.Single((await storage.AlertPlans.ReadUnstableAsync(_project, Token)).Items));
    }

    [Fact]
    public async Task Last_reminder_of_a_link_is_known()
    {
        var storage = await _source.CreateAsync(Token);
        await WriteAsync(storage, new PlanResult
        {
            Plan = new AlertPlan { ProjectId = _project },
            Reminded = new Dictionary<LinkId, string> { [new LinkId("lnk_a")] = "trm_a" },
        });

        Assert.Equal("trm_a", await storage.AlertPlans.GetRemindedAsync(_project, new LinkId("lnk_a"), Token));
        Assert.Null(await storage.AlertPlans.GetRemindedAsync(_project, new LinkId("lnk_b"), Token));
    }

    [Fact]
    public async Task Lost_answers_change_no_outcome()
    {
        var storage = await _source.CreateAsync(Token);
        var lossy = storage.Losing(out _);

        var plan = await WriteAsync(
            lossy,
            new PlanResult
            {
                Plan = new AlertPlan { ProjectId = _project },
                Opened = [StorageSamples.Opening(StorageSamples.Alert(_project, Noon))],
            });
        await WriteAsync(lossy, new PlanResult { Plan = plan with { ReadAt = Noon } });
        await lossy.AlertPlans.NoteWakeAsync(_project, Noon, Token);

        Assert.Equal(3, (await storage.RowsAsync(TableNames.Alerts, _project.Value, Token)).Count);
    }

    private static async Task<AlertPlan> WriteAsync(TestStorage storage, PlanResult step)
    {
        var written = await storage.AlertPlans.TryWriteAsync(step, Token);
        Assert.NotNull(written);
        return written;
    }
}
