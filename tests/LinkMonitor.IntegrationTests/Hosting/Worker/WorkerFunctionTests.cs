using System.Net;
using Azure.Storage.Queues;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.IntegrationTests.Support.FunctionsHost;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Hosting.Worker;

/// <summary>The published worker as the Functions host sees it: what it announces, and what it does when a trigger fires.</summary>
public sealed class WorkerFunctionTests(WorkerFixture worker) : IClassFixture<WorkerFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_function_is_announced_with_its_trigger()
    {
        Assert.Equal(
            [
                "CheckPage: queueTrigger page-checks",
                "CheckPagePoison: queueTrigger page-checks-poison",
                "Http: httpTrigger {*path} Anonymous every method",
                "ImportLinks: queueTrigger imports",
                "ImportLinksPoison: queueTrigger imports-poison",
                "MendTimes: timerTrigger 45 * * * * *",
                "PurgeHistory: timerTrigger 30 23 * * * *",
                "PurgeProjects: timerTrigger 30 */5 * * * *",
                "ScheduleChecks: timerTrigger 0 * * * * *",
                "SendAlerts: queueTrigger alerts",
                "SendAlertsPoison: queueTrigger alerts-poison",
                "SweepAlerts: timerTrigger 0 */5 * * * *",
                "SweepImports: timerTrigger 15 */5 * * * *",
                "WatchSchedule: timerTrigger 30 * * * * *",
            ],
            worker.Host.Functions.Values.Select(function => $"{function.Name}: {function.Trigger}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Timer_enqueues_what_is_due_and_the_message_is_a_check_of_the_page()
    {
        await using var web = await LocalWeb.StartAsync(Cancellation);
        web.MapHtml("/post", "<title>Post</title><p>We like <a href='http://127.0.0.1:9/'>Example</a> and others.</p>");
        var project = await worker.Api.CreateProjectAsync(new { name = "Timers" }, Cancellation);
        var link = await worker.Api.RegisterAsync(project, new { page = web.Url("/post"), target = "http://127.0.0.1:9/" }, Cancellation);

        Assert.Equal((true, null), await worker.Host.StartTimer("ScheduleChecks").OutcomeAsync(Cancellation));
        Assert.Equal((true, null), await worker.Host.StartQueue("CheckPage", await TakeMessageAsync()).OutcomeAsync(Cancellation));

        Assert.Equal("live", await worker.Api.GetStateAsync(project, link, Cancellation));
    }

    [Fact]
    public async Task Message_that_fails_fails_its_run_and_from_the_poison_queue_it_is_kept_with_the_reason()
    {
        var failed = await worker.Host.StartQueue("CheckPage", "no check").OutcomeAsync(Cancellation);
        var kept = await worker.Host.StartQueue("CheckPagePoison", "no check").OutcomeAsync(Cancellation);

        Assert.False(failed.Succeeded);
        Assert.Equal((true, null), kept);
        var failures = await worker.Api.GetAsync("/api/v1/failures/page-checks", Cancellation);
        var failure = Assert.Single(
            failures.GetProperty("items").EnumerateArray(), item => item.GetProperty("text").GetString() == "no check");
        Assert.False(string.IsNullOrEmpty(failure.GetProperty("error").GetString()));
    }

    [Theory]
    [InlineData("SweepAlerts")]
    [InlineData("ScheduleChecks")]
    [InlineData("PurgeProjects")]
    [InlineData("MendTimes")]
    [InlineData("PurgeHistory")]
    [InlineData("WatchSchedule")]
    public async Task Timer_runs_also_when_there_is_nothing_to_do(string timer)
    {
        Assert.Equal((true, null), await worker.Host.StartTimer(timer).OutcomeAsync(Cancellation));
    }

    [Fact]
    public async Task Cancelling_reaches_the_request_that_the_function_is_at()
    {
        await using var web = await LocalWeb.StartAsync(Cancellation);
        var asked = new TaskCompletionSource();
        var givenUp = new TaskCompletionSource();
        web.Map("/slow", async context =>
        {
            asked.TrySetResult();
            await context.UntilGivenUpAsync();
            givenUp.TrySetResult();
        });
        var project = await worker.Api.CreateProjectAsync(new { name = "Cancelled" }, Cancellation);
        // A host that no other test of the class asks: its turn is left to end by itself, by the real clock.
        var link = await worker.Api.RegisterAsync(
            project, new { page = web.Url("localhost", "/slow"), target = "http://127.0.0.1:9/" }, Cancellation);
        await worker.Api.PostAsync($"/api/v1/projects/{project}/links/{link}/check", null, HttpStatusCode.Accepted, Cancellation);
        var run = worker.Host.StartQueue("CheckPage", await TakeMessageAsync());
        await run.UntilAsync(asked.Task, Cancellation);

        run.Cancel();

        Assert.False((await run.OutcomeAsync(Cancellation)).Succeeded);
        await givenUp.Task.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System, Cancellation);
        Assert.Equal("pending", await worker.Api.GetStateAsync(project, link, Cancellation));
    }

    /// <summary>The tests of a class run one after the other, and each takes what it enqueued.</summary>
    private async Task<string> TakeMessageAsync()
    {
        var options = new QueueClientOptions(QueueServiceVersion.Pinned) { MessageEncoding = QueueMessageEncoding.Base64 };
        var queue = new QueueClient(worker.ConnectionString, QueueNames.PageChecks, options);
        var message = (await queue.ReceiveMessageAsync(cancellationToken: Cancellation)).Value
            ?? throw new InvalidOperationException("The queue is empty.");
        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, Cancellation);
        return message.Body.ToString();
    }
}
