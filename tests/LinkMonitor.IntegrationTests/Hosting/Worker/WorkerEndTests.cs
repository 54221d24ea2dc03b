using System.Net;
using LinkMonitor.Hosting;
using LinkMonitor.Hosting.Worker;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.IntegrationTests.Support.FunctionsHost;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Hosting.Worker;

/// <summary>How the published worker starts badly, and how it ends: the host never starts one again that ended with 0.</summary>
[TakesLong]
public sealed class WorkerEndTests(AzuriteFixture azurite)
{
    private const string Unreachable =
        "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=AAAA;TableEndpoint=http://127.0.0.1:9/a;QueueEndpoint=http://127.0.0.1:9/a";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_ends_with_0_within_the_hosts_time_when_the_host_says_so_also_in_the_middle_of_its_work()
    {
        await using var web = await LocalWeb.StartAsync(Cancellation);
        var asked = new TaskCompletionSource();
        web.Map("/slow", async context =>
        {
            asked.TrySetResult();
            await context.UntilGivenUpAsync();
        });
        var storage = azurite.OwnAccount();
        await using var host = await WorkerFixture.StartAsync(storage, WorkerFixture.Settings(storage), Cancellation);
        using var api = WorkerFixture.Driver(host);
        await using var listener = new QueueListener(host, storage);
        var project = await api.CreateProjectAsync(new { name = "Ended" }, Cancellation);
        var link = await api.RegisterAsync(project, new { page = web.Url("/slow"), target = "http://127.0.0.1:9/" }, Cancellation);
        await api.PostAsync($"/api/v1/projects/{project}/links/{link}/check", null, HttpStatusCode.Accepted, Cancellation);
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System, Cancellation);

        Assert.Equal(ProcessRunExtensions.Stopped, await host.TerminateAsync(Cancellation));
    }

    [Fact]
    public async Task Failed_background_service_ends_it_with_an_error_and_is_told()
    {
        var settings = WorkerFixture.Settings(azurite.OwnAccount());
        settings["DOTNET_STARTUP_HOOKS"] = Path.Combine(AppContext.BaseDirectory, "HostedProcess.dll");
        await using var host = await TestFunctionsHost.LaunchAsync(settings, Cancellation);

        Assert.True(await host.Process.ExitCodeAsync(Cancellation) == ProcessRunExtensions.Crashed, host.Log);
        Assert.Contains("A bug in a loop.", host.Process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signal_of_somebody_else_is_no_planned_end()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        var storage = azurite.OwnAccount();
        await using var host = await WorkerFixture.StartAsync(storage, WorkerFixture.Settings(storage), Cancellation);

        host.Process.Signal();

        Assert.Equal(ProcessRunExtensions.Crashed, await host.Process.ExitCodeAsync(Cancellation));
    }

    [Theory]
    [InlineData("AzureWebJobsStorage", "", "AzureWebJobsStorage")]
    [InlineData("AzureWebJobsStorage", "garbage", "Name=Value")]
    [InlineData("LinkMonitor__Storage__queueServiceUri", "https://storage.example.net", "needs both")]
    [InlineData("LinkMonitor__Mail__Transport", "pigeon", "LinkMonitor:Mail:Transport")]
    [InlineData("AzureFunctionsJobHost__functionTimeout", "00:05:00", "shorter than AzureFunctionsJobHost__functionTimeout, 00:05:00")]
    [InlineData("LinkMonitor__Budgets__SweepAlerts", "00:10:00", "must be shorter than functionTimeout in host.json, 00:10:00")]
    public async Task Setting_that_cannot_be_used_ends_it_with_69_and_is_named_without_a_stack_trace(string name, string value, string hint)
    {
        var settings = WorkerFixture.Settings(azurite.ConnectionString);
        settings[name] = value;
        await using var host = await TestFunctionsHost.LaunchAsync(settings, Cancellation);

        Assert.Equal(FunctionsWorker.Unavailable, await host.Process.ExitCodeAsync(Cancellation));
        Assert.Contains(hint, host.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", host.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storage_that_does_not_answer_keeps_it_waiting_and_is_told()
    {
        await using var host = await TestFunctionsHost.StartAsync(WorkerFixture.Settings(Unreachable), Cancellation);
        using var client = host.CreateClient();

        using var landing = await client.GetAsync("/", Cancellation);
        using var health = await client.GetAsync("/health", Cancellation);

        Assert.Equal(HttpStatusCode.OK, landing.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        // One call to storage, with its retries by the real clock; the schedule makes dozens.
        Assert.False((await host.StartTimer("MendTimes").OutcomeAsync(Cancellation)).Succeeded);
        await host.LoggedAsync("The storage does not answer", Cancellation);
        Assert.False(host.Process.Ended.IsCompleted);
    }
}
