using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LinkMonitor.Storage.Ids;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

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
public sealed record SliceView<T>(IReadOnlyList<T> Items, string? Cursor);
