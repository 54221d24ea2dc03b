using System.Diagnostics;
using LinkMonitor.Failures;
using LinkMonitor.Hosting.Settings;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Storage.Telemetry;
using LinkMonitor.Telemetry;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Hosting.Budgets;

/// <summary>Every run of a function that a queue or a timer starts: within its budget, measured, and part of a trace.</summary>
internal sealed class FunctionRuns(IOptions<BudgetOptions> budgets, ProductMeter meter, TimeProvider time)
{
    /// <summary>Runs what the clock started.</summary>
    /// <exception cref="BudgetSpentException">The work was cancelled because its budget was spent.</exception>
    public Task RunAsync(string function, Func<CancellationToken, Task> work, CancellationToken cancellationToken) =>
        RunAsync(function, ActivityKind.Internal, null, work, cancellationToken);

    /// <summary>Runs what a message asks for, as a part of the trace that sent it.</summary>
    /// <inheritdoc cref="RunAsync(string, Func{CancellationToken, Task}, CancellationToken)" path="/exception"/>
    public Task RunAsync(
        string function, string queue, string message, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var notes = MessageNotes.Read(message);
        if (notes.DueAt is { } due)
            meter.Waited(queue, time.GetUtcNow() - due);
        return RunAsync(function, ActivityKind.Consumer, notes.Trace, work, cancellationToken);
    }

    private async Task RunAsync(
        string function, ActivityKind kind, string? trace, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        WorkName.Set(function);
        var budget = budgets.Value.Of(function);
        using var span = ProductTelemetry.Continue(function, kind, trace);
        using var spent = new CancellationTokenSource(budget, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(spent.Token, cancellationToken);
        var (start, result) = (time.GetTimestamp(), "failed");
        try
        {
            await work(stop.Token);
            result = "ok";
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            result = "stopped";
            throw;
        }
        catch (OperationCanceledException late) when (spent.IsCancellationRequested)
        {
            result = "out-of-time";
            throw new BudgetSpentException($"{function} did not end within its budget of {budget} and was cancelled.", late);
        }
        finally
        {
            meter.Ran(function, result, time.GetElapsedTime(start));
            if (result != "ok")
                span?.SetStatus(ActivityStatusCode.Error, result);
        }
    }
}

/// <summary>Registers what limits the runs of functions.</summary>
internal static class BudgetServices
{
    public static IServiceCollection AddBudgets(this IServiceCollection services)
    {
        services.AddSettings<BudgetOptions>(BudgetOptions.Section);
        services.AddSingleton<IValidateOptions<BudgetOptions>, BudgetRules>();
        return services.AddSingleton<FunctionRuns>();
    }
}
