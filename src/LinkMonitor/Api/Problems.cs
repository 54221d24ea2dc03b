using LinkMonitor.Storage.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

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

    public static ProblemHttpResult Conflict(string detail) => Conflict("Somebody else wrote at the same time.", detail);

    public static ProblemHttpResult Conflict(string title, string detail) =>
        TypedResults.Problem(statusCode: StatusCodes.Status409Conflict, title: title, detail: detail);

    /// <summary>One thing that is wrong with one field, where nothing else can be.</summary>
    public static ValidationProblem Invalid(string field, string message) =>
        Invalid(new Dictionary<string, string[]> { [field] = [message] });

    public static ValidationProblem Invalid(IDictionary<string, string[]> errors) =>
        TypedResults.ValidationProblem(errors, title: NotValid);
}
