using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Answers;

/// <summary>What a person sees of a link that no check could tell.</summary>
public sealed record AnswerRequest : IRequestBody<AnswerRequest>
{
    static JsonTypeInfo<AnswerRequest> IRequestBody<AnswerRequest>.Shape => AnswerJson.Default.AnswerRequest;

    /// <summary><c>seen</c> or <c>gone</c>.</summary>
    public string? Says { get; init; }

    /// <summary>At most 2,000 characters.</summary>
    public string? Note { get; init; }

    /// <summary>How many days it holds, 1 to 365; 30 by default. It ends earlier when a check can tell by itself.</summary>
    public int? Days { get; init; }

    /// <summary>
    /// The answer rests on the document that was handed over and waits for one, which is kept with it; 409 when none waits. False by
    /// default.
    /// </summary>
    public bool? FromHandedPage { get; init; }
}

/// <summary>A page's document as your own browser shows it.</summary>
public sealed record HandOverRequest : IRequestBody<HandOverRequest>
{
    static JsonTypeInfo<HandOverRequest> IRequestBody<HandOverRequest>.Shape => AnswerJson.Default.HandOverRequest;

    /// <summary>The whole document, at most 10 MB in UTF-8.</summary>
    public string? Html { get; init; }

    /// <summary>Where the browser was; the link's page by default. Relative links are resolved against it.</summary>
    public string? Url { get; init; }

    /// <summary>It is the page although its address is another one. False by default.</summary>
    public bool? AnyAddress { get; init; }

    /// <summary>The address; null for none, and when it is none.</summary>
    /// <param name="html">The document in UTF-8.</param>
    internal static WebUrl? Read(HandOverRequest request, ReadOnlySpan<byte> html, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(request.Html))
            errors.AddIfNone("html", "It is needed: the whole document.");
        else if (html.Length > HandedDocument.MaxBytes)
            errors.Add("html", $"At most {HandedDocument.MaxBytes / 1_048_576} MB.");
        else if (NoPage.WhyNot(html) is { } problem)
            errors.Add("html", $"{problem} Nothing was kept.");
        if (string.IsNullOrEmpty(request.Url))
            return null;
        if (WebUrl.TryParse(request.Url, out var url) && url.IsHttp)
            return url;
        errors.Add("url", "It must be the http or https URL at which the browser was.");
        return null;
    }
}

/// <summary>An answer that was read and is sound.</summary>
internal sealed record AnswerDraft(AnswerKind Says, string? Note, TimeSpan For, bool FromHandedPage)
{
    /// <returns>Null exactly when something is wrong.</returns>
    public static AnswerDraft? Read(AnswerRequest request, FieldErrors errors)
    {
        var says = errors.ReadName<AnswerKind>("says", request.Says);
        if (says is null)
            errors.AddIfNone("says", "It is needed: seen or gone.");
        if (request.Note is { Length: > HumanAnswer.LongestNote } note)
            errors.Add("note", $"At most {HumanAnswer.LongestNote:N0} characters; it has {note.Length:N0}.");
        errors.CheckCharacters("note", request.Note);
        if (request.Days is < 1 or > HumanAnswer.MaxDays)
            errors.Add("days", $"1 to {HumanAnswer.MaxDays}; it is {request.Days}.");
        return errors.Any ? null : new AnswerDraft(
            says!.Value, string.IsNullOrWhiteSpace(request.Note) ? null : request.Note,
            TimeSpan.FromDays(request.Days ?? HumanAnswer.DefaultDays), request.FromHandedPage ?? false);
    }

    /// <summary>The document that whoever answers has seen, see <see cref="AnswerBook.VersionOf(HandedPage)"/>.</summary>
    public IfMatch Handed { get; init; } = IfMatch.Any;

    public HumanAnswer By(Author author, DateTimeOffset at) => new() { Says = Says, Note = Note, By = author, At = at, Until = at + For };
}

/// <summary>The JSON of the API for what people see.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AnswerRequest))]
[JsonSerializable(typeof(HandOverRequest))]
[JsonSerializable(typeof(AnswerView))]
[JsonSerializable(typeof(HandedPageView))]
[JsonSerializable(typeof(SliceView<WaitingView>))]
internal sealed partial class AnswerJson : JsonSerializerContext;
