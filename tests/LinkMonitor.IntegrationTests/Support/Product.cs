using System.Net.Http.Headers;
using Azure.Data.Tables;
using LinkMonitor.Hosting.Functions;
using LinkMonitor.Hosting.Serving;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>
/// The whole product on real parts: its API on Kestrel, its tables and queues on Azurite, its mail on a real server. Only the clock is
/// the test's, and the test decides when a timer ticks and a message is delivered.
/// </summary>
public sealed class Product : IAsyncDisposable
{
    public const string AdminKey = "an admin key for the tests only";
    private readonly WebApplication _app;
    private readonly FunctionCatalog _functions;
    private readonly ProductSettings _settings;

    private Product(WebApplication app, ProductSettings settings)
    {
        (_app, _settings) = (app, settings);
        _functions = app.Services.GetRequiredService<FunctionCatalog>();
        Api = new ApiDriver(new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            // Of a thousand links on a busy machine.
            Timeout = TimeSpan.FromMinutes(5),
            BaseAddress = new Uri(app.Urls.Single()),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", AdminKey) },
        });
    }

    public ManualTimeProvider Clock => _settings.Clock;

    public ApiDriver Api { get; }

    public IServiceProvider Services => _app.Services;

    internal IMessageQueues Queues => _app.Services.GetRequiredService<IMessageQueues>();

    public static async Task<Product> StartAsync(ProductSettings settings, CancellationToken cancellationToken)
    {
        var builder = Server.CreateBuilder(new ServerSettings { Port = 0, AllowPrivateNetworks = settings.AllowPrivateNetworks });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        if (settings.Logs is { } logs)
            builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace).AddFilter(logs.GetType().FullName, LogLevel.Trace);
        builder.Configuration.AddInMemoryCollection(settings.ToConfiguration());
        builder.Services.AddSingleton<TimeProvider>(settings.Clock);
        builder.Services.AddSingleton(settings.Names);
        Server.AddRooms(builder, settings.Storage);
        settings.AddStorage(builder.Services);
        var app = Server.Build(builder);
        await app.Services.GetRequiredService<ITableSetup>().CreateAsync(cancellationToken);
        await app.Services.GetRequiredService<IWorkQueues>().CreateAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        return new Product(app, settings);
    }

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>The public addresses of a project.</summary>
    internal async Task<PublicLinks> LinksAsync(ProjectId project, CancellationToken cancellationToken) =>
        await Get<PublicAddresses>().GetAsync(await Get<IProjectStore>().GetAsync(project, cancellationToken), cancellationToken);

    /// <summary>Has the signing key read, which is known from then on.</summary>
    internal async Task KnowSigningKeyAsync(CancellationToken cancellationToken) =>
        await Get<PublicAddresses>().SignerAsync(
            new Project { Id = ProjectId.New(), Name = "Any", CreatedAt = Clock.GetUtcNow() }, cancellationToken);

    /// <summary>The scheduler's tick, every check it leads to, and every alert those lead to.</summary>
    public async Task RoundAsync(CancellationToken cancellationToken)
    {
        await TickAsync("ScheduleChecks", cancellationToken);
        await DeliverAllAsync("CheckPage", cancellationToken);
        await DeliverAllAsync("SendAlerts", cancellationToken);
    }

    /// <summary>Moves the clock, then runs a round.</summary>
    public async Task RoundAfterAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        Clock.Advance(time);
        await RoundAsync(cancellationToken);
    }

    /// <summary>Runs a timer's function; the scheduler's at the next whole minute, when its timer ticks.</summary>
    public Task TickAsync(string function, CancellationToken cancellationToken)
    {
        var beyond = Clock.GetUtcNow().Ticks % TimeSpan.TicksPerMinute;
        if (function == "ScheduleChecks" && beyond != 0)
            Clock.Advance(TimeSpan.FromTicks(TimeSpan.TicksPerMinute - beyond));
        return RunAsync(function, string.Empty, cancellationToken);
    }

    /// <summary>Delivers what is visible on a function's queue, one message after the other, until there is nothing left.</summary>
    /// <returns>How many messages were delivered.</returns>
    public async Task<int> DeliverAllAsync(string function, CancellationToken cancellationToken)
    {
        var delivered = 0;
        while (await DeliverOneAsync(function, cancellationToken))
            delivered++;
        return delivered;
    }

    /// <summary>Delivers one message and deletes it if its function succeeds, as the Functions host does.</summary>
    /// <returns>False when nothing was visible.</returns>
    public async Task<bool> DeliverOneAsync(string function, CancellationToken cancellationToken)
    {
        var queue = QueueOf(function);
        if (await queue.ReceiveAsync(1, TimeSpan.FromMinutes(10), cancellationToken) is not [var message])
            return false;
        await RunAsync(function, message.Text!, cancellationToken);
        await queue.DeleteAsync(message, cancellationToken);
        return true;
    }

    /// <summary>
    /// Takes one message off a function's queue without running anything: the worker that took it died at once, or two got it.
    /// </summary>
    public async Task<string> TakeAsync(string function, CancellationToken cancellationToken)
    {
        var queue = QueueOf(function);
        if (await queue.ReceiveAsync(1, TimeSpan.FromMinutes(10), cancellationToken) is not [var message])
            throw new InvalidOperationException($"There is no message for {function}.");
        await queue.DeleteAsync(message, cancellationToken);
        return message.Text!;
    }

    /// <summary>What is really stored in a table.</summary>
    public Task<List<TableEntity>> RowsAsync(string table, CancellationToken cancellationToken) =>
        _settings.Memory is { } memory
            ? Task.FromResult(memory.ReadAll(table, null))
            : Get<StorageConnection>().ReadAllAsync(_settings.Storage.NamePrefix + table, null, cancellationToken);

    /// <summary>How many rows a table has.</summary>
    public async Task<int> CountRowsAsync(string table, CancellationToken cancellationToken) =>
        _settings.Memory is { } memory ? memory.CountAll(table) : (await RowsAsync(table, cancellationToken)).Count;

    public Task RunAsync(string function, string message, CancellationToken cancellationToken) =>
        Get<FunctionRunner>().RunAsync(_functions.Find(function)!, message, cancellationToken);

    private IQueueAccess QueueOf(string function) =>
        Queues.Open(((QueueFunctionDefinition)_functions.Find(function)!.Definition).QueueName);

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await _app.DisposeAsync();
    }
}
