using LinkMonitor.About;
using LinkMonitor.Alerts;
using LinkMonitor.Alerts.Files;
using LinkMonitor.Alerts.Kinds;
using LinkMonitor.Alerts.Posting;
using LinkMonitor.Alerts.SendGrid;
using LinkMonitor.Alerts.Sending;
using LinkMonitor.Alerts.Smtp;
using LinkMonitor.Api.Pipeline;
using LinkMonitor.ClientReports;
using LinkMonitor.Dashboard.Pages;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Documentation;
using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Exports;
using LinkMonitor.Failures;
using LinkMonitor.Heartbeats;
using LinkMonitor.Hosting.Account;
using LinkMonitor.Hosting.Budgets;
using LinkMonitor.Hosting.Functions;
using LinkMonitor.Hosting.Installations;
using LinkMonitor.Hosting.Settings;
using LinkMonitor.Hosting.Triggers;
using LinkMonitor.Landing;
using LinkMonitor.Placements.Publishing;
using LinkMonitor.Placements.Samples;
using LinkMonitor.Projects;
using LinkMonitor.Retention;
using LinkMonitor.Sharing.Pages;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Installations;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Telemetry;
using LinkMonitor.Watchdog;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Hosting.Serving;

/// <summary>Puts the rooms together: the same application behind the Functions host and standalone.</summary>
internal static class Rooms
{
    /// <summary>Registers every room but what starts the functions. The storage is opened when it is first used.</summary>
    public static void Add(IServiceCollection services, StorageOptions storage) => Add(services, () => storage);

    /// <inheritdoc cref="Add(IServiceCollection, StorageOptions)"/>
    /// <param name="storage">Asked when the storage is first used.</param>
    public static void Add(IServiceCollection services, Func<StorageOptions> storage)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddLinkMonitorStorage(_ => storage());
        services.AddMetrics();
        services.AddSingleton<ProductMeter>();
        services.AddSingleton<FailureNotes>();
        services.AddSingleton<FailedWork>();
        services.AddSingleton<SetAsideList>();
        services.AddSingleton<ISetAside>(provider => provider.GetRequiredService<SetAsideList>());
        services.AddMonitoring();
        services.AddSingleton<ProjectPurge>();
        services.AddRetention();
        services.AddSnapshots();
        services.AddSending();
        services.AddAlertChannels();
        services.AddApi();
        services.AddDashboard();
        services.AddWatchdog();
        services.AddHeartbeat();
        services.AddBudgets();

        // Read before the rooms are there; known here, so that its names are.
        services.AddSettings<LocalOptions>(LocalOptions.Section);
        services.AddSingleton(static _ => ReadFunctions());
        services.AddSingleton<FunctionRunner>();
    }

    /// <summary>The functions that the loops start. Only these classes are read: to look everywhere costs 20 ms of each start.</summary>
    public static FunctionCatalog ReadFunctions() => FunctionCatalog.Of(typeof(Queues), typeof(Timers));

    /// <summary>The pipeline and the routes.</summary>
    public static void Use(IApplicationBuilder app)
    {
        app.UseBrowserScheme();
        app.UseRequestTracing();
        app.UseApi();
        app.UseEndpoints(routes =>
        {
            routes.MapLanding();
            routes.MapSharing();
            routes.MapSharedReports();
            routes.MapSharedClientReports();
            routes.MapSharedExports();
            routes.MapApi();
            routes.MapDashboard();
            var open = routes.MapGroup(string.Empty).WithRequestCheck();
            open.MapSamples();
            open.MapHealth();
            open.MapDocs();
            open.MapPlainDocs();
        });
    }
}

