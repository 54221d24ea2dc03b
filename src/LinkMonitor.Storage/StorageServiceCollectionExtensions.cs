using System.Diagnostics.Metrics;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Archives;
using LinkMonitor.Storage.Auditing;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Storage.Connecting;
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
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LinkMonitor.Storage;

/// <summary>Registers the storage: one connection, and every store and queue behind its port.</summary>
public static class StorageServiceCollectionExtensions
{
    /// <summary>
    /// Needs an <see cref="ISetAside"/> beside it. The options are asked for when the first store is, so a wrong setting fails there with
    /// <see cref="InvalidStorageOptionsException"/>.
    /// </summary>
    public static IServiceCollection AddLinkMonitorStorage(this IServiceCollection services, Func<IServiceProvider, StorageOptions> options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => StorageConnection.Open(options(provider), provider.GetService<IMeterFactory>()));
        services.AddSingleton(provider => provider.GetRequiredService<StorageConnection>().Tables);
        services.AddSingleton(provider => provider.GetRequiredService<StorageConnection>().Queues);
        services.TryAddSingleton(HostLimits.Widest);
        services.AddSingleton<ITableSetup, TableSetup>();
        services.AddSingleton<StoreTables>();
        services.AddSingleton(provider => new ImportMark(provider.GetRequiredService<ITableService>()));
        services.AddSingleton<ISetAsideStore, TableSetAsideStore>();
        services.AddSingleton<LinkWrites>();
        services.AddSingleton<ILinkStore, TableLinkStore>();
        services.AddSingleton<IUndoStore, TableUndoStore>();
        services.AddSingleton<IFormerLinkStore, TableFormerLinkStore>();
        services.AddSingleton<IFormerAnswerStore, TableFormerAnswerStore>();
        services.AddSingleton<ISavedViewStore, TableSavedViewStore>();
        services.AddSingleton<IExportAddressStore, TableExportAddressStore>();
        services.AddSingleton<ILinkFactStore, TableLinkFactStore>();
        services.AddSingleton<ILinkTypeStore, TableLinkTypeStore>();
        services.AddSingleton<ICaseStore, TableCaseStore>();
        services.AddSingleton<IPageStore, TablePageStore>();
        services.AddSingleton<IScheduleAge, ShardScheduleAge>();
        services.AddSingleton<IHostStore, TableHostStore>();
        services.AddSingleton<IProjectStore, TableProjectStore>();
        services.AddSingleton<IKeyStore, TableKeyStore>();
        services.AddSingleton<ISignInStore, TableSignInStore>();
        services.AddSingleton<ISigningKeyStore, TableSigningKeyStore>();
        services.AddSingleton<IDataKeyStore, TableDataKeyStore>();
        services.AddSingleton<IAlertStore, TableAlertStore>();
        services.AddSingleton<IChannelStore, TableChannelStore>();
        services.AddSingleton<IOutreachTemplateStore, TableOutreachTemplateStore>();
        services.AddSingleton<IAlertPlanStore, TableAlertPlanStore>();
        services.AddSingleton<IAlertWorkStore, TableAlertWorkStore>();
        services.AddSingleton<IFailureStore, TableFailureStore>();
        services.AddSingleton<IOutageStore, TableOutageStore>();
        services.AddSingleton<IWatchdogStore, TableWatchdogStore>();
        services.AddSingleton<IRetentionStore, TableRetentionStore>();
        services.AddSingleton<IAuditStore, TableAuditStore>();
        services.AddSingleton<IImportStore, TableImportStore>();
        services.AddSingleton<IPolledSheetStore, TablePolledSheetStore>();
        services.AddSingleton<IClientReportStore, TableClientReportStore>();
        services.AddSingleton<IReportShareStore, TableReportShareStore>();
        services.AddSingleton<IWorkQueues, StorageWorkQueues>();
        return services;
    }
}
