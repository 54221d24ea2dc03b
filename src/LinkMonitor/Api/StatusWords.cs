using System.Globalization;
using LinkMonitor.Api.Limits;
using Microsoft.Net.Http.Headers;

namespace LinkMonitor.Api;

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
        problem.Detail = status == StatusCodes.Status405MethodNotAllowed
            ? $"This address accepts {context.HttpContext.Response.Headers[HeaderNames.Allow]}, not {context.HttpContext.Request.Method}."
            : Detail(status);
    }

    public static string Title(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "An API key is needed.",
        StatusCodes.Status403Forbidden => "The API key may not do this.",
        StatusCodes.Status404NotFound => "Not found.",
        StatusCodes.Status405MethodNotAllowed => "The method is not allowed.",
        StatusCodes.Status413PayloadTooLarge => "The body is too large.",
        StatusCodes.Status408RequestTimeout => "The request came too slowly.",
        StatusCodes.Status414UriTooLong => "The address is too long.",
        StatusCodes.Status431RequestHeaderFieldsTooLarge => "The headers are too large.",
        StatusCodes.Status415UnsupportedMediaType => "The body is not sent as JSON.",
        _ => "The request cannot be read.",
    };

    public static string Detail(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "Send the header 'Authorization: Bearer lm_…' with a valid key.",
        StatusCodes.Status403Forbidden => "Its scope is too narrow. Use a key with the scope that /docs names for this operation.",
        StatusCodes.Status404NotFound => "There is nothing at this address. /docs lists every address of the API.",
        StatusCodes.Status413PayloadTooLarge => string.Create(
            CultureInfo.InvariantCulture,
            $"It may have {BodyLimits.One / 1024} KiB, and {BodyLimits.Batch / 1024 / 1024} MiB where links are registered."),
        StatusCodes.Status408RequestTimeout => "Send it again without pauses.",
        StatusCodes.Status414UriTooLong => "It may have 8 KiB with its query. Send fewer or shorter parameters.",
        StatusCodes.Status431RequestHeaderFieldsTooLarge => "At most 100 headers of 32 KiB in all are accepted. Send fewer headers, or "
            + "shorter cookies.",
        StatusCodes.Status415UnsupportedMediaType => "Send JSON with the header 'Content-Type: application/json'.",
        _ => "This address does not accept such a request. /docs lists every address of the API and what it accepts.",
    };
}
