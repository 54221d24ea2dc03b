using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using LinkMonitor.ClientReports;
using LinkMonitor.Exports;
using LinkMonitor.Filtering;
using LinkMonitor.Retention;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Bench;

/// <summary>
/// What leaves the product: exports and a report of many links that lie in a real storage account (or Azurite), from the rows to the last
/// byte, with their time and how far the memory of the process grows.
/// </summary>
internal static class OutTimes
{
    private const double MiB = 1024 * 1024;
    private const int RowsAtOnce = 100;
    private static readonly ProjectId Id = new("prj_benchbenchbench2");

    /// <param name="connection">
    /// Of the account; its tables get the prefix <c>bench</c> and the number of links, and stay. Or <c>made</c>: rows are made when they
    /// are read, and what is written is dropped, so that what is measured is ours.
    /// </param>
    public static async Task RunAsync(string connection, int links)
    {
        var service = connection == "made"
            ? new MadeTables(new GeneratedLinks(Id, links, links / 2))
            : await FilledAsync(connection, links);
        var project = new Project { Id = Id, Name = "Bench", CreatedAt = DateTimeOffset.UnixEpoch };
        var tables = new StoreTables(service, new NothingSetAside());
        var facts = new TableLinkFactStore(tables);
        var writes = new LinkWrites();
        using var cache = new SnapshotCache(
            facts, writes, Options.Create(new SnapshotOptions()), TimeProvider.System, NullLogger<SnapshotCache>.Instance);
        var lists = new LinkLists(cache, facts, TimeProvider.System);
        var export = new LinkExport(lists, TimeProvider.System, NullLogger<LinkExport>.Instance);
        Console.WriteLine(
            $"{"what",-26} {"seconds",9} {"MB written",11} {"memory",9}   (MiB: the most that was in use beyond the start of each)");
        await MeasureAsync("snapshot", async _ => await lists.OpenAsync(project, CancellationToken.None));
        foreach (var (text, format) in new[]
        {
            ("", ExportFormat.Csv), ("", ExportFormat.Xlsx), ("", ExportFormat.Jsonl), ("sort:-since", ExportFormat.Csv),
            ("sort:page", ExportFormat.Xlsx),
        })
            await MeasureAsync($"{format} {text}", async output => await export.WriteAsync(
                output, await lists.OpenAsync(project, CancellationToken.None), FilterParser.Read(text).Line!, format, true,
                CancellationToken.None));
        var store = new TableClientReportStore(tables);
        var maker = new ReportMaker(
            store, new ReportReading(store), new TableLinkStore(tables, writes), Options.Create(new RetentionOptions()),
            TimeProvider.System);
        var order = new ReportOrder(
            "Bench", null, "en", FilterLine.All, new ReportPeriod(new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 21)),
            ReportRequestReader.UsualSections);
        await MeasureAsync("report", async _ =>
        {
            if (await maker.MakeAsync(project, order, new Author("2hRk7vTq40Xd", "Bench"), null, CancellationToken.None)
                is not ReportOutcome.Made)
                throw new InvalidOperationException("No report was made.");
        });
    }

    private static async Task<ITableService> FilledAsync(string connection, int links)
    {
        var account = StorageConnection.Open(
            new StorageOptions
            {
                ConnectionString = connection,
                NamePrefix = string.Create(CultureInfo.InvariantCulture, $"bench{links}"),
            });
        await new TableSetup(account.Tables).CreateAsync(CancellationToken.None);
        var table = account.Tables.Open(TableNames.Links);
        var made = new GeneratedLinks(Id, links, links / 2);
        foreach (var range in new[] { LinkKeys.Links(Id), LinkKeys.Changes(Id, DateTimeOffset.MinValue) })
        {
            var isThere = false;
            await foreach (var _ in table.QueryAsync(new RowQuery(range) { PerPage = 1 }, CancellationToken.None))
            {
                isThere = true;
                break;
            }

            if (isThere)
                continue;
            var part = new List<TableTransactionAction>(RowsAtOnce);
            await foreach (var row in made.QueryAsync(new RowQuery(range), CancellationToken.None))
            {
                part.Add(new TableTransactionAction(TableTransactionActionType.Add, row));
                if (part.Count == RowsAtOnce)
                    await SubmitAsync();
            }

            await SubmitAsync();

            async Task SubmitAsync()
            {
                if (part.Count > 0 && !await table.SubmitAsync(part, CancellationToken.None))
                    throw new InvalidOperationException("The account has other rows of this project.");
                part.Clear();
            }
        }

        return account.Tables;
    }

    private static async Task MeasureAsync(string what, Func<Stream, Task> run)
    {
        // The most of a moment, not of the process: each is to be told by itself.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var start = GC.GetTotalMemory(forceFullCollection: true);
        using var process = Process.GetCurrentProcess();
        using var stop = new CancellationTokenSource();
        var most = 0L;
        var watching = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                process.Refresh();
                most = Math.Max(most, process.WorkingSet64);
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
            }
        });
        process.Refresh();
        var before = process.WorkingSet64;
        using var output = new CountedBytes();
        var watch = Stopwatch.StartNew();
        await run(output);
        var seconds = watch.Elapsed.TotalSeconds;
        await stop.CancelAsync();
        await watching;
        var kept = GC.GetTotalMemory(forceFullCollection: true) - start;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what,-26} {seconds,9:F1} {output.Bytes / MiB,11:F1} {Math.Max(0, most - before) / MiB,9:F0}   kept {kept / MiB:F0}"));
    }

    private sealed class MadeTables(GeneratedLinks links) : ITableService
    {
        public ITable Open(string name) => name == TableNames.Links ? links : new Dropped();
    }

    /// <summary>Takes everything and keeps nothing.</summary>
    private sealed class Dropped : ITable
    {
        public Task CreateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<TableEntity?> GetAsync(string partition, string rowKey, CancellationToken cancellationToken) =>
            Task.FromResult<TableEntity?>(null);

        public async IAsyncEnumerable<TableEntity> QueryAsync(
            RowQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            yield break;
        }

        public Task<ETag?> AddAsync(TableEntity row, CancellationToken cancellationToken) => Task.FromResult<ETag?>(new ETag("x"));

        public Task<ETag?> ReplaceAsync(TableEntity row, ETag version, CancellationToken cancellationToken) =>
            Task.FromResult<ETag?>(new ETag("x"));

        public Task PutAsync(TableEntity row, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task MergeAsync(TableEntity row, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<bool> DeleteAsync(string partition, string rowKey, ETag version, CancellationToken cancellationToken) =>
            Task.FromResult(true);

        public Task<IReadOnlyList<ETag?>?> SubmitForVersionsAsync(
            IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<ETag?>?>([.. actions.Select(_ => (ETag?)new ETag("x"))]);
    }

    private sealed class CountedBytes : Stream
    {
        public long Bytes { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Bytes;

        public override long Position
        {
            get => Bytes;
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Bytes += count;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Bytes += buffer.Length;
            return ValueTask.CompletedTask;
        }
    }
}
