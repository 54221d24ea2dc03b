using System.Diagnostics.Metrics;
using System.Globalization;
using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>What a test's product runs on.</summary>
public sealed record ProductSettings
{
    public required StorageOptions Storage { get; init; }

    /// <summary>Stands in for <see cref="Storage"/>; null for Azurite.</summary>
    internal MemoryAccount? Memory { get; private init; }

    /// <summary>What every storage call passes; null for nothing.</summary>
    internal StorageHook? Hook { get; private init; }

    public ManualTimeProvider Clock { get; init; } = new(new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero));

    /// <summary>Tests' pages are on loopback, so the address gate is open unless a test is about it.</summary>
    public bool AllowPrivateNetworks { get; init; } = true;

    /// <summary>The mail server's port; null to write files into <see cref="MailFolder"/>.</summary>
    public int? SmtpPort { get; init; }

    public string? MailFolder { get; init; }

    /// <summary>None by default: the ordinary ones are on the internet.</summary>
    public string ControlUrls { get; init; } = "";

    /// <summary>DNS; none answers by default.</summary>
    public INameResolver Names { get; init; } = new NoNames();

    /// <summary>Settings that the test is about, by their configuration names.</summary>
    public Dictionary<string, string?> More { get; init; } = [];

    /// <summary>Where measurements go; null for the ordinary meters.</summary>
    public IMeterFactory? Meters { get; init; }

    /// <summary>Where the log goes, all of it; null for nowhere.</summary>
    public ILoggerProvider? Logs { get; init; }

    /// <summary>None unless a test is about it: changes are told when they come.</summary>
    public TimeSpan GroupingDelay { get; init; }

    public TimeSpan GroupInterval { get; init; }

    /// <summary>Out of reach unless a test is about it.</summary>
    public int FlappingChanges { get; init; } = 100;

    public static ProductSettings On(AzuriteFixture azurite) => new()
    {
        Storage = new StorageOptions { ConnectionString = azurite.ConnectionString, NamePrefix = azurite.UniqueName("p") },
    };

    /// <summary>In memory, on the product's own clock: as much of the matrix of crashes as there is time for.</summary>
    public static ProductSettings InMemory() => InMemory(new ManualTimeProvider(new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero)));

    /// <inheritdoc cref="InMemory()"/>
    public static ProductSettings InMemory(ManualTimeProvider clock) => new()
    {
        Storage = new StorageOptions { ConnectionString = "UseDevelopmentStorage=true" },
        Clock = clock,
        Memory = new MemoryAccount(clock),
    };

    /// <summary>The same settings and account, with every storage call passing a hook.</summary>
    internal ProductSettings Through(StorageHook hook) => this with { Hook = hook };

    /// <summary>Puts what the test wants in the place of the registered storage.</summary>
    internal void AddStorage(IServiceCollection services)
    {
        if (Meters is { } meters)
            services.AddSingleton(meters);
        if (Memory is { } memory)
            services.AddSingleton<ITableService>(memory).AddSingleton<IMessageQueues>(memory);
        if (Hook is not { } hook)
            return;
        services.AddSingleton<ITableService>(
            provider => new HookedTables(Memory ?? provider.GetRequiredService<StorageConnection>().Tables, hook));
        services.AddSingleton<IMessageQueues>(
            provider => new HookedQueues(Memory ?? provider.GetRequiredService<StorageConnection>().Queues, hook));
    }

    /// <summary>No pauses and no grouping delay: queues count real time, which tests do not wait for.</summary>
    public Dictionary<string, string?> ToConfiguration() => new(Ordinary().Where(setting => !More.ContainsKey(setting.Key)).Concat(More));

    private Dictionary<string, string?> Ordinary() => new()
    {
        ["LinkMonitor:AdminKey"] = Product.AdminKey,
        // The clock is the test's, so no window ends by itself.
        ["LinkMonitor:Limits:RequestsPerMinute"] = "1000000",
        ["LinkMonitor:Monitoring:HostPause"] = "00:00:00",
        // A message a page unless the test is about it: most tests count or hold them.
        ["LinkMonitor:Monitoring:PagesPerMessage"] = "1",
        ["LinkMonitor:Outages:ControlUrls"] = ControlUrls,
        ["LinkMonitor:Alerts:GroupingDelay"] = GroupingDelay.ToString("c", CultureInfo.InvariantCulture),
        ["LinkMonitor:Alerts:GroupInterval"] = GroupInterval.ToString("c", CultureInfo.InvariantCulture),
        ["LinkMonitor:Alerts:FlappingChanges"] = FlappingChanges.ToString(CultureInfo.InvariantCulture),
        ["LinkMonitor:Mail:Transport"] = SmtpPort is null ? "files" : "smtp",
        ["LinkMonitor:Mail:From"] = "alerts@example.org",
        ["LinkMonitor:Mail:Files:Folder"] = MailFolder ?? "./outbox",
        ["LinkMonitor:Mail:Smtp:Host"] = "127.0.0.1",
        ["LinkMonitor:Mail:Smtp:Port"] = (SmtpPort ?? 25).ToString(CultureInfo.InvariantCulture),
        ["LinkMonitor:Mail:Smtp:Security"] = "None",
    };
}
