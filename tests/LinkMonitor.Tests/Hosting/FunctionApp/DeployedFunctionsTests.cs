using System.Text.Json;
using LinkMonitor.Hosting.FunctionApp;
using LinkMonitor.Hosting.Functions;
using LinkMonitor.Hosting.Standalone;

namespace LinkMonitor.Tests.Hosting.FunctionApp;

/// <summary>The Functions host reads the files, the standalone loops read the code: they must say the same.</summary>
public sealed class DeployedFunctionsTests
{
    [Fact]
    public void Every_function_json_that_is_not_HTTP_says_what_the_code_says()
    {
        var files = FunctionAppFiles.Functions
            .Where(function => !FunctionAppFiles.Routes.ContainsKey(function.Key))
            .Select(function => $"{function.Key}: {Describe(Assert.Single(function.Value))}");
        var code = DeployedFunctions.All.Select(definition => $"{definition.Name}: {Describe(definition)}");

        Assert.Equal(code.Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_queue_has_its_poison_handler()
    {
        var queues = DeployedFunctions.All.OfType<QueueFunctionDefinition>().Select(definition => definition.QueueName).ToHashSet();

        Assert.All(
            queues.Where(queue => !queue.EndsWith("-poison", StringComparison.Ordinal)),
            queue => Assert.Contains($"{queue}-poison", queues));
    }

    [Fact]
    public void Timers_are_watched_and_do_not_run_on_every_start()
    {
        var timers = FunctionAppFiles.Functions.Values.Select(bindings => bindings[0])
            .Where(binding => FunctionAppFiles.Type(binding) == "timerTrigger").ToList();

        Assert.NotEmpty(timers);
        Assert.All(timers, timer => Assert.False(timer.GetProperty("runOnStartup").GetBoolean()));
        Assert.All(timers, timer => Assert.True(timer.GetProperty("useMonitor").GetBoolean()));
    }

    [Fact]
    public void The_host_treats_queues_as_the_loops_do()
    {
        var queues = FunctionAppFiles.HostJson.GetProperty("extensions").GetProperty("queues");

        Assert.Equal("base64", queues.GetProperty("messageEncoding").GetString());
        Assert.Equal(LoopOptions.DefaultMaxDequeueCount, queues.GetProperty("maxDequeueCount").GetInt32());
        Assert.Equal(LoopOptions.DefaultRetryDelay.ToString("c"), queues.GetProperty("visibilityTimeout").GetString());
        Assert.Equal(LoopOptions.DefaultMaxConcurrency, queues.GetProperty("batchSize").GetInt32());
        Assert.True(queues.TryGetProperty("newBatchThreshold", out _), "Without it the host computes one from the number of cores.");
    }

    [Fact]
    public void Host_json_keeps_the_promises_the_handler_relies_on()
    {
        var handler = FunctionAppFiles.HostJson.GetProperty("customHandler");

        Assert.Equal("linkmonitor", handler.GetProperty("description").GetProperty("defaultExecutablePath").GetString());
        Assert.True(handler.GetProperty("enableProxyingHttpRequest").GetBoolean());
        Assert.True(handler.GetProperty("enableForwardingHttpRequest").GetBoolean());
        Assert.Equal("", FunctionAppFiles.HostJson.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());
        Assert.Equal("00:10:00", FunctionAppFiles.HostJson.GetProperty("functionTimeout").GetString());
    }

    [Fact]
    public void Every_HTTP_function_has_exactly_the_two_bindings_that_make_the_host_proxy_it()
    {
        Assert.All(FunctionAppFiles.Routes.Keys, name =>
        {
            var bindings = FunctionAppFiles.Functions[name];

            Assert.Equal(["httpTrigger", "http"], bindings.Select(FunctionAppFiles.Type));
            Assert.Equal(["in", "out"], bindings.Select(binding => binding.GetProperty("direction").GetString()));
            Assert.Equal("anonymous", bindings[0].GetProperty("authLevel").GetString());
            Assert.False(bindings[0].TryGetProperty("methods", out _), "All methods must pass, or the application could not answer 405.");
        });
    }

    private static string Describe(FunctionDefinition definition) => definition switch
    {
        QueueFunctionDefinition queue => $"queue {queue.QueueName}",
        TimerFunctionDefinition timer => $"timer {timer.Schedule}",
        _ => "unknown",
    };

    private static string Describe(JsonElement binding) => FunctionAppFiles.Type(binding) switch
    {
        "queueTrigger" => $"queue {binding.GetProperty("queueName").GetString()}",
        "timerTrigger" => $"timer {binding.GetProperty("schedule").GetString()}",
        var other => other,
    };
}
