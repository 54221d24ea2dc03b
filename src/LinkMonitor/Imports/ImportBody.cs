using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Engine.Urls;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace LinkMonitor.Imports;

/// <summary>Where the links come from, when the request does not bring a file itself.</summary>
public sealed record ImportSource : IRequestBody<ImportSource>
{
    static JsonTypeInfo<ImportSource> IRequestBody<ImportSource>.Shape => ImportJson.Default.ImportSource;

    /// <summary>The address of a file or a published sheet: http or https.</summary>
    public string? Url { get; init; }

    /// <summary>The links themselves, as text with a header or as a plain list. Give this or a URL.</summary>
    public string? Text { get; init; }
}

/// <summary>Reads the file of a request: as it is, as a part of a form, as text in JSON, or from an address that JSON names.</summary>
internal sealed class ImportBody(SheetFetcher fetcher)
{
    private const int MostParts = 20;

    /// <param name="errors">Told what is wrong.</param>
    /// <returns>The file, which the caller disposes, and its name; null exactly when something is wrong.</returns>
    public async Task<(SpooledFile File, string Name)?> ReadAsync(
        HttpContext context, FieldErrors errors, CancellationToken cancellationToken)
    {
        var request = context.Request;
        if (request.HasJsonContentType())
        {
            var body = Body<ImportSource>.Read(
                await JsonBody.ReadAsync(request, errors, mayBeAbsent: false, cancellationToken), errors).Value;
            return errors.Any ? null : await OfAsync(body, errors, cancellationToken);
        }

        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return await OfFormAsync(request, type, errors, cancellationToken);
        return await TakeAsync(request.Body, "file", errors, cancellationToken);
    }

    /// <summary>Fetches, or takes the text as it is.</summary>
    public async Task<(SpooledFile File, string Name)?> OfAsync(
        ImportSource source, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (source is { Url: not null, Text: not null })
            errors.Add("url", "Give a URL or a text, not both.");
        else if (source.Text is { } text)
            return await TakeAsync(new MemoryStream(Encoding.UTF8.GetBytes(text), writable: false), "pasted", errors, cancellationToken);
        else if (source.Url is not { } address)
            errors.Add("url", "Say where the links are: a url, or the text itself. A file may also be the body of the request.");
        else if (fetcher.Wrong(address, out var url) is { } wrong)
            errors.Add("url", wrong);
        else
            return await FetchAsync(url!, errors, cancellationToken);
        return null;
    }

    private async Task<(SpooledFile File, string Name)?> FetchAsync(
        WebUrl url, FieldErrors errors, CancellationToken cancellationToken)
    {
        var (file, problem) = await fetcher.FetchAsync(url, cancellationToken);
        if (file is not null)
            return (file, url.Href);
        errors.Add("url", problem ?? "The file is too large.");
        return null;
    }

    private static async Task<(SpooledFile File, string Name)?> OfFormAsync(
        HttpRequest request, MediaTypeHeaderValue type, FieldErrors errors, CancellationToken cancellationToken)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary))
            throw new BadHttpRequestException("The form has no boundary between its parts.");
        var parts = new MultipartReader(boundary, request.Body);
        try
        {
            for (var number = 0; number < MostParts && await parts.ReadNextSectionAsync(cancellationToken) is { } part; number++)
            {
                if (part.GetContentDispositionHeader() is { } header && header.IsFileDisposition())
                    return await TakeAsync(
                        part.Body, HeaderUtilities.RemoveQuotes(header.FileName).Value ?? "file", errors, cancellationToken);
            }
        }
        catch (InvalidDataException)
        {
            throw new BadHttpRequestException("The form cannot be read: it is damaged.");
        }

        errors.Add("$", "The form has no file.");
        return null;
    }

    private static async Task<(SpooledFile File, string Name)?> TakeAsync(
        Stream stream, string name, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (await SpooledFile.TakeAsync(stream, cancellationToken) is not { } file)
        {
            errors.Add("$", $"The file has more than {SpooledFile.MaxBytes / 1024 / 1024} MB. Split it.");
            return null;
        }

        if (file.Info.Length > 0)
            return (file, name);
        file.Dispose();
        errors.Add("$", "The file is empty. Send it as the body, as a part of a form, or as text or url in JSON.");
        return null;
    }
}

/// <summary>The JSON of the API for imports.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ImportSource))]
[JsonSerializable(typeof(ImportView))]
[JsonSerializable(typeof(SliceView<ImportView>))]
[JsonSerializable(typeof(ImportPreview))]
[JsonSerializable(typeof(SheetRequest))]
[JsonSerializable(typeof(SheetView))]
[JsonSerializable(typeof(SliceView<SheetView>))]
internal sealed partial class ImportJson : JsonSerializerContext;
