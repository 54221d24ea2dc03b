using System.Runtime.CompilerServices;
using LinkMonitor.Filtering;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Snapshots;

/// <summary>How a <see cref="LinkSnapshot"/> is read (<see cref="ProjectLinks"/>), kept in step with the table, and evicted.</summary>
public sealed class SnapshotCacheTests
{
    private readonly ProjectId _project = ProjectId.New();
    private readonly ManualTimeProvider _time = new(StorageSamples.Noon);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_who_come_at_once_wait_for_one_reading()
    {
        var storage = await SnapshotLab.StorageAsync(_time);
        await LinkRows.AddAsync(storage, Links(50), Stop);
        var hook = new GateHook();
        var (_, snapshots) = SnapshotLab.Of(storage.Through(hook), _time);
        using var end = snapshots;

        var all = Enumerable.Range(0, 20).Select(_ => snapshots.GetAsync(_project, Stop)).ToList();
        hook.Open.SetResult();
        var read = await Task.WhenAll(all);

        Assert.Equal(1, hook.Queries);
        Assert.All(read, snapshot => Assert.Same(read[0], snapshot));
        Assert.Equal(50, read[0].Links.Count);
    }

    [Fact]
    public async Task A_reading_goes_on_when_who_began_it_gives_up()
    {
        var storage = await SnapshotLab.StorageAsync(_time);
        await LinkRows.AddAsync(storage, Links(5), Stop);
        var hook = new GateHook();
        var (_, snapshots) = SnapshotLab.Of(storage.Through(hook), _time);
        using var end = snapshots;
        using var impatient = new CancellationTokenSource();

        var first = snapshots.GetAsync(_project, impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        hook.Open.SetResult();

        Assert.Equal(5, (await snapshots.GetAsync(_project, Stop)).Links.Count);
        Assert.Equal(1, hook.Queries);
    }

    [Fact]
    public async Task Who_waits_long_is_told_how_many_links_are_read()
    {
        var storage = await SnapshotLab.StorageAsync(_time);
        await LinkRows.AddAsync(storage, Links(1), Stop);
        var hook = new GateHook();
        var (lists, snapshots) = SnapshotLab.Of(storage.Through(hook), _time);
        using var end = snapshots;

        var project = StorageSamples.Project(_project);
        var opening = lists.OpenSoonAsync(project, Stop);
        await hook.Reached.WaitAsync(Stop);
        while (!opening.IsCompleted)
        {
            _time.Advance(LinkLists.Patience);
            await Task.Yield();
        }

        Assert.Null(await opening);
        Assert.Equal("No link has come yet, after 5 seconds: the storage is slow to answer.", lists.ReadSoFar(project));
        hook.Open.SetResult();
        Assert.Equal(1, (await lists.OpenAsync(project, Stop)).Count(FilterLine.All));
    }

    [Fact]
    public async Task Who_waits_for_all_to_be_read_anew_is_told_how_many_of_them_are_read()
    {
        var storage = await SnapshotLab.StorageAsync(_time);
        var links = Links(1_500);
        await LinkRows.AddAsync(storage, links, Stop);
        using var store = new PartByPart(storage.LinkFacts);
        using var snapshots = new SnapshotCache(
            store, storage.LinkWrites, Options.Create(new SnapshotOptions()), _time, NullLogger<SnapshotCache>.Instance);
        var lists = new LinkLists(snapshots, store, _time);
        var project = StorageSamples.Project(_project);
        await lists.OpenAsync(project, Stop);

        // More than are remembered: only a reading of all finds what became of them.
        foreach (var link in links.Take(1_200))
            snapshots.Touch(_project, link.Id);
        store.Hold();
        var opening = lists.OpenAsync(project, Stop);
        await store.Held.WaitAsync(Stop);
        var none = lists.ReadSoFar(project);
        store.GoOn();
        await store.Held.WaitAsync(Stop);
        _time.Advance(TimeSpan.FromSeconds(3));
        var some = lists.ReadSoFar(project);
        store.GoOn();
        await store.Held.WaitAsync(Stop);
        store.GoOn();

        Assert.Equal(1_500, (await opening).Count(FilterLine.All));
        Assert.Equal("No link has come yet.", none);
        Assert.Equal("1,000 of about 1,500 links read so far, after 3 seconds.", some);
        Assert.Equal("The links are being read; that has just begun.", lists.ReadSoFar(project));
    }

    /// <summary>Waits before each part of a reading of all links, and at its end, once it is told to.</summary>
    private sealed class PartByPart(ILinkFactStore store) : ILinkFactStore, IDisposable
    {
        private readonly SemaphoreSlim _held = new(0);
        private readonly SemaphoreSlim _go = new(0);
        private bool _isHeld;

        public Task Held => _held.WaitAsync(Stop);

        public void Hold() => _isHeld = true;

        public void GoOn() => _go.Release();

        public void Dispose()
        {
            _held.Dispose();
            _go.Dispose();
        }

        public async IAsyncEnumerable<IReadOnlyList<FactsRead>> ReadAsync(
            ProjectId projectId, DateTimeOffset? writtenAfter, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var part in store.ReadAsync(projectId, writtenAfter, cancellationToken))
            {
                await WaitAsync(cancellationToken);
                yield return part;
            }

            await WaitAsync(cancellationToken);
        }

        public IAsyncEnumerable<(string Key, LinkId Link)> ReadChangedAsync(
            ProjectId projectId, DateTimeOffset since, CancellationToken cancellationToken) =>
            store.ReadChangedAsync(projectId, since, cancellationToken);

        public Task<IReadOnlyList<WholeLink>> GetAsync(
            ProjectId projectId, IReadOnlyList<LinkId> ids, bool areNeighbours, CancellationToken cancellationToken) =>
            store.GetAsync(projectId, ids, areNeighbours, cancellationToken);

        private async Task WaitAsync(CancellationToken cancellationToken)
        {
            if (!_isHeld)
                return;
            _held.Release();
            await _go.WaitAsync(cancellationToken);
        }
    }

