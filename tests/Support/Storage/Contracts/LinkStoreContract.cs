using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Testing.Storage.Contracts;

public abstract class LinkStoreContract
{
    private readonly IStorageSource _source;

    private protected LinkStoreContract(IStorageSource source) => _source = source;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private readonly ProjectId _project = ProjectId.New();

    [Fact]
    public async Task A_registered_link_is_read_back_whole()
    {
        var storage = await _source.CreateAsync(Token);
        var link = StorageSamples.FullLink(_project);

        var result = await storage.Links.RegisterAsync(link, Token);

        var read = await storage.Links.GetAsync(_project, link.Id, Token);
        Assert.True(result.Created);
        Assert.Equal(result.Link.ETag, read!.ETag);
        Assert.Equivalent(link, read with { ETag = null }, strict: true);
    }

    [Fact]
    public async Task Links_are_written_together_with_their_changes_in_the_versions_that_are_told()
    {
        var storage = await _source.CreateAsync(Token);
        var links = await RegisterAsync(storage, 40);

        var saved = await storage.Links.SaveAllAsync(
            _project, [.. links.Select(link => new JudgedWrite(link, StorageSamples.Change(link, StorageSamples.Noon), null))], Token);

        foreach (var (link, version) in links.Zip(saved))
        {
            Assert.Equal((await storage.Links.GetAsync(_project, link.Id, Token))!.ETag, version!.Value.Version);
            Assert.Single((await storage.Links.ListHistoryAsync(_project, link.Id, 10, null, Token)).Items);
        }

        Assert.Equal(40, (await storage.Links.ReadOutboxKeysAsync(_project, Token)).Count);
    }

    [Fact]
    public async Task A_link_that_was_written_since_refuses_those_of_its_transaction_and_no_others()
    {
        var storage = await _source.CreateAsync(Token);
        var links = await RegisterAsync(storage, 40);
        await storage.Links.SaveAsync(links[39] with { Note = "by a person" }, Token);

        var saved = await storage.Links.SaveAllAsync(
            _project, [.. links.Select(link => new JudgedWrite(link, StorageSamples.Change(link, StorageSamples.Noon), null))], Token);

        // A link with its change has four rows, so twenty-five of them fill a transaction.
        Assert.All(saved.Take(25), one => Assert.NotNull(one));
        Assert.All(saved.Skip(25), one => Assert.Null(one));
        Assert.Equal(25, (await storage.Links.ReadOutboxKeysAsync(_project, Token)).Count);
        Assert.Equal("by a person", (await storage.Links.GetAsync(_project, links[39].Id, Token))!.Note);
    }

    [Fact]
    public async Task Large_links_are_written_in_several_transactions()
    {
        var storage = await _source.CreateAsync(Token);
        var text = StorageSamples.Noise(32_000);
        var links = await RegisterAsync(storage, 40, link => link with
        {
            Note = text,
            Tags = [text],
            VendorNotes = [],
            Type = text,
        });

        var saved = await storage.Links.SaveAllAsync(_project, [.. links.Select(link => new JudgedWrite(link, null, null))], Token);

        Assert.All(saved, one => Assert.NotNull(one));
    }

    [Fact]
    public async Task A_kept_link_is_the_one_that_is_stored_and_so_it_is_after_checks_that_found_nothing_changed()
    {
        var storage = await _source.CreateAsync(Token);
        var full = StorageSamples.FullLink(_project);
        var link = (await storage.Links.RegisterAsync(full, Token)).Link;
        var at = StorageSamples.Noon.AddDays(3);
        var kept = LinkKeeping.Keep(link, null)!;

        Assert.Equivalent(await storage.Links.GetAsync(_project, link.Id, Token), LinkKeeping.Find(kept, at, null), strict: true);

        var days = DayLog.Empty.With(DayLogEntry.Day(at), DayMark.AsAgreed);
        var rest = new LinkAtRest(link.Id, link.ETag!, true);
        var versions = await storage.Links.ConfirmAsync(_project, [rest], at.AddDays(1), UnchangedBy.Site, days, Token);
        var settled = StorageSamples.Settled(link, at) with
        {
            CheckedAt = at.AddDays(1),
            Days = days.ToString(),
            KeptAt = at,
            IsBySite = true,
            Projects = [new SettledProject(_project, "1", [rest with { Version = Assert.Single(versions!) }])],
        };
        var now = await storage.Links.GetAsync(_project, link.Id, Token);

        Assert.Equivalent(now, LinkKeeping.Find(kept, at, settled), strict: true);
        Assert.Equal(link.ETag, LinkKeeping.Find(kept, at, settled with { KeptAt = null })!.ETag);
        Assert.Null(LinkKeeping.Find(kept with { Row = "{}" }, at, null));
        Assert.Null(LinkKeeping.Keep(link with { ETag = null }, null));
    }

