using System.Reflection;
using System.Text.Json;
using LinkMonitor.Hosting.Functions;
using LinkMonitor.Hosting.Serving;
using LinkMonitor.Hosting.Standalone;
using LinkMonitor.Hosting.Triggers;
using LinkMonitor.Storage.Queues;
using Microsoft.Azure.Functions.Worker;

namespace LinkMonitor.Tests.Hosting.Triggers;

/// <summary>The functions and the settings that the Functions host runs them with.</summary>
public sealed class TriggersTests
{
    private static readonly FunctionCatalog Catalog = FunctionCatalog.Of(typeof(Queues).Assembly.GetTypes());

    private static readonly JsonElement HostJson = JsonElement.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Deployed", "host.json")));

    [Fact]
    public void The_loops_start_every_function_there_is() =>
        Assert.Equal(Definitions(Catalog), Definitions(Rooms.ReadFunctions()));

    [Fact]
    public void Every_queue_is_read_and_so_is_its_poison_queue()
    {
        var read = Catalog.All.Select(function => function.Definition).OfType<QueueFunctionDefinition>().Select(queue => queue.QueueName);

        Assert.Equal(
            QueueNames.All.SelectMany(queue => new[] { queue, $"{queue}-poison" }).Order(StringComparer.Ordinal),
            read.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Timers_are_watched_and_do_not_run_on_every_start()
    {
        var timers = typeof(Timers).GetMethods().SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<TimerTriggerAttribute>()).OfType<TimerTriggerAttribute>().ToList();

        Assert.NotEmpty(timers);
        Assert.All(timers, timer => Assert.True(timer is { UseMonitor: true, RunOnStartup: false }));
    }

    [Fact]
    public void One_function_answers_every_path_and_method_without_a_key_of_the_host()
    {
        var trigger = typeof(Http).GetMethod(nameof(Http.AnswerAsync))!.GetParameters()[0].GetCustomAttribute<HttpTriggerAttribute>()!;

        Assert.Equal("{*path}", trigger.Route);
        Assert.Equal(AuthorizationLevel.Anonymous, trigger.AuthLevel);
        Assert.Empty(trigger.Methods ?? []);
        Assert.Equal("", HostJson.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());
    }

    [Fact]
    public void The_host_treats_queues_as_the_loops_do()
    {
        var queues = HostJson.GetProperty("extensions").GetProperty("queues");

        Assert.Equal("base64", queues.GetProperty("messageEncoding").GetString());
        Assert.Equal(LoopOptions.DefaultMaxDequeueCount, queues.GetProperty("maxDequeueCount").GetInt32());
        Assert.Equal(LoopOptions.DefaultRetryDelay.ToString("c"), queues.GetProperty("visibilityTimeout").GetString());
        Assert.Equal(LoopOptions.DefaultMaxConcurrency, queues.GetProperty("batchSize").GetInt32());
        Assert.True(queues.TryGetProperty("newBatchThreshold", out _), "Without it the host computes one from the number of cores.");
    }

    [Fact]
    public void Host_json_is_that_of_a_worker_which_brings_its_extensions_along()
    {
        Assert.Equal("00:10:00", HostJson.GetProperty("functionTimeout").GetString());
        Assert.False(HostJson.TryGetProperty("extensionBundle", out _));
        Assert.False(HostJson.TryGetProperty("customHandler", out _));
    }

    private static IEnumerable<object> Definitions(FunctionCatalog catalog) =>
        catalog.All.Select(function => function.Definition).OrderBy(definition => definition.Name, StringComparer.Ordinal);
}
