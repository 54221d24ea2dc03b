using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LinkMonitor.Api.Limits;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Rows;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace LinkMonitor.Api;

/// <summary>The errors of the API: RFC 9457 problem documents that name what is wrong and what to do.</summary>
internal static class Problems
{
    /// <summary>The title of every answer that names fields.</summary>
    public const string NotValid = "The request is not valid.";

    public static ProblemHttpResult ProjectNotFound(ProjectId id) => NotFound($"There is no project '{id}'.");

    public static ProblemHttpResult NotFound(string detail) =>
        TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "Not found.", detail: detail);

    public static ProblemHttpResult BadRequest(string title, string detail) =>
        TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, title: title, detail: detail);

    public static ProblemHttpResult Forbidden(string title, string detail) =>
        TypedResults.Problem(statusCode: StatusCodes.Status403Forbidden, title: title, detail: detail);

    public static ProblemHttpResult Conflict(string detail) => Conflict("Someone else wrote at the same time.", detail);

    public static ProblemHttpResult Conflict(string title, string detail) =>
        TypedResults.Problem(statusCode: StatusCodes.Status409Conflict, title: title, detail: detail);

    /// <summary>One thing that is wrong with one field, where nothing else can be.</summary>
    public static ValidationProblem Invalid(string field, string message) =>
        Invalid(new Dictionary<string, string[]> { [field] = [message] });

    public static ValidationProblem Invalid(IDictionary<string, string[]> errors) =>
        TypedResults.ValidationProblem(errors, title: NotValid);
}

/// <summary>
/// The JSON of requests before anything is known of their shape. What a room takes and answers is in a context of its own.
/// </summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ApiJson : JsonSerializerContext;

/// <summary>
/// Writes problem documents, whatever the caller would rather have: a refusal in another form would be none that a program can read.
/// </summary>
internal sealed class ProblemWriter(IProblemDetailsService problems)
{
    /// <returns>Whether it was written; false when the answer has begun.</returns>
    public ValueTask<bool> WriteAsync(HttpContext context, ProblemDetails problem)
    {
        // The framework leaves out what the Accept header does not name.
        context.Request.Headers.Accept = "application/problem+json";
        return problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem });
    }
}

/// <summary>Part of a list.</summary>
/// <param name="Items">At most <c>limit</c> of them.</param>
/// <param name="Cursor">Send it as <c>?cursor=</c> for what follows; null at the end.</param>
/// <param name="Unreadable">How many more this part has whose stored rows cannot be read: nobody can tell whether they are wanted.</param>
public sealed record SliceView<T>(IReadOnlyList<T> Items, string? Cursor, int Unreadable);

/// <summary>Makes answers of what was read, with what of it could not be.</summary>
internal static class ListAnswers
{
    public static SliceView<TView> View<T, TView>(this Slice<T> slice, Func<T, TView> view) =>
        new([.. slice.Items.Select(view)], slice.Cursor, slice.SetAside);

    /// <summary>All of a short list.</summary>
    public static SliceView<TView> View<T, TView>(this RowsRead<T> all, Func<T, TView> view) =>
        new([.. all.Items.Select(view)], null, all.SetAside.Count);
}

/// <summary>What refusals say that the framework makes before any of our code runs: what is wrong, and what to do.</summary>
internal static class StatusWords
{
    /// <summary>Adds our words to a problem document that has none.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        if (problem.Detail is not null || problem is HttpValidationProblemDetails || problem.Status is not { } status)
            return;
        problem.Title = Title(status);
        problem.Detail = status switch
        {
            StatusCodes.Status405MethodNotAllowed =>
                $"This address accepts {context.HttpContext.Response.Headers[HeaderNames.Allow]}, not "
                    + $"{context.HttpContext.Request.Method}.",
            StatusCodes.Status429TooManyRequests => ComeAgain(context.HttpContext),
            _ => Detail(status, BodyLimits.Of(context.HttpContext)),
        };
    }

    /// <summary>When to come again after too many requests.</summary>
    public static string ComeAgain(HttpContext context) => $"Try again in {context.Response.Headers.RetryAfter} s.";

    public static string Title(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "An API key is needed.",
        StatusCodes.Status403Forbidden => "The API key may not do this.",
        StatusCodes.Status404NotFound => "Not found.",
        StatusCodes.Status405MethodNotAllowed => "The method is not allowed.",
        StatusCodes.Status413PayloadTooLarge => "The body is too large.",
        StatusCodes.Status408RequestTimeout => "The request came too slowly.",
        StatusCodes.Status414UriTooLong => "The address is too long.",
        StatusCodes.Status429TooManyRequests => "Too many requests.",
        StatusCodes.Status431RequestHeaderFieldsTooLarge => "The headers are too large.",
        StatusCodes.Status415UnsupportedMediaType => "The body is not sent as JSON.",
        _ => "The request cannot be read.",
    };

    /// <param name="mostBytes">What a body may have at the address; null when that is not known.</param>
    public static string Detail(int status, long? mostBytes = null) => status switch
    {
        StatusCodes.Status401Unauthorized => "Send the header 'Authorization: Bearer lm_…' with a valid key.",
        StatusCodes.Status403Forbidden => "Its scope is too narrow. Use a key with the scope that /docs names for this operation.",
        StatusCodes.Status404NotFound => "There is nothing at this address. /docs lists every address of the API.",
        StatusCodes.Status413PayloadTooLarge when mostBytes is { } most => $"At this address it may have {BodyLimits.Text(most)}.",
        StatusCodes.Status413PayloadTooLarge => "Send less at once.",
        StatusCodes.Status408RequestTimeout => "Send it again without pauses.",
        StatusCodes.Status414UriTooLong => "It may have 8 KiB with its query. Send fewer or shorter parameters.",
        StatusCodes.Status431RequestHeaderFieldsTooLarge => "At most 100 headers of 32 KiB in all are accepted. Send fewer headers, or "
            + "shorter cookies.",
        StatusCodes.Status415UnsupportedMediaType => "Send JSON with the header 'Content-Type: application/json'.",
        _ => "This address does not accept such a request. /docs lists every address of the API and what it accepts.",
    };
}
