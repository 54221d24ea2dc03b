using System.Text.Json;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Api.Limits;
using LinkMonitor.Api.Queries;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace LinkMonitor.Api.Pipeline;

/// <summary>
/// The one place where exceptions become answers: a broken request is reported to its sender, a storage that does not answer is a 503, and
/// everything else is our bug, logged in full and reported without detail.
/// </summary>
internal sealed partial class ApiExceptions(ProblemWriter problems, ILogger<ApiExceptions> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested)
            return true;

        if (exception is RowTooLargeException { Column: { } column } && BringsInput(context.Request))
            return await RefuseAsync(context, column, "It is too long to be stored. Shorten it.");
        if (exception is InvalidCursorException)
            return await RefuseAsync(context, "cursor", CursorOfAttribute.NoCursor);
        var (status, title, detail) = Describe(exception, context.Request);
        Tell(logger, context, exception, status);
        context.Response.StatusCode = status;
        return await problems.WriteAsync(context, new ProblemDetails { Status = status, Title = title, Detail = detail });
    }

    /// <summary>Logs what is our fault or that of the storage.</summary>
    public static void Tell(ILogger<ApiExceptions> logger, HttpContext context, Exception exception, int status)
    {
        if (status == StatusCodes.Status503ServiceUnavailable)
            Log.StorageFailed(logger, exception);
        else if (status >= StatusCodes.Status500InternalServerError)
            Log.Unexpected(logger, exception, context.Request.Method, Loggable(context.Request.Path));
    }

    // What we add to a row ourselves always fits (see StoredText and LongText), so what does not fit was brought by the request.
    private static bool BringsInput(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) || HttpMethods.IsPut(request.Method) || HttpMethods.IsPatch(request.Method);

    private ValueTask<bool> RefuseAsync(HttpContext context, string field, string message)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        var errors = new Dictionary<string, string[]> { [field] = [message] };
        return problems.WriteAsync(
            context, new HttpValidationProblemDetails(errors) { Status = StatusCodes.Status400BadRequest, Title = Problems.NotValid });
    }

    /// <summary>What went wrong, in words for whoever asked.</summary>
    public static (int Status, string Title, string Detail) Describe(Exception exception, HttpRequest request) => exception switch
    {
        BadHttpRequestException { InnerException: JsonException json } => (400, "The body is not valid JSON.", Detail(json, request)),
        JsonException json => (400, "The body is not valid JSON.", Detail(json, request)),
        UnreadableFormException told => (told.StatusCode, StatusWords.Title(told.StatusCode), told.Message),
        BadHttpRequestException bad => (
            bad.StatusCode, StatusWords.Title(bad.StatusCode), StatusWords.Detail(bad.StatusCode, BodyLimits.Of(request.HttpContext))),
        RowTooLargeException { Column: { } column } when BringsInput(request) => (
            400, Problems.NotValid, $"What was given for '{column}' is too long to be stored. Shorten it. Nothing was changed."),
        UnreadableRowException => (
            503, "A stored row cannot be read.",
            "A row that this request needs is damaged or was written by a later version. Nothing was changed. An administrator finds it "
                + "under /api/v1/failures/set-aside."),
        SnapshotTooLargeException => (
            503, "The project has too many links to be filtered in memory.",
            "An administrator can allow more with LinkMonitor:Snapshots:MaxMegabytes."),
        ContentionException => (503, "Somebody else wrote at the same time.", "Nothing was lost or left half done. Try again in a minute."),
        StorageFailureException => (503, "The storage does not answer.", "Nothing was lost or left half done. Try again in a minute."),
        _ => (500, "Something went wrong on our side.", "It has been logged. Trying again is safe."),
    };

    // The token in a public address or a sign-in link opens what it stands for: it belongs in no log.
    private static string Loggable(PathString path) =>
        path.StartsWithSegments("/s", StringComparison.OrdinalIgnoreCase) ? $"{string.Join('/', path.ToString().Split('/').Take(3))}/…"
        : path.StartsWithSegments("/sign-in", StringComparison.OrdinalIgnoreCase) ? "/sign-in/…"
        : path.ToString();

    // Of a body in chunks no length is known; one that is empty cannot be read from its first byte on.
    private static string Detail(JsonException json, HttpRequest request) =>
        JsonWords.Detail(
            json, isEmpty: request.ContentLength == 0 || json is { LineNumber: 0, BytePositionInLine: 0 } && request.ContentLength is null);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The storage failed a request, or holds a row that cannot be read.")]
        public static partial void StorageFailed(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "Unexpected failure of {Method} {Path}.")]
        public static partial void Unexpected(ILogger logger, Exception exception, string method, string path);
    }
}