    [Fact]
    public async Task Who_waits_for_links_that_were_written_is_told_that_they_are_being_read()
    {
        var storage = await SnapshotLab.StorageAsync(_time);
        var links = Links(40);
        await LinkRows.AddAsync(storage, links, Stop);
        var hook = new GateHook();
        hook.Open.SetResult();
        var (lists, snapshots) = SnapshotLab.Of(storage.Through(hook), _time);
        using var end = snapshots;
        var project = StorageSamples.Project(_project);
        await lists.OpenAsync(project, Stop);
        foreach (var link in links)
            snapshots.Touch(_project, link.Id);
        hook.Close();

        var opening = lists.OpenAsync(project, Stop);
        await hook.Reached.WaitAsync(Stop);
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("No link has come yet, after 2 seconds: the storage is slow to answer.", lists.ReadSoFar(project));
        hook.Open.SetResult();
        await opening;
        Assert.Equal("The links are being read; that has just begun.", lists.ReadSoFar(project));
    }

    [Fact]
    public async Task Own_writes_show_at_once_also_those_made_while_all_is_read()
    {
        var storage = await SnapshotLab.StorageAsync(_time);
        var links = Links(3);
        await LinkRows.AddAsync(storage, links, Stop);
        var (_, snapshots) = SnapshotLab.Of(storage, _time);
        using var end = snapshots;
        Assert.DoesNotContain((await snapshots.GetAsync(_project, Stop)).Links, link => link.HasNote);

        await NoteAsync(storage, links[1].Id);
        await storage.Links.DeleteAsync(_project, links[2].Id, Stop);
        var snapshot = await snapshots.GetAsync(_project, Stop);

        Assert.Equal([false, true], links[..2].Select(link => snapshot.Links.Single(one => one.Id == link.Id).HasNote));
        Assert.Equal(2, snapshot.Links.Count);
        Assert.Same(snapshot, await snapshots.GetAsync(_project, Stop));
    }

