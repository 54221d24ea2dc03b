using LinkMonitor.Alerts;
using LinkMonitor.Alerts.Kinds;
using LinkMonitor.Alerts.Sending;
using LinkMonitor.Sharing.Pages;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Writing;
using LinkMonitor.Telemetry;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace LinkMonitor.Tests.Alerts.Sending;

/// <summary>
/// What sends alerts, put together as the product has it, on storage in memory. The clock, the channels and, where a test wants one to
/// fail, the stores are the test's.
/// </summary>
internal sealed class SendingRig : IAsyncDisposable
{
    public static readonly Project Project = new()
    {
        Id = new ProjectId("prj_abcdefghij234567"),
        Name = "Widgets",
        Recipients = [],
        TimeZone = "UTC",
        CreatedAt = StorageSamples.Noon,
    };

    private readonly ServiceProvider _services;

    /// <param name="with">Takes the place of what is registered before it.</param>
    public SendingRig(TestStorage storage, ManualTimeProvider clock, Action<IServiceCollection>? with = null)
    {
        (Storage, Clock) = (storage, clock);
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton<TimeProvider>(clock)
            .AddLogging()
            .AddMetrics()
            .AddSingleton<ProductMeter>()
            .AddSingleton<ISigningKeyStore, FixedSigningKey>()
            .AddSharing()
            .AddSending()
            .AddSingleton<Jitter>(() => 0)
            .AddSingleton<AlertChannels>()
            .AddSingleton<ISetAside>(storage.Aside)
            .AddSingleton(storage.Links)
            .AddSingleton(storage.Cases)
            .AddSingleton(storage.Types)
            .AddSingleton(storage.Projects)
            .AddSingleton(storage.Alerts)
            .AddSingleton(storage.AlertPlans)
            .AddSingleton(storage.AlertWork)
            .AddSingleton(storage.Channels)
            .AddSingleton(storage.Outages)
            .AddSingleton(storage.Watchdog)
            .AddSingleton(storage.Queues);
        foreach (var kind in Enum.GetValues<ChannelKind>())
            services.AddKeyedSingleton(kind, Sender(kind));
        with?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    public ManualTimeProvider Clock { get; }

    public TestStorage Storage { get; }

    /// <summary>What the other side does with a message; by default it takes it.</summary>
    public Func<ChannelKind, AlertMessage, CancellationToken, Task<DeliveryResult>> Answer { get; set; } =
        (_, _, _) => Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted("receipt"));

    /// <summary>Whom something was sent to, in order, accepted or not.</summary>
    public List<string> Sent { get; } = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<SendingRig> StartAsync(Action<IServiceCollection>? with = null)
    {
        var storage = await MemoryStorage.Source.CreateAsync(Stop);
        await storage.Queues.CreateAsync(Stop);
        await storage.Projects.AddAsync(Project, Stop);
        return new SendingRig(storage, new ManualTimeProvider(StorageSamples.Noon), with);
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public void Answers(DeliveryResult result) => Answer = (_, _, _) => Task.FromResult(result);

    public DeliveryRun Run(params Channel[] channels) => new(
        Project,
        channels.ToDictionary(channel => channel.Id.Value, StringComparer.Ordinal),
        new RunBudget(Clock, TimeSpan.FromMinutes(3)),
        Get<PausedRoutes>());

    public async Task<Channel> AddAsync(ChannelKind kind, string address, Func<Channel, Channel>? with = null)
    {
        var channel = new Channel
        {
            ProjectId = Project.Id,
            Id = ChannelIdFactory.For(Project.Id, kind, address),
            Kind = kind,
            Address = address,
            CreatedAt = StorageSamples.Noon,
        };
        Assert.Equal(SaveOutcome.Saved, await Storage.Channels.SaveAsync(with?.Invoke(channel) ?? channel, Stop));
        return (await Storage.Channels.GetAsync(Project, channel.Id, Stop))!;
    }

    /// <summary>A link with a change that waits in the outbox.</summary>
    public async Task<LinkChange> ChangeAsync(int number = 1)
    {
        var link = StorageSamples.Link(Project.Id, $"https://blog.example.net/{number}");
        var stored = (await Storage.Links.RegisterAsync(link, Stop)).Link;
        var change = StorageSamples.Change(stored, Clock.GetUtcNow().AddMinutes(-number));
        Assert.Equal(SaveOutcome.Saved, await Storage.Links.SaveCheckAsync(stored, change, Stop));
        return change;
    }

    /// <summary>An open alert that reports changes, with a copy for each channel.</summary>
    public async Task<Alert> OpenAsync(IReadOnlyList<LinkChange> changes, params Channel[] channels)
    {
        var alert = new Alert
        {
            Id = AlertIds.For(Project.Id, AlertKind.Incident, changes.Select(change => change.Id)),
            ProjectId = Project.Id,
            Cause = new AlertCause("link", null),
            CreatedAt = Clock.GetUtcNow(),
            Subject = "Lost",
            ChangeCount = changes.Count,
            Deliveries = [.. channels.Select(CopyFor)],
            LeasedUntil = Clock.GetUtcNow(),
        };
        var plan = await Storage.AlertPlans.GetAsync(Project.Id, Stop);
        var opened = new NewAlert(alert, [.. changes.Select(change => change.OutboxKey)]);
        Assert.NotNull(await Storage.AlertPlans.TryWriteAsync(new PlanResult { Plan = plan, Opened = [opened] }, Stop));
        return (await StoredAsync(alert))!;
    }

    public static Delivery CopyFor(Channel channel) =>
        new() { ChannelId = channel.Id.Value, Channel = channel.Kind, Recipient = channel.Recipient() };

    public Task<Alert?> StoredAsync(Alert alert) => Storage.Alerts.GetAsync(alert.ProjectId, alert.Id, Stop);

    public async Task<IReadOnlyList<Alert>> NoticesAsync() =>
        (await Storage.Alerts.ReadOpenAsync(Alert.OperatorPartition, Stop)).Items;

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private IAlertChannel Sender(ChannelKind kind)
    {
        var channel = new Mock<IAlertChannel>();
        channel.Setup(one => one.MaxChangesPerMessage).Returns(int.MaxValue);
        channel.Setup(one => one.SendAsync(It.IsAny<AlertMessage>(), It.IsAny<CancellationToken>()))
            .Returns((AlertMessage message, CancellationToken token) =>
            {
                lock (Sent)
                    Sent.Add(message.Recipient);
                return Answer(kind, message, token);
            });
        return channel.Object;
    }
}
