using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Api.Limits;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Imports.Encodings;
using LinkMonitor.Spooling;
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
            throw new UnreadableFormException("The form has no boundary between its parts.");
        var parts = new MultipartReader(boundary, request.Body);
        return await FormReading.ReadAsync(() => OfPartsAsync(parts, errors, cancellationToken), "The form cannot be read: it is damaged.");
    }

    private static async Task<(SpooledFile File, string Name)?> OfPartsAsync(
        MultipartReader parts, FieldErrors errors, CancellationToken cancellationToken)
    {
        for (var number = 0; number < MostParts && await parts.ReadNextSectionAsync(cancellationToken) is { } part; number++)
        {
            if (part.GetContentDispositionHeader() is { } header && header.IsFileDisposition())
                return await TakeAsync(
                    part.Body, HeaderUtilities.RemoveQuotes(header.FileName).Value ?? "file", errors, cancellationToken);
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

/// <summary>A file of links on the disk of this machine, for as long as it is read. It goes when it is disposed.</summary>
internal sealed class SpooledFile : IDisposable
{
    /// <summary>The most bytes of a file.</summary>
    public const int MaxBytes = 128 * 1024 * 1024;

    private const int BufferSize = 64 * 1024;

    private SpooledFile(FileInfo file) => Info = file;

    public FileInfo Info { get; }

    /// <summary>SHA-256 in hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>Takes a stream to its end.</summary>
    /// <returns>Null when it is longer than <see cref="MaxBytes"/>.</returns>
    public static async Task<SpooledFile?> TakeAsync(Stream stream, CancellationToken cancellationToken)
    {
        // What cannot be read is named by the name of the file, which is ours and none of the user's.
        var folder = Directory.CreateTempSubdirectory("linkmonitor-import-");
        var file = new FileInfo(Path.Combine(folder.FullName, TextFile.Nameless));
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var (buffer, length) = (new byte[BufferSize], 0L);
            await using (var to = new FileStream(file.FullName, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count)
                {
                    if ((length += count) > MaxBytes)
                        break;
                    hash.AppendData(buffer, 0, count);
                    await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                }
            }

            if (length <= MaxBytes)
                return new SpooledFile(file) { Hash = Convert.ToHexStringLower(hash.GetHashAndReset()) };
            folder.Delete(recursive: true);
            return null;
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Unpacks a file that <see cref="PackAsync"/> has packed.</summary>
    /// <param name="read">Writes what was packed to a stream.</param>
    /// <exception cref="InvalidDataException">It is damaged, or incomplete.</exception>
    public static async Task<SpooledFile> UnpackAsync(Func<Stream, Task> read, CancellationToken cancellationToken)
    {
        await using var packed = Temporary();
        await read(packed);
        packed.Position = 0;
        await using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        return await TakeAsync(unpacked, cancellationToken)
            ?? throw new InvalidDataException("The file of the import is longer than any that was taken.");
    }

    /// <summary>The file packed, from its beginning; the caller disposes it.</summary>
    public async Task<Stream> PackAsync(CancellationToken cancellationToken)
    {
        var packed = Temporary();
        await using (var from = Info.OpenRead())
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            await from.CopyToAsync(gzip, cancellationToken);
        packed.Position = 0;
        return packed;
    }

    public void Dispose() => Info.Directory!.Delete(recursive: true);

    private static FileStream Temporary() => TemporaryFile.Create("import", 4096);
}