    [Fact]
    public async Task A_write_while_rows_are_looked_through_is_not_undone_by_what_was_read_before_it()
    {
        var storage = await SnapshotLab.StorageAsync(_time);
        var links = Links(3);
        await LinkRows.AddAsync(storage, links, Stop);
        var hook = new GateHook();
        var through = storage.Through(hook);
        var (_, snapshots) = SnapshotLab.Of(through, _time);
        using var end = snapshots;
        hook.Open.SetResult();
        await snapshots.GetAsync(_project, Stop);

        // Rows are looked through behind the reader's back, and stand after the old version of the link was read.
        hook.Close();
        _time.Advance(ProjectLinks.ScanEvery);
        Assert.DoesNotContain((await snapshots.GetAsync(_project, Stop)).Links, link => link.HasNote);
        await hook.Reached.WaitAsync(Stop);
        await NoteAsync(through, links[0].Id);
        await through.Links.DeleteAsync(_project, links[1].Id, Stop);
        Assert.Single((await snapshots.GetAsync(_project, Stop)).Links, link => link.HasNote);
        hook.Open.SetResult();
        await snapshots.IdleAsync(_project);

        var after = await snapshots.GetAsync(_project, Stop);
        Assert.Single(after.Links, link => link.HasNote);
        Assert.Equal(2, after.Links.Count);
    }

    [Fact]
    public async Task Own_writes_show_at_once_also_when_rows_begin_to_be_looked_through_behind_the_reader()
    {
        var storage = await SnapshotLab.StorageAsync(_time);
        var links = Links(3);
        await LinkRows.AddAsync(storage, links[..2], Stop);
        var hook = new GateHook();
        var through = storage.Through(hook);
        var (_, snapshots) = SnapshotLab.Of(through, _time);
        using var end = snapshots;
        hook.Open.SetResult();
        await snapshots.GetAsync(_project, Stop);

        // The reader who comes next begins the looking through, which stands, and is answered before it is over.
        hook.Close();
        await through.Links.RegisterAsync(links[2], Stop);
        await through.Links.DeleteAsync(_project, links[0].Id, Stop);
        _time.Advance(ProjectLinks.ScanEvery);
        var shown = await snapshots.GetAsync(_project, Stop);

        Assert.Equal(Ordered(links[1..]), shown.Links.Select(link => link.Id));
        hook.Open.SetResult();
        await snapshots.IdleAsync(_project);
        Assert.Equal(Ordered(links[1..]), (await snapshots.GetAsync(_project, Stop)).Links.Select(link => link.Id));
    }

    [Fact]
    public async Task A_link_that_is_written_while_it_is_read_is_read_again()
    {
        var storage = await SnapshotLab.StorageAsync(_time);
        var links = Links(2);
        await LinkRows.AddAsync(storage, links, Stop);
        var hook = new OneReadHook();
        var through = storage.Through(hook);
        var (_, snapshots) = SnapshotLab.Of(through, _time);
        using var end = snapshots;
        await snapshots.GetAsync(_project, Stop);
        await NoteAsync(through, links[0].Id);

        // What was read of the link stands; then it is deleted, and the next reader begins to look through all rows.
        hook.Hold();
        var first = snapshots.GetAsync(_project, Stop);
        await hook.Reached.WaitAsync(Stop);
        await through.Links.DeleteAsync(_project, links[0].Id, Stop);
        _time.Advance(ProjectLinks.ScanEvery);
        var second = snapshots.GetAsync(_project, Stop);
        hook.Release();
        await first;

        Assert.Equal([links[1].Id], (await second).Links.Select(link => link.Id));
    }

    [Fact]
    public async Task More_deletions_than_are_remembered_show_at_once()
    {
        var storage = await SnapshotLab.StorageAsync(_time);
        var links = Links(1_500);
        foreach (var chunk in links.Chunk(1_000))
            await LinkRows.AddAsync(storage, chunk, Stop);
        var (_, snapshots) = SnapshotLab.Of(storage, _time);
        using var end = snapshots;
        await snapshots.GetAsync(_project, Stop);

        foreach (var link in links[1..])
            await storage.Links.DeleteAsync(_project, link.Id, Stop);

        Assert.Equal([links[0].Id], (await snapshots.GetAsync(_project, Stop)).Links.Select(link => link.Id));
    }