    [Fact]
    public async Task Registering_again_leaves_the_link_as_it_was()
    {
        var storage = await _source.CreateAsync(Token);
        var link = StorageSamples.Link(_project) with { Note = "first" };
        await storage.Links.RegisterAsync(link, Token);

        var again = await storage.Links.RegisterAsync(link with { Note = "second" }, Token);

        Assert.False(again.Created);
        Assert.Equal("first", again.Link.Note);
    }

    [Fact]
    public async Task What_tools_say_is_written_over_the_versions_that_were_read_and_changes_nothing_else()
    {
        var storage = await _source.CreateAsync(Token);
        var note = new VendorNote("Semrush", new DateOnly(2026, 11, 29), new Dictionary<string, string> { ["Page ascore"] = "51" });
        await storage.Links.RegisterAsync(StorageSamples.FullLink(_project), Token);
        var link = (await storage.Links.GetAsync(_project, StorageSamples.FullLink(_project).Id, Token))!;

        Assert.True(await storage.Links.TryNoteAsync([link.WithNote(note)], Token));
        Assert.False(await storage.Links.TryNoteAsync([link.WithNote(note)], Token));
        var read = await storage.Links.GetAsync(_project, link.Id, Token);
        Assert.NotEqual(link.ETag, read!.ETag);
        Assert.Equivalent(link.WithNote(note) with { ETag = null }, read with { ETag = null }, strict: true);

        await storage.Links.DeleteAsync(_project, link.Id, Token);
        Assert.False(await storage.Links.TryNoteAsync([read], Token));
        Assert.Null(await storage.Links.GetAsync(_project, link.Id, Token));
    }

    [Theory]
    [InlineData("prj_none", "lnk_none")]
    [InlineData("a/b", "c#d?e")]
    [InlineData("' or '1' eq '1", "")]
    public async Task What_is_not_there_is_null_whatever_is_asked_for(string project, string link)
    {
        var storage = await _source.CreateAsync(Token);

        Assert.Null(await storage.Links.GetAsync(new ProjectId(project), new LinkId(link), Token));
    }

    [Fact]
    public async Task Saving_writes_over_the_version_that_was_read_only()
    {
        var storage = await _source.CreateAsync(Token);
        var first = (await storage.Links.RegisterAsync(StorageSamples.Link(_project), Token)).Link;

        var saved = await storage.Links.SaveAsync(first with { Note = "mine" }, Token);
        var late = await storage.Links.SaveAsync(first with { Note = "late" }, Token);

        Assert.Equal((SaveOutcome.Saved, SaveOutcome.Conflict), (saved, late));
        Assert.Equal("mine", (await storage.Links.GetAsync(_project, first.Id, Token))!.Note);
    }

    [Fact]
    public async Task Saving_a_deleted_link_says_so_and_writes_no_change()
    {
        var storage = await _source.CreateAsync(Token);
        var link = (await storage.Links.RegisterAsync(StorageSamples.Link(_project), Token)).Link;
        await storage.Links.DeleteAsync(_project, link.Id, Token);

        var outcome = await storage.Links.SaveCheckAsync(link, StorageSamples.Change(link, StorageSamples.Noon), Token);

        Assert.Equal(SaveOutcome.Missing, outcome);
        Assert.Empty(await storage.RowsAsync(TableNames.Links, _project.Value, Token));
    }

    [Fact]
    public async Task A_check_writes_link_change_history_and_outbox_together()
    {
        var storage = await _source.CreateAsync(Token);
        var link = (await storage.Links.RegisterAsync(StorageSamples.Link(_project), Token)).Link;
        var change = StorageSamples.Change(link, StorageSamples.Noon);
        var lost = link with { Status = link.Status with { State = LinkState.Lost } };

        var outcome = await storage.Links.SaveCheckAsync(lost, change, Token);

        Assert.Equal(SaveOutcome.Saved, outcome);
        Assert.Equal(LinkState.Lost, (await storage.Links.GetAsync(_project, link.Id, Token))!.Status.State);
        Assert.Equivalent(
            change, Assert.Single((await storage.Links.ListChangesAsync(_project, null, 10, null, Token)).Items), strict: true);
        Assert.Equivalent(
            change, Assert.Single((await storage.Links.ListHistoryAsync(_project, link.Id, 10, null, Token)).Items), strict: true);
        Assert.Equivalent(change, Assert.Single(await storage.Links.ReadOutboxAsync(_project, Token).ToListAsync()).Change, strict: true);
    }