/// <summary>Registers the channels of the catalogue, and a line for each mail transport.</summary>
internal static class AlertChannelServices
{
    /// <summary>
    /// Adds an <see cref="IAlertChannel"/> per <see cref="ChannelKind"/>; that of e-mail, also without a key, is the transport that
    /// <c>LinkMonitor:Mail:Transport</c> chooses. Validates the settings at start.
    /// </summary>
    public static IServiceCollection AddAlertChannels(this IServiceCollection services)
    {
        services.AddSettings<MailOptions>(MailOptions.Section);
        services.AddSingleton(new SettingsValidation((_, configuration) => MailOptions.Unchosen(configuration)));
        services.AddHostedService<OwnLanguages>();
        services.AddTransport<FilesChannel, FilesOptions>(MailTransport.Files, FilesOptions.Section);
        services.AddTransport<SmtpChannel, SmtpOptions>(MailTransport.Smtp, SmtpOptions.Section);
        services.AddTransport<SendGridChannel, SendGridOptions>(MailTransport.SendGrid, SendGridOptions.Section);
        services.AddSingleton(provider => provider.GetRequiredKeyedService<IAlertChannel>(
            provider.GetRequiredService<IOptions<MailOptions>>().Value.Chosen));
        services.AddKeyedSingleton(ChannelKind.Email, (provider, _) => provider.GetRequiredService<IAlertChannel>());
        foreach (var type in ChannelCatalogue.All.Where(type => type.Sender is not null))
            services.AddKeyedSingleton(typeof(IAlertChannel), type.Kind, type.Sender!);
        services.TryAddSingleton(SmtpTrust.System);
        services.AddSingleton<SmtpConnectionPool>();
        services.AddSingleton<AlertChannels>();
        return services.AddPosting();
    }

    private static IServiceCollection AddPosting(this IServiceCollection services)
    {
        services.TryAddSingleton<INameResolver, DnsNameResolver>();
        services.AddSettings<ChannelOptions>(ChannelOptions.Section);
        services.AddSingleton<OutgoingPolicy>();
        services.AddSingleton<MessagePoster>();
        services.AddHttpClient(MessagePoster.HttpClientName).ConfigurePrimaryHttpMessageHandler(
            provider => OutgoingHandler.Create(provider, provider.GetRequiredService<OutgoingPolicy>().Addresses))
            // They write URLs, which are secrets here, whatever levels somebody sets.
            .RemoveAllLoggers();
        // The operator, not a user, has set SendGrid's address, so it may be on this machine.
        services.AddHttpClient(SendGridChannel.HttpClientName)
            .ConfigurePrimaryHttpMessageHandler(provider => OutgoingHandler.Create(
                provider, new AddressPolicy(provider.GetRequiredService<IOptions<SendGridOptions>>().Value.BaseUrl.IsLoopback)))
            .AddHttpMessageHandler(() => new BoundedAnswerHandler(SendGridChannel.MaxAnswerBytes));
        return services;
    }

    // The settings of a transport that is not chosen need not be filled in.
    private static void AddTransport<TChannel, TOptions>(this IServiceCollection services, MailTransport transport, string section)
        where TChannel : class, IAlertChannel
        where TOptions : class, new()
    {
        services.AddSettings<TOptions>(section, provider => provider.GetRequiredService<IOptions<MailOptions>>().Value.Chosen == transport);
        services.AddKeyedSingleton<IAlertChannel, TChannel>(transport);
    }
}

/// <summary>
/// Checks all settings before anything is started, those of the storage among them: what is wrong is reported in one list.
/// </summary>
internal static class StartCheck
{
    /// <summary>What is wrong, a line each; empty when nothing is.</summary>
    public static async Task<IReadOnlyList<string>> FailuresAsync(IConfiguration configuration)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(configuration);

        // Nothing is opened: only the rules of the rooms are asked.
        Rooms.Add(services, new StorageOptions());
        services.AddTelemetryExport(configuration, Product.Version);
        await using var provider = services.BuildServiceProvider();
        return Failures(provider);
    }

    /// <summary>The same of an application that was built, and has opened nothing yet.</summary>
    public static IReadOnlyList<string> Failures(IServiceProvider services)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        return [.. SettingsCheck.Failures(services), .. Storage(configuration), .. PortCheck.Unreadable(configuration)];
    }

    /// <summary>Whether the settings name a storage account, if only wrongly.</summary>
    public static bool NamesStorage(IConfiguration configuration)
    {
        try
        {
            return StorageAccount.From(configuration) is not null;
        }
        catch (InvalidStorageOptionsException)
        {
            return true;
        }
    }

    private static IEnumerable<string> Storage(IConfiguration configuration)
    {
        try
        {
            // Opening an account reads its setting and asks nobody.
            if (StorageAccount.From(configuration) is { } account)
                InstallationMarkStore.Of(account.ToOptions());
            return [];
        }
        catch (InvalidStorageOptionsException e)
        {
            return [e.Message];
        }
    }
}
