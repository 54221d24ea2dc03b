using LinkMonitor.Failures;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Telemetry;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using LinkMonitor.Testing.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace LinkMonitor.Tests.Failures;

/// <summary>Why a message failed is kept under what it asks for, whatever it says besides.</summary>
public sealed class FailureNotesTests : IDisposable
{
    private const string Nudge = """{"v":1,"project":"operator"}""";
    private readonly Measured _measured = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Spent_budget_is_noted_and_messages_that_ask_for_the_same_are_one_failure()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Token);
        var notes = NotesOn(storage);

        await Assert.ThrowsAsync<BudgetSpentException>(() => notes.WatchBudgetAsync(
            QueueNames.Alerts, Sent(1), () => throw new BudgetSpentException("SendAlerts did not end in time."), Token));
        await notes.KeepAsync(QueueNames.Alerts, Sent(1), Token);
        await notes.KeepAsync(QueueNames.Alerts, Sent(2), Token);

        var kept = Assert.Single((await storage.Failures.ListAsync(QueueNames.Alerts, 10, null, Token)).Items);
        Assert.Equal(Nudge, kept.Text);
        Assert.Equal("BudgetSpentException: SendAlerts did not end in time.", kept.Error);
        Assert.Equal(["kind=alerts", "kind=alerts"], _measured.TagsOf("linkmonitor.set_aside"));
    }

    [Fact]
    public async Task Other_failures_are_left_to_who_watches_the_work_itself()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Token);

        await Assert.ThrowsAsync<FormatException>(
            () => NotesOn(storage).WatchBudgetAsync(QueueNames.Alerts, Nudge, () => throw new FormatException(), Token));

        Assert.Empty(await storage.RowsAsync("Failures", null, Token));
    }

    public void Dispose() => _measured.Dispose();

    private FailureNotes NotesOn(TestStorage storage) =>
        new(storage.Failures, new ProductMeter(_measured), new ManualTimeProvider(), NullLogger<FailureNotes>.Instance);

    private static string Sent(long due) => new MessageNotes { Due = due, Trace = StorageSamples.Trace }.AddTo(Nudge);
}