    [Fact]
    public async Task A_change_that_alerts_nobody_stays_out_of_the_outbox()
    {
        var storage = await _source.CreateAsync(Token);
        var link = (await storage.Links.RegisterAsync(StorageSamples.Link(_project), Token)).Link;

        await storage.Links.SaveCheckAsync(link, StorageSamples.Change(link, StorageSamples.Noon, alerts: false), Token);

        Assert.Single((await storage.Links.ListChangesAsync(_project, null, 10, null, Token)).Items);
        Assert.Empty(await storage.Links.ReadOutboxAsync(_project, Token).ToListAsync());
    }

    [Fact]
    public async Task No_page_can_make_a_save_fail_by_its_size()
    {
        var storage = await _source.CreateAsync(Token);
        var link = (await storage.Links.RegisterAsync(StorageSamples.FullLink(_project), Token)).Link;
        var huge = new string('日', 100_000);
        var evidence = StorageSamples.Evidence(StorageSamples.Noon) with
        {
            Anchor = huge,
            Title = huge,
            LinkUrl = "https://example.org/" + new string('a', 100_000),
        };
        var change = StorageSamples.Change(link, StorageSamples.Noon);
        change = change with { Transition = change.Transition with { Before = evidence, After = evidence } };
        var status = link.Status with
        {
            LastEvidence = evidence,
            LastSeenEvidence = evidence,
            Baseline = link.Status.Baseline! with { Anchor = huge },
        };

        var outcome = await storage.Links.SaveCheckAsync(link with { Status = status }, change, Token);

        Assert.Equal(SaveOutcome.Saved, outcome);
        Assert.StartsWith(
            "日日", (await storage.Links.GetAsync(_project, link.Id, Token))!.Status.LastEvidence!.Anchor, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_come_newest_first_and_since_a_time()
    {
        var storage = await _source.CreateAsync(Token);
        var times = Enumerable.Range(0, 5).Select(hour => StorageSamples.Noon.AddHours(hour)).ToList();
        var links = new[] { StorageSamples.Link(_project), StorageSamples.Link(_project, target: "https://example.org/b") };
        foreach (var link in links)
            await storage.Links.RegisterAsync(link, Token);
        foreach (var time in times)
            await SaveChangeAsync(storage, links[times.IndexOf(time) % 2], time);

        var all = await storage.Links.ListChangesAsync(_project, null, 10, null, Token);
        var since = await storage.Links.ListChangesAsync(_project, times[2], 10, null, Token);
        var history = await storage.Links.ListHistoryAsync(_project, links[0].Id, 10, null, Token);
        var outbox = await storage.Links.ReadOutboxAsync(_project, Token).ToListAsync();

        Assert.Equal([times[4], times[3], times[2], times[1], times[0]], all.Items.Select(change => change.Transition.At));
        Assert.Equal([times[4], times[3]], since.Items.Select(change => change.Transition.At));
        Assert.Equal([times[4], times[2], times[0]], history.Items.Select(change => change.Transition.At));
        Assert.Equal(times, outbox.Select(entry => entry.Change.Transition.At));
    }

    [Fact]
    public async Task Told_changes_leave_the_outbox_even_when_some_are_gone()
    {
        var storage = await _source.CreateAsync(Token);
        var link = StorageSamples.Link(_project);
        await storage.Links.RegisterAsync(link, Token);
        for (var i = 0; i < 3; i++)
            await SaveChangeAsync(storage, link, StorageSamples.Noon.AddHours(i));
        var keys = (await storage.Links.ReadOutboxAsync(_project, Token).ToListAsync()).Select(entry => entry.Key).ToList();

        await storage.Links.RemoveFromOutboxAsync(_project, [keys[0]], Token);
        await storage.Links.RemoveFromOutboxAsync(_project, [keys[0], keys[1], keys[1]], Token);

        Assert.Equal([keys[2]], (await storage.Links.ReadOutboxAsync(_project, Token).ToListAsync()).Select(entry => entry.Key));
    }

    [Fact]
    public async Task Only_places_in_the_outbox_are_taken_out_of_it()
    {
        var storage = await _source.CreateAsync(Token);
        var link = StorageSamples.Link(_project);
        await storage.Links.RegisterAsync(link, Token);

        await Assert.ThrowsAsync<ArgumentException>(() => storage.Links.RemoveFromOutboxAsync(_project, [$"link:{link.Id}"], Token));

        Assert.NotNull(await storage.Links.GetAsync(_project, link.Id, Token));
    }

    [Fact]
    public async Task Deleting_a_link_leaves_its_changes()
    {
        var storage = await _source.CreateAsync(Token);
        var link = StorageSamples.Link(_project);
        await storage.Links.RegisterAsync(link, Token);
        await SaveChangeAsync(storage, link, StorageSamples.Noon);

        var first = await storage.Links.DeleteAsync(_project, link.Id, Token);
        var second = await storage.Links.DeleteAsync(_project, link.Id, Token);

        Assert.Equal((true, false), (first, second));
        Assert.Single((await storage.Links.ListHistoryAsync(_project, link.Id, 10, null, Token)).Items);
    }

    [Fact]
    public async Task Changes_of_an_alert_are_found_though_hundreds_of_others_lie_between()
    {
        var storage = await _source.CreateAsync(Token);
        var table = storage.Tables.Open(TableNames.Links);
        var link = StorageSamples.Link(_project);
        var changes = Enumerable.Range(0, 1_000).Select(n => StorageSamples.Change(link, StorageSamples.Noon.AddSeconds(n))).ToList();
        foreach (var chunk in changes.Chunk(100))
            await table.SubmitAsync(
                [
                    .. chunk.Select(
                        change => Transactions.Put(ChangeRow.Write(change, LinkKeys.Change(change.Transition.At, change.Id), null))),
                ],
                Token);
        var gone = StorageSamples.Change(link, StorageSamples.Noon.AddSeconds(500.5));
        int[] wanted = [0, 1, 2, 250, 251, 400, 700, 701, 950, 999];

        var found = await storage.Links.GetChangesAsync(_project, [.. wanted.Select(n => changes[n].OutboxKey), gone.OutboxKey], Token);
        var none = await storage.Links.GetChangesAsync(
            _project,
            [
                .. Enumerable.Range(0, 9)
                .Select(n => StorageSamples.Change(link, StorageSamples.Noon.AddSeconds(100.5 + (n * 100))).OutboxKey),
            ],
            Token);

        Assert.Equal(wanted.Select(n => changes[n].Id), found.Items.Select(change => change.Id));
        Assert.True(none.IsEmpty);
    }

    [Fact]
    public async Task Purging_removes_all_of_one_project_and_nothing_of_another()
    {
        var storage = await _source.CreateAsync(Token);
        var other = ProjectId.New();
        await LinkRows.AddAsync(
            storage, Enumerable.Range(0, 1_250).Select(i => StorageSamples.Link(_project, $"https://host{i}.example/")), Token);
        await storage.Links.RegisterAsync(StorageSamples.Link(other), Token);

        Assert.False(await storage.Links.PurgeAsync(_project, Token));
        Assert.Equal(250, (await storage.RowsAsync(TableNames.Links, _project.Value, Token)).Count);
        Assert.True(await storage.Links.PurgeAsync(_project, Token));
        Assert.True(await storage.Links.PurgeAsync(_project, Token));

        Assert.Empty(await storage.RowsAsync(TableNames.Links, _project.Value, Token));
        Assert.Single(await storage.RowsAsync(TableNames.Links, other.Value, Token));
    }

    [Fact]
    public async Task One_lists_cursor_is_refused_by_another()
    {
        var storage = await _source.CreateAsync(Token);
        await LinkRows.AddAsync(
            storage, Enumerable.Range(0, 3).Select(i => StorageSamples.Link(_project, $"https://host{i}.example/")), Token);
        var cursor = (await storage.Links.ListAsync(_project, LinkFilter.None, 1, null, Token)).Cursor;

        await Assert.ThrowsAsync<InvalidCursorException>(() => storage.Links.ListChangesAsync(_project, null, 1, cursor, Token));
        await Assert.ThrowsAsync<InvalidCursorException>(() => storage.Links.ListAsync(ProjectId.New(), LinkFilter.None, 1, cursor, Token));
        await Assert.ThrowsAsync<InvalidCursorException>(() => storage.Links.ListAsync(_project, LinkFilter.None, 1, cursor![1..], Token));
    }

    private static async Task SaveChangeAsync(TestStorage storage, WatchedLink link, DateTimeOffset at)
    {
        var stored = await storage.Links.GetAsync(link.ProjectId, link.Id, Token);
        Assert.Equal(SaveOutcome.Saved, await storage.Links.SaveCheckAsync(stored!, StorageSamples.Change(stored!, at), Token));
    }

    private async Task<List<WatchedLink>> RegisterAsync(TestStorage storage, int count, Func<WatchedLink, WatchedLink>? with = null)
    {
        List<WatchedLink> links = [];
        foreach (var number in Enumerable.Range(0, count))
        {
            var link = StorageSamples.Link(_project, "https://blog.example.net/post", $"https://example.com/{number}");
            links.Add((await storage.Links.RegisterAsync(with?.Invoke(link) ?? link, Token)).Link);
        }

        return links;
    }
}
