using System.Globalization;
using LinkMonitor.Api;
using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Monitoring;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Rows;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Links;

/// <summary>Reads a link as a user sends it, and says of each field what is wrong with it.</summary>
internal sealed class LinkRequestReader(IOptions<MonitoringOptions> options, TimeProvider time)
{
    private const int MaxAnchorLength = 1000;
    private const int MaxTags = 20;
    private const int MaxTagLength = 50;
    private const int MaxNoteLength = 2000;

    // Nobody means a later time, and a calendar has few more.
    private static readonly DateTimeOffset LastTime = new(2199, 12, 31, 0, 0, 0, TimeSpan.Zero);
    private readonly AddressPolicy _addresses = new(options.Value.AllowPrivateNetworks);

    /// <summary>Null exactly when <paramref name="errors"/> has any.</summary>
    public LinkDraft? Read(LinkRequest request, ProjectTypes types, FieldErrors errors)
    {
        var page = ReadPage(request.Page, errors);
        var target = ReadUrl("target", request.Target, errors);
        var match = errors.ReadName<TargetMatch>("match", request.Match) ?? TargetMatch.Page;
        var parts = ReadParts(request, types, errors);
        return errors.Any ? null : new LinkDraft(page!, target!, match, parts);
    }

    /// <summary>Reads the page of a link; null exactly when it says what is wrong.</summary>
    public WebUrl? ReadPage(string? text, FieldErrors errors)
    {
        if (ReadUrl("page", text, errors) is not { } page)
            return null;
        if (_addresses.Check(page) is not { } refusal)
            return page;
        errors.Add("page", refusal.Message);
        return null;
    }

    /// <summary>
    /// Reads all but page, target and match, which make the link's identity.
    /// </summary>
    /// <param name="types">Those of the project.</param>
    public LinkParts ReadParts(LinkRequest request, ProjectTypes types, FieldErrors errors)
    {
        var ignore = ReadIgnore(request, errors);

        // Also what is ignored is read, so that all that is wrong is said at once.
        var (rel, anchor, placement) =
            (ReadRel(request.Rel, errors), ReadAnchor(request.Anchor, errors), ReadPlacement(request.Placement, errors));
        return new LinkParts
        {
            Types = types,
            Type = ReadType(request.Type, types, errors),
            Rel = ignore.Contains("rel") ? Expected<RelQualifiers>.Any : rel,
            Anchor = ignore.Contains("anchor") ? Expected<string>.Any : anchor,
            Placement = ignore.Contains("placement") ? Expected<Placement>.Any : placement,
            Indexable = ignore.Contains("indexable") ? Expected<bool>.Any : ReadIndexable(request.Indexable),
            Tags = ReadTags(request.Tags, errors),
            Note = ReadNote(request.Note, errors),
            Muted = ReadMuted(request, errors),
            MutedUntil = ReadMutedUntil(request.MutedUntil, time.GetUtcNow(), errors),
            Terms = request.Terms is { } terms ? TermsReader.Read(terms, errors) : null,
        };
    }

    /// <summary>Reads the key of one of a project's types.</summary>
    public static string? ReadType(string? text, ProjectTypes types, FieldErrors errors)
    {
        var key = text?.Trim().ToLowerInvariant();
        if (key is not null && types.Find(key) is null)
            errors.Add("type", $"The project has no such type of link. {FieldErrors.NotOneOf(text!, types.All.Select(type => type.Key))}");
        return key;
    }

