using System.Net;
using Google.Protobuf.WellKnownTypes;
using LinkMonitor.IntegrationTests.Support.FunctionsHost.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace LinkMonitor.IntegrationTests.Support.FunctionsHost;

/// <summary>
/// Plays the Azure Functions host: starts the published folder, speaks the worker's protocol with it, and starts its functions when a test
/// says so.
/// </summary>
internal sealed class TestFunctionsHost : IAsyncDisposable
{
    /// <summary>What a host gives a worker that it has told to end.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan StartTime = TimeSpan.FromMinutes(2);

    private readonly WebApplication _app;
    private readonly WorkerConnection _worker;
    private readonly string _folder;

    private TestFunctionsHost(WebApplication app, WorkerConnection worker, string folder, IReadOnlyDictionary<string, string> settings)
    {
        (_app, _worker, _folder) = (app, worker, folder);
        Process = WorkerProcess.Start(folder, new Uri(app.Urls.Single()), Guid.NewGuid().ToString(), settings);
    }

    public WorkerProcess Process { get; }

    /// <summary>The functions that the worker announced, by name.</summary>
    public IReadOnlyDictionary<string, HostedFunction> Functions { get; private set; } = new Dictionary<string, HostedFunction>();

    /// <summary>Where the worker listens for requests.</summary>
    public Uri WorkerUrl { get; private set; } = new("http://127.0.0.1:1");

    /// <summary>Everything the worker logged or wrote.</summary>
    public string Log => $"{_worker.Log}\n{Process.Output}";

    /// <summary>Starts the process alone: for what happens before or instead of the conversation.</summary>
    public static async Task<TestFunctionsHost> LaunchAsync(
        IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var folder = await PublishedApp.FolderAsync(cancellationToken);
        var connection = new WorkerConnection();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton(connection);
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);
        var app = builder.Build();
        app.MapGrpcService<WorkerConnection>();
        await app.StartAsync(cancellationToken);
        return new TestFunctionsHost(app, connection, folder, settings);
    }

    /// <summary>Starts the process and loads every function, in the order of a real host.</summary>
    public static async Task<TestFunctionsHost> StartAsync(
        IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var host = await LaunchAsync(settings, cancellationToken);
        try
        {
            using var limit = new CancellationTokenSource(StartTime, TimeProvider.System);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            await host.OrEndedAsync(host.GreetAsync(stop.Token), stop.Token);
            return host;
        }
        catch (Exception failure)
        {
            var log = host.Log;
            await host.DisposeAsync();
            throw new InvalidOperationException($"The worker did not start:\n{log}", failure);
        }
    }

    /// <summary>A client at the host's web front, under the address people know.</summary>
    public HttpClient CreateClient() =>
        new(new WorkerHttp(_worker, Functions["Http"].Id, WorkerUrl)) { BaseAddress = new Uri("https://links.example.org") };

    /// <summary>Hands a message to a queue function.</summary>
    public HostedRun StartQueue(string function, string message) => Start(function, new TypedData { String = message });

    /// <summary>Lets a timer tick.</summary>
    public HostedRun StartTimer(string function) =>
        Start(function, new TypedData { Json = """{"Schedule":{},"ScheduleStatus":null,"IsPastDue":false}""" });

    /// <inheritdoc cref="WorkerConnection.FunctionEnded"/>
    public Signal FunctionEnded => _worker.FunctionEnded;

    /// <summary>Completes when the worker has logged a text over its stream, which it has two minutes for.</summary>
    public async Task LoggedAsync(string text, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(StartTime, TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        for (var logged = _worker.Logged.Next; !_worker.Log.Contains(text, StringComparison.Ordinal); logged = _worker.Logged.Next)
            await logged.WaitAsync(stop.Token);
    }

    /// <summary>Tells the worker to end and, as a host does, kills it when it has not within its time.</summary>
    public async Task<int> TerminateAsync(CancellationToken cancellationToken)
    {
        _worker.Tell(new StreamingMessage
        {
            WorkerTerminate = new WorkerTerminate { GracePeriod = Duration.FromTimeSpan(GracePeriod) },
        });
        try
        {
            await Process.Ended.WaitAsync(GracePeriod, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException)
        {
            Process.Kill();
        }

        return await Process.ExitCodeAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await _app.DisposeAsync();
    }

    private HostedRun Start(string function, TypedData data)
    {
        var hosted = Functions[function];
        var request = new InvocationRequest
        {
            InvocationId = Guid.NewGuid().ToString(),
            FunctionId = hosted.Id,
            InputData = { new ParameterBinding { Name = hosted.TriggerName, Data = data } },
        };
        return new HostedRun(_worker, request.InvocationId, _worker.InvokeAsync(request));
    }

    private async Task GreetAsync(CancellationToken cancellationToken)
    {
        WorkerUrl = await WorkerGreeting.GreetAsync(_worker, _folder);
        Functions = await WorkerGreeting.LoadAsync(_worker, _folder);
        await WorkerGreeting.ListensAsync(WorkerUrl, cancellationToken);
    }

    private async Task OrEndedAsync(Task work, CancellationToken cancellationToken)
    {
        if (await Task.WhenAny(work, Process.Ended).WaitAsync(cancellationToken) != work)
            throw new InvalidOperationException("It ended.");
        await work;
    }
}