    [Fact]
    public async Task What_another_process_writes_shows_when_it_is_looked_for()
    {
        var storage = await SnapshotLab.StorageAsync(_time);
        var other = storage.Through(new CountHook());
        var links = Links(3);
        await LinkRows.AddAsync(storage, links, Stop);
        var (_, snapshots) = SnapshotLab.Of(storage, _time);
        using var end = snapshots;
        await snapshots.GetAsync(_project, Stop);

        // A confirmed change, by its row.
        var stored = (await other.Links.GetAsync(_project, links[0].Id, Stop))!;
        var change = StorageSamples.Change(stored, _time.GetUtcNow());
        await other.Links.SaveCheckAsync(stored with { Note = "x" }, change, Stop);
        Assert.DoesNotContain((await snapshots.GetAsync(_project, Stop)).Links, link => link.HasNote);
        _time.Advance(ProjectLinks.ChangesEvery);
        Assert.Single((await snapshots.GetAsync(_project, Stop)).Links, link => link.HasNote);

        // An edit, by looking through all rows; who comes later than that waits for it.
        await NoteAsync(other, links[1].Id);
        _time.Advance(ProjectLinks.MaxAge + TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await snapshots.GetAsync(_project, Stop)).Links.Count(link => link.HasNote));

        // A deletion, by reading all anew.
        await other.Links.DeleteAsync(_project, links[2].Id, Stop);
        _time.Advance(ProjectLinks.ReloadEvery);
        Assert.Equal(2, (await snapshots.GetAsync(_project, Stop)).Links.Count);
    }

    [Fact]
    public async Task More_writes_than_are_remembered_are_found_by_looking_through_all_rows()
    {
        var storage = await SnapshotLab.StorageAsync(_time);
        var links = Links(1_500);
        foreach (var chunk in links.Chunk(1_000))
            await LinkRows.AddAsync(storage, chunk, Stop);
        var (_, snapshots) = SnapshotLab.Of(storage, _time);
        using var end = snapshots;
        await snapshots.GetAsync(_project, Stop);

        foreach (var link in links)
            await NoteAsync(storage, link.Id);

        Assert.All((await snapshots.GetAsync(_project, Stop)).Links, link => Assert.True(link.HasNote));
    }

    [Fact]
    public async Task A_storage_that_fails_fails_the_call_and_the_next_one_reads_again()
    {
        var storage = await SnapshotLab.StorageAsync(_time);
        var links = Links(2);
        await LinkRows.AddAsync(storage, links, Stop);
        var hook = new FailHook { IsFailing = true };
        var through = storage.Through(hook);
        var (_, snapshots) = SnapshotLab.Of(through, _time);
        using var end = snapshots;

        await Assert.ThrowsAsync<InvalidOperationException>(() => snapshots.GetAsync(_project, Stop));
        hook.IsFailing = false;
        Assert.Equal(2, (await snapshots.GetAsync(_project, Stop)).Links.Count);

        await NoteAsync(through, links[0].Id);
        hook.IsFailing = true;
        await Assert.ThrowsAsync<InvalidOperationException>(() => snapshots.GetAsync(_project, Stop));
        hook.IsFailing = false;
        Assert.Single((await snapshots.GetAsync(_project, Stop)).Links, link => link.HasNote);
    }

    [Fact]
    public async Task A_damaged_row_is_in_no_list_and_comes_back_when_it_is_repaired()
    {
        var storage = await SnapshotLab.StorageAsync(_time);
        var links = Links(2);
        await LinkRows.AddAsync(storage, links, Stop);
        var whole = (await storage.Tables.Open(TableNames.Links).GetAsync(_project.Value, LinkKeys.Link(links[0].Id), Stop))!;
        await SnapshotLab.DamageAsync(storage, _project, links[0].Id);
        var (_, snapshots) = SnapshotLab.Of(storage, _time);
        using var end = snapshots;

        var damaged = await snapshots.GetAsync(_project, Stop);
        await storage.Tables.Open(TableNames.Links).PutAsync(whole, Stop);
        _time.Advance(ProjectLinks.MaxAge + TimeSpan.FromSeconds(1));
        var repaired = await snapshots.GetAsync(_project, Stop);

        Assert.Equal([links[1].Id], damaged.Links.Select(link => link.Id));
        Assert.Equal([links[0].Id], damaged.Unreadable);
        Assert.Equal(2, repaired.Links.Count);
        Assert.Empty(repaired.Unreadable);
    }

    [Fact]
    public async Task The_project_that_was_used_longest_ago_goes_when_memory_is_short()
    {
        var storage = await SnapshotLab.StorageAsync(_time);
        var (_, snapshots) = SnapshotLab.Of(storage, _time, megabytes: 1);
        using var end = snapshots;
        var projects = Enumerable.Range(0, 4).Select(_ => ProjectId.New()).ToList();
        foreach (var project in projects)
            await LinkRows.AddAsync(storage, Enumerable.Range(0, 1_500).Select(number => Link(project, number)), Stop);

        var first = await snapshots.GetAsync(projects[0], Stop);
        await snapshots.GetAsync(projects[1], Stop);
        Assert.Same(first, await snapshots.GetAsync(projects[0], Stop));
        Assert.Equal(2, snapshots.Count);
        await snapshots.GetAsync(projects[2], Stop);
        await snapshots.GetAsync(projects[3], Stop);

        Assert.True(snapshots.Bytes <= 1024 * 1024, $"{snapshots.Bytes} bytes in {snapshots.Count}.");
        Assert.InRange(snapshots.Count, 2, 3);
        Assert.NotSame(first, await snapshots.GetAsync(projects[0], Stop));
    }

    [Fact]
    public async Task A_project_beyond_the_memory_of_all_is_refused()
    {
        var storage = await SnapshotLab.StorageAsync(_time);
        var (_, snapshots) = SnapshotLab.Of(storage, _time, megabytes: 1);
        using var end = snapshots;
        foreach (var chunk in Links(5_000).Chunk(1_000))
            await LinkRows.AddAsync(storage, chunk, Stop);

        await Assert.ThrowsAsync<SnapshotTooLargeException>(() => snapshots.GetAsync(_project, Stop));
    }

    [Fact]
    public async Task Writers_and_readers_at_once_end_with_what_is_stored()
    {
        var storage = await SnapshotLab.StorageAsync(_time);
        await LinkRows.AddAsync(storage, Links(200), Stop);
        var (_, snapshots) = SnapshotLab.Of(storage, _time);
        using var end = snapshots;
        var links = Links(200);

        await Parallel.ForEachAsync(Enumerable.Range(0, 400), Stop, async (number, stop) =>
        {
            if (number % 4 == 0)
                await snapshots.GetAsync(_project, stop);
            else if (number % 4 == 1)
                await storage.Links.DeleteAsync(_project, links[number % 50].Id, stop);
            else
                await storage.Links.RegisterAsync(links[number / 2], stop);
            if (number % 40 == 0)
                _time.Advance(ProjectLinks.ScanEvery);
        });

        var stored = await storage.Links.ReadAllAsync(_project, LinkFilter.None, Stop).Select(link => link.Id).ToListAsync(Stop);
        Assert.Equal(stored, (await snapshots.GetAsync(_project, Stop)).Links.Select(link => link.Id));
    }

    private List<WatchedLink> Links(int count) => [.. Enumerable.Range(0, count).Select(number => Link(_project, number))];

    private static IEnumerable<LinkId> Ordered(IEnumerable<WatchedLink> links) =>
        links.Select(link => link.Id).OrderBy(id => id.Value, StringComparer.Ordinal);

    private static WatchedLink Link(ProjectId project, int number) => StorageSamples.Link(project, $"https://blog.example.net/{number}");

    private async Task NoteAsync(TestStorage storage, LinkId id) =>
        await storage.Links.SaveAsync((await storage.Links.GetAsync(_project, id, Stop))! with { Note = "x" }, Stop);

    /// <summary>Holds one reading of a single link, after it was read.</summary>
    private sealed class OneReadHook : StorageHook
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _holds;

        public Task Reached => _reached.Task;

        public void Hold() => _holds = 1;

        public void Release() => _open.SetResult();

        public override Task AfterAsync(StorageCall call)
        {
            if (call.Operation != nameof(ITable.GetAsync) || Interlocked.Exchange(ref _holds, 0) == 0)
                return Task.CompletedTask;
            _reached.SetResult();
            return _open.Task;
        }
    }

    private sealed class FailHook : StorageHook
    {
        public bool IsFailing { get; set; }

        public override Task BeforeAsync(StorageCall call) =>
            IsFailing ? throw new InvalidOperationException("The storage fails.") : Task.CompletedTask;
    }
}
