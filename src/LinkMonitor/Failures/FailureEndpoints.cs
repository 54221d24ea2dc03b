using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Api;
using LinkMonitor.Api.Queries;
using LinkMonitor.Auditing;
using LinkMonitor.Keys;
using LinkMonitor.Storage.Failures;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Queues;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LinkMonitor.Failures;

/// <summary>
/// The routes under <c>/api/v1/failures</c>: queue messages that failed too often, kept for another try, and what is set aside.
/// </summary>
internal static class FailureEndpoints
{
    public static void MapFailures(this IEndpointRouteBuilder api)
    {
        var failures = api.MapGroup("/failures/{queue}").WithTags("Failures").RequireAuthorization(KeyPolicies.AdminAll);
        api.MapGet("/failures/set-aside", ListSetAsideAsync).WithTags("Failures").RequireAuthorization(KeyPolicies.AdminAll)
            .WithSummary(
                "What is set aside so that the rest continues: rows that are damaged or from a later version, and projects whose turn "
                    + "fails")
            .WithDescription("Each stays where it is, is retried automatically, and leaves the list when it is fixed.");
        failures.MapGet("/", ListAsync).WithSummary("The failed messages of a queue, newest first");
        failures.MapPost("/{failureId}/retry", RetryAsync).WithSummary("Put a failed message back on its queue");
        failures.MapDelete("/{failureId}", DeleteAsync).WithSummary("Delete a failed message");
    }

    private static async Task<Results<Ok<SliceView<FailureView>>, ProblemHttpResult>> ListAsync(
        string queue, [PageLimit] int? limit, [CursorOf(ListNames.Failures, "queue")] string? cursor, IFailureStore failures,
        CancellationToken cancellationToken)
    {
        if (!QueueNames.All.Contains(queue))
            return UnknownQueue(queue);
        var slice = await failures.ListAsync(queue, limit ?? PageLimitAttribute.Default, cursor, cancellationToken);
        return TypedResults.Ok(slice.View(FailureView.Of));
    }

    private static async Task<Ok<SliceView<SetAsideView>>> ListSetAsideAsync(
        [PageLimit] int? limit, [CursorOf(ListNames.SetAside)] string? cursor, ISetAsideStore setAside, CancellationToken cancellationToken)
    {
        var slice = await setAside.ListAsync(limit ?? PageLimitAttribute.Default, cursor, cancellationToken);
        return TypedResults.Ok(slice.View(SetAsideView.Of));
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> RetryAsync(
        string queue, string failureId, HttpContext context, FailedWork work, CancellationToken cancellationToken)
    {
        if (!QueueNames.All.Contains(queue))
            return UnknownQueue(queue);
        if (!await work.RetryAsync(queue, failureId, cancellationToken))
            return FailureNotFound(queue, failureId);
        context.Audit($"Put a failed message back on the queue '{queue}'", failureId);
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string queue, string failureId, HttpContext context, IFailureStore failures, CancellationToken cancellationToken)
    {
        if (!QueueNames.All.Contains(queue))
            return UnknownQueue(queue);
        context.Audit($"Deleted a failed message of the queue '{queue}'", failureId);
        return await failures.RemoveAsync(queue, failureId, cancellationToken)
            ? TypedResults.NoContent()
            : FailureNotFound(queue, failureId);
    }

    private static ProblemHttpResult UnknownQueue(string queue) =>
        Problems.NotFound($"There is no queue '{queue}'. Known queues: {string.Join(", ", QueueNames.All)}.");

    private static ProblemHttpResult FailureNotFound(string queue, string id) =>
        Problems.NotFound($"The queue '{queue}' has no failed message '{id}'.");
}

/// <summary>Messages that failed too often.</summary>
internal sealed class FailedWork(IFailureStore failures, IWorkQueues queues)
{
    /// <summary>Puts a message back on its queue.</summary>
    /// <returns>False when there is no such queue, or no such message.</returns>
    public async Task<bool> RetryAsync(string queue, string failureId, CancellationToken cancellationToken)
    {
        if (!QueueNames.All.Contains(queue) || await failures.GetAsync(queue, failureId, cancellationToken) is not { } failure)
            return false;

        // Sent before it is forgotten: a crash between the two repeats a message, which is harmless, and never loses one.
        await queues.ResendAsync(queue, failure.Text, cancellationToken);
        await failures.RemoveAsync(queue, failureId, cancellationToken);
        return true;
    }
}

/// <summary>The JSON of the API for set-aside work.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SliceView<FailureView>))]
[JsonSerializable(typeof(SliceView<SetAsideView>))]
internal sealed partial class FailureJson : JsonSerializerContext;

/// <summary>A queue message that failed too often, as the API shows it.</summary>
public sealed record FailureView
{
    public required string Id { get; init; }

    public required string Queue { get; init; }

    public required string Text { get; init; }

    /// <summary>What the last attempt said; null when the process died without a word.</summary>
    public required string? Error { get; init; }

    public required DateTimeOffset FailedAt { get; init; }

    internal static FailureView Of(FailedMessage message) => new()
    {
        Id = message.Id,
        Queue = message.Queue,
        Text = message.Text,
        Error = message.Error,
        FailedAt = message.FailedAt,
    };
}

/// <summary>Something that is left out so that the rest goes on, as the API shows it.</summary>
public sealed record SetAsideView
{
    public required string Id { get; init; }

    /// <summary>The table of a row, or the function that leaves something out.</summary>
    public required string Area { get; init; }

    /// <summary>The row's partition key; empty for what is no row.</summary>
    public required string Partition { get; init; }

    /// <summary>The row's key, or the project.</summary>
    public required string Key { get; init; }

    /// <summary>
    /// What people know the row by: the address of a link's page, or a name; null where it does not say, and for what is no row.
    /// </summary>
    public required string? About { get; init; }

    public required string Problem { get; init; }

    /// <summary>What to do about it.</summary>
    public required string Advice { get; init; }

    /// <summary>When it was met first.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it was met last, to the hour.</summary>
    public required DateTimeOffset LastAt { get; init; }

    internal static SetAsideView Of(SetAsideEntry entry) => new()
    {
        Id = entry.Id,
        Area = entry.Note.Name.Area,
        Partition = entry.Note.Name.Partition,
        Key = entry.Note.Name.Key,
        About = entry.Note.About,
        Problem = entry.Note.Problem,
        Advice = entry.Note.Advice,
        Since = entry.Since,
        LastAt = entry.LastAt,
    };
}
