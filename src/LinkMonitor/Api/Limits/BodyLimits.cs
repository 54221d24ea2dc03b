using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace LinkMonitor.Api.Limits;

/// <summary>How much a request may bring, by route. More is a 413, before it is read.</summary>
internal static class BodyLimits
{
    /// <summary>One object of the API: the largest, a template, has 8,000 characters.</summary>
    public const int One = 64 * 1024;

    /// <summary>A batch of 1,000 links with long URLs and all parts.</summary>
    public const int Batch = 8 * 1024 * 1024;

    /// <summary>A page's document of 10 MB, with what JSON escapes in it.</summary>
    public const int Document = 16 * 1024 * 1024;

    /// <summary>A form of a public page: two short fields.</summary>
    public const int Form = 4 * 1024;

    private const int MaxFields = 8;

    public static TBuilder WithBodyLimit<TBuilder>(this TBuilder builder, int bytes) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Limit(bytes));

    /// <summary>The limit of the route that a request has or, when an exception ended it, had; in bytes.</summary>
    public static long Of(HttpContext context) =>
        (context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint)
            ?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? One;

    /// <summary>A limit for people, in whole KiB or MiB.</summary>
    public static string Text(long bytes) => bytes < 1024 * 1024
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024} KiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024 * 1024)} MiB");

    /// <summary>The value of a field of a small form; null when the body is no form or lacks it.</summary>
    /// <exception cref="UnreadableFormException">The form has more or longer fields than any of ours, or did not come whole.</exception>
    public static async Task<string?> FieldAsync(HttpRequest request, string name, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
            return null;
        var options =
            new FormOptions
            {
                ValueCountLimit = MaxFields,
                KeyLengthLimit = Form,
                ValueLengthLimit = Form,
                MultipartBodyLengthLimit = Form,
            };
        var form = await FormReading.ReadAsync(
            () => request.ReadFormAsync(options, cancellationToken),
            $"The form cannot be read: it is damaged, or has more than {MaxFields} fields, or one that is too long.");
        return form.TryGetValue(name, out var value) ? value.ToString() : null;
    }

    private sealed record Limit(int Bytes) : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => Bytes;
    }
}

/// <summary>A form that cannot be read, for a reason that its sender is told.</summary>
/// <param name="message">What is wrong and what to do, in a sentence or two.</param>
internal sealed class UnreadableFormException(string message) : BadHttpRequestException(message, StatusCodes.Status400BadRequest);

/// <summary>Reads forms: what is wrong with one is told to its sender, and is no fault of ours.</summary>
internal static class FormReading
{
    public const string CutOff = "The form arrived incomplete: its end is missing. Nothing was changed; send it again.";

    // No call of the system failed: a reader met the end of the body before that of the form. A full disk has a number of its own.
    private const int OfReader = unchecked((int)0x80131620);

    /// <param name="damaged">What is said of a form that is no form, or breaks its bounds.</param>
    /// <exception cref="UnreadableFormException">It cannot be read.</exception>
    public static async Task<T> ReadAsync<T>(Func<Task<T>> read, string damaged)
    {
        try
        {
            return await read();
        }
        catch (InvalidDataException)
        {
            throw new UnreadableFormException(damaged);
        }
        catch (IOException e) when (e is EndOfStreamException || (e is not BadHttpRequestException && e.HResult == OfReader))
        {
            throw new UnreadableFormException(CutOff);
        }
    }
}

/// <summary>What every answer says unless it says otherwise itself: its type is as declared, and no cache keeps it.</summary>
internal static class DefaultHeaders
{
    public static void UseAnswerHeaders(this IApplicationBuilder app) => app.Use(next => context =>
    {
        context.Response.OnStarting(
            static state =>
            {
                var headers = ((HttpResponse)state).Headers;
                headers.XContentTypeOptions = "nosniff";
                if (headers.CacheControl.Count == 0)
                    headers.CacheControl = "no-store";
                return Task.CompletedTask;
            },
            context.Response);
        return next(context);
    });
}