    /// <summary>Reads a URL of a link; null exactly when it says what is wrong.</summary>
    public static WebUrl? ReadUrl(string field, string? text, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(text))
            errors.AddIfNone(field, $"A link needs a {field}.");
        else if (!GivenUrl.TryRead(text, out var url, out var error))
            errors.Add(field, error);
        else if (url.Href.Length > StoredText.MaxUrlLength)
            errors.Add(
                field, $"The URL has {CountText.Of(url.Href.Length, "character")}; at most {StoredText.MaxUrlLength} can be watched.");
        else
            return url;
        return null;
    }

    private static HashSet<string> ReadIgnore(LinkRequest request, FieldErrors errors)
    {
        var ignore = new HashSet<string>(request.Ignore ?? [], StringComparer.OrdinalIgnoreCase);
        var given = new (string Part, bool Given)[]
        {
            ("rel", request.Rel is not null),
            ("anchor", request.Anchor is not null),
            ("placement", request.Placement is not null),
            ("indexable", request.Indexable is not null),
        };
        foreach (var unknown in ignore.Where(part => !given.Any(known => known.Part.Equals(part, StringComparison.OrdinalIgnoreCase))))
            errors.Add("ignore", FieldErrors.NotOneOf(unknown, given.Select(known => known.Part)));
        foreach (var (part, _) in given.Where(known => known.Given && ignore.Contains(known.Part)))
            errors.Add("ignore", $"'{part}' is both expected and ignored.");
        return ignore;
    }

    private static Expected<RelQualifiers>? ReadRel(string? text, FieldErrors errors)
    {
        if (text is null)
            return null;
        if (!RelText.TryParseExpectation(text, out var expectation, out var error))
            errors.Add("rel", error);
        return expectation;
    }

    private static Expected<string>? ReadAnchor(string? text, FieldErrors errors)
    {
        if (text is null)
            return null;
        if (text.Length > MaxAnchorLength)
            errors.Add("anchor", $"At most {MaxAnchorLength} characters; it has {text.Length}.");
        errors.CheckCharacters("anchor", text);
        return Expected<string>.Exactly(text.Trim());
    }

    private static Expected<Placement>? ReadPlacement(string? text, FieldErrors errors) =>
        text is null ? null : Expected<Placement>.Exactly(errors.ReadName<Placement>("placement", text) ?? default);

    private static Expected<bool>? ReadIndexable(bool? value) => value is { } given ? Expected<bool>.Exactly(given) : null;

    private static IReadOnlyList<string>? ReadTags(IReadOnlyList<string>? tags, FieldErrors errors)
    {
        if (tags is null)
            return null;
        if (tags.Count > MaxTags)
            errors.Add("tags", $"At most {MaxTags} tags; there are {tags.Count}.");
        if (tags.Any(tag => tag is null || tag.Trim().Length is 0 or > MaxTagLength || tag.Any(char.IsControl)))
            errors.Add("tags", $"A tag has 1 to {MaxTagLength} characters and no line breaks.");
        foreach (var tag in tags)
            errors.CheckCharacters("tags", tag);
        return [.. tags.Select(tag => tag?.Trim() ?? string.Empty).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static string? ReadNote(string? note, FieldErrors errors)
    {
        if (note is { Length: > MaxNoteLength })
            errors.Add("note", $"At most {MaxNoteLength} characters; it has {note.Length}.");
        errors.CheckCharacters("note", note);
        return note;
    }

    private static bool? ReadMuted(LinkRequest request, FieldErrors errors)
    {
        if (request is { Muted: false, MutedUntil: not null })
            errors.Add("mutedUntil", "A link that is not muted has no end of muting. Leave one of the two out.");
        return request.Muted;
    }

    /// <summary>Reads when a muting ends by itself: after <paramref name="now"/>, for one that is over mutes nothing.</summary>
    public static DateTimeOffset? ReadMutedUntil(DateTimeOffset? until, DateTimeOffset now, FieldErrors errors)
    {
        if (until <= now || until > LastTime)
            errors.Add(
                "mutedUntil",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A time after now ({now:yyyy-MM-ddTHH:mm:ssZ}) and up to {LastTime:yyyy-MM-dd}; it is "
                        + $"{until:yyyy-MM-ddTHH:mm:sszzz}."));
        return until?.ToUniversalTime();
    }
}
