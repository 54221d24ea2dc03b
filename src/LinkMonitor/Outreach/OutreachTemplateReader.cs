using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Engine.Judging.Rules;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Outreach;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Outreach;

/// <summary>Reads a template of a project, and says of each field what is wrong with it.</summary>
internal static class OutreachTemplateReader
{
    private const int MaxSubject = 200;
    private const int MaxBody = 8_000;

    /// <summary>Meaningless when <paramref name="errors"/> has any.</summary>
    public static OutreachTemplate Read(string name, OutreachTemplateRequest request, FieldErrors errors)
    {
        var subject = request.Subject?.Trim() ?? "";
        var body = (request.Body ?? "").ReplaceLineEndings("\n").Trim('\n');
        if (subject.Length is 0 or > MaxSubject || subject.Any(char.IsControl))
            errors.Add("subject", $"1 to {MaxSubject} characters and no line breaks; it has {CountText.Of(subject.Length, "character")}.");
        if (string.IsNullOrWhiteSpace(body) || body.Length > MaxBody || body.Any(c => char.IsControl(c) && c is not ('\n' or '\t')))
            errors.Add(
                "body",
                $"1 to {MaxBody} characters and no control characters but line breaks and tabs; it has "
                    + $"{CountText.Of(body.Length, "character")}.");
        errors.CheckCharacters("subject", subject);
        errors.CheckCharacters("body", body);
        foreach (var error in PlaceholderText.Check(subject, [.. OutreachValues.Known.Keys]))
            errors.Add("subject", error);
        foreach (var error in PlaceholderText.Check(body, [.. OutreachValues.Known.Keys]))
            errors.Add("body", error);
        return new OutreachTemplate(name, subject, body);
    }
}

/// <summary>A link that somebody may have to be written to about.</summary>
/// <param name="Link">As it is held now.</param>
/// <param name="Before">The last check that saw the link as agreed; null when none ever did.</param>
public sealed record OutreachCase(Project Project, WatchedLink Link, Evidence? Before)
{
    /// <summary>
    /// The check to speak of: for a link that is there, the last one that saw it; else the last one that confirmed what is held. A later
    /// check that could not see the page proves nothing. Null before the first check.
    /// </summary>
    public Evidence? Now => Link.Status switch
    {
        { State: LinkState.Changed, LastSeenEvidence: { } seen } => seen,
        { LastAgreedEvidence: { } agreed } status when agreed.CheckedAt >= status.Since => agreed,
        var status => status.LastEvidence,
    };

    /// <summary>
    /// <see cref="Before"/>, unless something else was expected then: what is wrong now was wrong by today's agreement already.
    /// </summary>
    public Evidence? Agreed => Before is { } before && Link.Status.Reasons.Any(reason => EarlierLook.Fits(reason, before) == false)
        ? null : Before;

    /// <summary>
    /// From a change as it is reported: the evidence before it speaks for the agreement where the link was live, or its page unreachable,
    /// until then.
    /// </summary>
    public static OutreachCase Of(Project project, WatchedLink link, LinkChange change) =>
        new(project, link, change.Transition.From is LinkState.Live or LinkState.Unreachable ? change.Transition.Before : null);
}

/// <summary>Finds in a link's history what it was like when all was well.</summary>
internal sealed class OutreachCaseFinder(ILinkStore links, IOutreachTemplateStore templates)
{
    private const int SliceSize = 20;

    /// <summary>What to write about a link, in the project's own words where it has some.</summary>
    public async Task<OutreachDraft> DraftAsync(Project project, WatchedLink link, CancellationToken cancellationToken)
    {
        var one = OutreachComposer.IsNeeded(link)
            ? await FindAsync(project, link, cancellationToken) : new OutreachCase(project, link, null);
        var own = OutreachComposer.TemplateFor(one) is { } name
            ? await templates.GetAsync(project.Id, name, cancellationToken) : null;
        return OutreachComposer.Compose(one, own);
    }

    public async Task<OutreachCase> FindAsync(Project project, WatchedLink link, CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var slice = await links.ListHistoryAsync(project.Id, link.Id, SliceSize, cursor, cancellationToken);
            var fall = slice.Items.FirstOrDefault(change => change.Transition is { From: LinkState.Live, Before: not null });
            if (fall is not null)
                return new OutreachCase(project, link, fall.Transition.Before);
            cursor = slice.Cursor;
        }
        while (cursor is not null);
        return new OutreachCase(project, link, null);
    }
}

/// <summary>A request to the owner of a page, ready to be read over and sent by a person.</summary>
public sealed record OutreachDraft
{
    public required string LinkId { get; init; }

    public required LinkState State { get; init; }

    /// <summary>False when there is nothing to ask for, or nobody to ask; <see cref="Note"/> says why, and all below is null.</summary>
    public required bool IsNeeded { get; init; }

    /// <summary>What to know before it is sent, or why there is nothing to send.</summary>
    public required string Note { get; init; }

    /// <summary>The name of the template.</summary>
    public string? Template { get; init; }

    /// <summary>The e-mail address of the terms' contact; null when the contact is none.</summary>
    public string? To { get; init; }

    /// <summary>One line, at most 150 characters.</summary>
    public string? Subject { get; init; }

    /// <summary>Plain text, lines end with a line feed.</summary>
    public string? Body { get; init; }

    /// <summary>
    /// The draft as a URL that opens a mail program (RFC 6068), at most 2,000 characters; null when not even a short one fits.
    /// </summary>
    public string? Mailto { get; init; }

