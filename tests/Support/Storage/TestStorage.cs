using Azure.Data.Tables;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Auditing;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Storage.Failures;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Imports;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Outages;
using LinkMonitor.Storage.Outreach;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Storage.Retention;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Watching;

namespace LinkMonitor.Testing.Storage;

/// <summary>A storage account of one test's own, and every store on it.</summary>
internal abstract class TestStorage(ITableService tables, IMessageQueues messages, RecordedSetAside aside)
{
    /// <summary>What readers set aside.</summary>
    public RecordedSetAside Aside { get; } = aside;

    public ITableService Tables { get; } = tables;

    public IMessageQueues Messages { get; } = messages;

    public LinkWrites LinkWrites { get; } = new();

    public ILinkStore Links => field ??= new TableLinkStore(new StoreTables(Tables, Aside), LinkWrites);

    public ILinkFactStore LinkFacts { get; } = new TableLinkFactStore(new StoreTables(tables, aside));

    public ICaseStore Cases { get; } = new TableCaseStore(new StoreTables(tables, aside));

    public IPageStore Pages { get; } = new TablePageStore(new StoreTables(tables, aside), HostLimits.Widest, TimeProvider.System);

    public IHostStore Hosts { get; } = new TableHostStore(new StoreTables(tables, aside), HostLimits.Widest, TimeProvider.System);

    public IProjectStore Projects { get; } = new TableProjectStore(new StoreTables(tables, aside));

    public IKeyStore Keys { get; } = new TableKeyStore(new StoreTables(tables, aside));

    public ISignInStore SignIns { get; } = new TableSignInStore(new StoreTables(tables, aside));

    public ISigningKeyStore SigningKeys { get; } = new TableSigningKeyStore(new StoreTables(tables, aside), TimeProvider.System);

    public IFormerLinkStore Formers { get; } = new TableFormerLinkStore(new StoreTables(tables, aside));

    public IFormerAnswerStore Answers { get; } = new TableFormerAnswerStore(new StoreTables(tables, aside));

    public IImportStore Imports { get; } = new TableImportStore(new StoreTables(tables, aside));

    public IPolledSheetStore Sheets { get; } = new TablePolledSheetStore(new StoreTables(tables, aside));

    public IClientReportStore Reports { get; } = new TableClientReportStore(new StoreTables(tables, aside));

    public IReportShareStore Shares { get; } = new TableReportShareStore(new StoreTables(tables, aside));

    public IUndoStore Undo { get; } = new TableUndoStore(new StoreTables(tables, aside));

    public IExportAddressStore Addresses { get; } = new TableExportAddressStore(new StoreTables(tables, aside));

    public ISavedViewStore Views { get; } = new TableSavedViewStore(new StoreTables(tables, aside));

    public ILinkTypeStore Types { get; } = new TableLinkTypeStore(new StoreTables(tables, aside));

    public IDataKeyStore DataKeys { get; } = new TableDataKeyStore(new StoreTables(tables, aside));

    public IAlertStore Alerts { get; } = new TableAlertStore(new StoreTables(tables, aside), TimeProvider.System);

    public IChannelStore Channels { get; } = new TableChannelStore(new StoreTables(tables, aside));

    public IAlertPlanStore AlertPlans { get; } = new TableAlertPlanStore(new StoreTables(tables, aside));

    public IAlertWorkStore AlertWork { get; } = new TableAlertWorkStore(new StoreTables(tables, aside));

    public IFailureStore Failures { get; } = new TableFailureStore(new StoreTables(tables, aside));

    public IOutageStore Outages { get; } = new TableOutageStore(new StoreTables(tables, aside));

    public IWatchdogStore Watchdog { get; } = new TableWatchdogStore(new StoreTables(tables, aside));

    public IScheduleAge ScheduleAge { get; } = new ShardScheduleAge(new StoreTables(tables, aside));

    public IOutreachTemplateStore Templates { get; } = new TableOutreachTemplateStore(new StoreTables(tables, aside));

    public IRetentionStore Retention { get; } = new TableRetentionStore(new StoreTables(tables, aside));

    public IAuditStore Audit { get; } = new TableAuditStore(new StoreTables(tables, aside));

    public ISetAsideStore SetAside { get; } = new TableSetAsideStore(tables);

    public IWorkQueues Queues { get; } = new StorageWorkQueues(messages, TimeProvider.System);

    /// <summary>The same account, every call to which passes a hook.</summary>
    public TestStorage Through(StorageHook hook) => new Same(this, new HookedTables(Tables, hook), new HookedQueues(Messages, hook));

    /// <summary>The same account; every write is done, and its first answer is lost on the way, so that it is tried again.</summary>
    /// <param name="lost">How many answers were lost so far.</param>
    public abstract TestStorage Losing(out Func<int> lost);

    /// <summary>What is really stored in one partition, or in a whole table.</summary>
    public abstract Task<List<TableEntity>> RowsAsync(string table, string? partition, CancellationToken cancellationToken);

    /// <summary>How many messages lie on a queue, visible or not.</summary>
    public abstract Task<int> CountAsync(string queue, CancellationToken cancellationToken);

    /// <summary>What is visible on a queue, without any decoding; null when the queue is not there.</summary>
    public abstract Task<IReadOnlyList<string>?> RawMessagesAsync(string queue, CancellationToken cancellationToken);

    /// <summary>Puts a message on a queue as it is.</summary>
    public abstract Task SendRawAsync(string queue, string raw, CancellationToken cancellationToken);

    /// <summary>The account by another way.</summary>
    protected sealed class Same(TestStorage account, ITableService tables, IMessageQueues messages)
        : TestStorage(tables, messages, account.Aside)
    {
        public override TestStorage Losing(out Func<int> lost) => account.Losing(out lost);

        public override Task<List<TableEntity>> RowsAsync(string table, string? partition, CancellationToken cancellationToken) =>
            account.RowsAsync(table, partition, cancellationToken);

        public override Task<int> CountAsync(string queue, CancellationToken cancellationToken) =>
            account.CountAsync(queue, cancellationToken);

        public override Task<IReadOnlyList<string>?> RawMessagesAsync(string queue, CancellationToken cancellationToken) =>
            account.RawMessagesAsync(queue, cancellationToken);

        public override Task SendRawAsync(string queue, string raw, CancellationToken cancellationToken) =>
            account.SendRawAsync(queue, raw, cancellationToken);
    }
}
