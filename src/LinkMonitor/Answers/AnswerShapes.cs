using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Wording;

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

/// <summary>What a person said of a link that no check could tell.</summary>
public sealed record AnswerView
{
    /// <summary><c>seen</c>: the person sees the link; <c>gone</c>: it is not there.</summary>
    public required AnswerKind Says { get; init; }

    public required string? Note { get; init; }

    /// <summary>Whose key it was.</summary>
    public required Author By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>When it ends by itself.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>A check could tell by itself since: the answer ended with that, whatever <c>until</c> says.</summary>
    public required bool Superseded { get; init; }

    /// <summary>What was found in the document that the person handed over and answers by; null for an answer by word alone.</summary>
    public required HandedPageView? Proof { get; init; }

    /// <summary>Another one for every answer. For <c>If-Match</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Null for null.</summary>
    internal static AnswerView? Of(WatchedLink link) => link.Answer is { } answer ? Of(answer, link.Status) : null;

    internal static AnswerView Of(HumanAnswer answer, LinkStatus status) => new()
    {
        Says = answer.Says,
        Note = answer.Note,
        By = answer.By,
        At = answer.At,
        Until = answer.Until,
        Superseded = answer.IsSuperseded(status),
        Proof = HandedPageView.Of(answer.Proof),
        Version = AnswerBook.VersionOf(answer),
    };
}

/// <summary>
/// What was found in a document that a person's own browser showed. No check of ours: the link's state does not rest on it.
/// </summary>
public sealed record HandedPageView
{
    public required Author By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Where the browser was.</summary>
    public required string Url { get; init; }

    public required HandOverWay Way { get; init; }

    /// <summary>What the document says of the link; <c>unknown</c> when it is not the page.</summary>
    public required VerdictState State { get; init; }

    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>The answer that follows from it; null for none.</summary>
    public required AnswerKind? Proposes { get; init; }

    public required Evidence Evidence { get; init; }

    /// <summary>Null for null.</summary>
    internal static HandedPageView? Of(HandedPage? page) => page is null ? null : new()
    {
        By = page.By,
        At = page.At,
        Url = page.Url,
        Way = page.Way,
        State = page.State,
        Reasons = page.Reasons,
        Proposes = page.Proposes,
        Evidence = page.Evidence,
    };
}

/// <summary>A link that waits for a person.</summary>
public sealed record WaitingView
{
    public required string Id { get; init; }

    public required string Page { get; init; }

    public required string Target { get; init; }

    /// <summary>What is held of the link since it was last seen.</summary>
    public required LinkState State { get; init; }

    /// <summary>Why the last check could not tell.</summary>
    public required CheckOutcome Observation { get; init; }

    /// <summary>The same in a sentence.</summary>
    public required string Detail { get; init; }

    /// <summary>The first of the checks in a row that could not tell.</summary>
    public required DateTimeOffset Since { get; init; }

    public required DateTimeOffset? LastCheckedAt { get; init; }

    /// <summary>The last check that saw the link; null for none.</summary>
    public required DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>The document that somebody handed over and nobody has answered by yet; null for none.</summary>
    public required HandedPageView? HandedPage { get; init; }

    /// <summary>The last answer, which has ended; null for none.</summary>
    public required AnswerView? Answer { get; init; }

    internal static WaitingView Of(WatchedLink link) => new()
    {
        Id = link.Id.Value,
        Page = link.Page.Href,
        Target = link.Expectation.Target.Href,
        State = link.Status.State,
        Observation = link.Status.LastOutcome!.Value,
        Detail = CheckWords.SentenceOf(link.Status)!,
        Since = link.Status.UntoldSince(),
        LastCheckedAt = link.Status.LastCheckedAt,
        LastSeenAt = link.Status.LastSeenAt,
        HandedPage = HandedPageView.Of(link.WaitingPage()),
        Answer = AnswerView.Of(link),
    };
}