    /// <summary>Whether the body in <see cref="Mailto"/> had to be cut; it says so at its end.</summary>
    public bool IsMailtoShortened { get; init; }
}

/// <summary>The JSON of the API for drafts and templates.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(OutreachDraft))]
[JsonSerializable(typeof(OutreachTemplateRequest))]
[JsonSerializable(typeof(OutreachTemplateView))]
[JsonSerializable(typeof(SliceView<OutreachTemplateView>))]
internal sealed partial class OutreachJson : JsonSerializerContext;

/// <summary>Which template is for which case. A template has the name of the reason it is for.</summary>
internal static class OutreachNames
{
    /// <summary>For a link that was never there.</summary>
    public const string NotFound = "not-found";

    /// <summary>For a link that was never there, as there is no page at its address.</summary>
    public const string NoSuchPage = "no-such-page";

    /// <summary>For a link that is there, and as far as is known never was as agreed.</summary>
    public const string NotAsAgreed = "not-as-agreed";

    // The gravest first: of several reasons the first one gives the template, and all are reported in it.
    public static IReadOnlyList<string> All { get; } =
    [
        .. ReasonCatalogue.All.Where(entry => entry.Template is not null).OrderBy(entry => entry.TemplateRank)
            .Select(entry => WireName.Of(entry.Template!.Value)).Distinct(),
        NotFound,
        NoSuchPage,
        NotAsAgreed,
    ];

    /// <summary>
    /// The template for a link that is lost, changed or was never there; null when no reason is one to write about. Nothing is said to have
    /// changed that was never seen otherwise.
    /// </summary>
    public static string? For(OutreachCase one)
    {
        var status = one.Link.Status;
        if (status.State == LinkState.NotFound)
            return Unfound(status);
        var gravest = status.Reasons.MinBy(reason => ReasonCatalogue.Of(reason.Code).TemplateRank);
        if (gravest is null || ReasonCatalogue.Of(gravest.Code).Template is not { } template)
            return null;
        return status.State == LinkState.Lost
            ? one.Before is null && status.Baseline is null ? Unfound(status) : WireName.Of(template)
            : EarlierLook.WasOtherwise(gravest, one) ? WireName.Of(template) : NotAsAgreed;
    }

    // Where there is no page nobody is asked when the link will be on it.
    private static string Unfound(LinkStatus status) =>
        status.Reasons.Any(reason => ReasonCatalogue.Of(reason.Code).IsWithoutPage) ? NoSuchPage : NotFound;
}

/// <summary>Whether what is wrong with a link was ever seen as it should be.</summary>
internal static class EarlierLook
{
    private const string CutMark = "…";

    /// <summary>By the last check that agreed, by the first one, or where neither can tell because the link once was as agreed.</summary>
    public static bool WasOtherwise(Reason reason, OutreachCase one)
    {
        var before = one.Before is { } seen ? Fits(reason, seen) : false;
        return (before ?? true) || (one.Link.Status.Baseline is { } first && Fits(reason, first));
    }

    /// <summary>Whether a check that found the link saw this part as it should be; null where its evidence does not tell.</summary>
    public static bool? Fits(Reason reason, Evidence seen) => reason.Code switch
    {
        ReasonCode.RelChanged when seen.Rel is { } rel => RelText.Write(RelText.Qualifiers(rel)) == reason.Expected,
        ReasonCode.AnchorChanged when seen.Anchor is { } anchor && !anchor.EndsWith(CutMark, StringComparison.Ordinal) =>
            AnchorText.IsSame(anchor, reason.Expected ?? ""),
        ReasonCode.PlacementChanged when seen.Placement is { } place => WireName.Of(place) == reason.Expected,
        ReasonCode.PageNofollow => seen.Robots?.Follow,
        ReasonCode.Noindex => seen.Robots?.Index,
        ReasonCode.Hidden => !seen.Hidden,
        _ => null,
    };

    /// <summary>The same of the first check that found the link; one to another address is never kept as that.</summary>
    private static bool Fits(Reason reason, Baseline first) => reason.Code switch
    {
        ReasonCode.RelChanged => RelText.Write(first.Rel) == reason.Expected,
        ReasonCode.AnchorChanged => AnchorText.IsSame(first.Anchor, reason.Expected ?? ""),
        ReasonCode.PlacementChanged => WireName.Of(first.Placement) == reason.Expected,
        ReasonCode.PageNofollow => !first.PageNofollow,
        ReasonCode.Noindex => first.Indexable,
        ReasonCode.Hidden => !first.Hidden,
        ReasonCode.CanonicalElsewhere => !first.IsMissingOnCanonical,
        ReasonCode.GoogleDisallowed => !first.GoogleDisallowed,
        _ => true,
    };
}

/// <summary>A template in the place of ours.</summary>
public sealed record OutreachTemplateRequest : IRequestBody<OutreachTemplateRequest>
{
    static JsonTypeInfo<OutreachTemplateRequest> IRequestBody<OutreachTemplateRequest>.Shape =>
        OutreachJson.Default.OutreachTemplateRequest;

    /// <summary>1 to 200 characters on one line, with placeholders.</summary>
    public string? Subject { get; init; }

    /// <summary>1 to 8,000 characters, with placeholders.</summary>
    public string? Body { get; init; }
}

/// <summary>A template as the API shows it.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="IsOwn">Whether the project put it in the place of ours.</param>
public sealed record OutreachTemplateView(string Name, string Subject, string Body, bool IsOwn)
{
    internal static OutreachTemplateView Of(OutreachTemplate template, bool isOwn) =>
        new(template.Name, template.Subject, template.Body, isOwn);
}
