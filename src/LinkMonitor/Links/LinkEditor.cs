using System.Text.Json;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;

namespace LinkMonitor.Links;

/// <summary>Changes a link as a request or a form asks.</summary>
internal sealed class LinkEditor(
    LinkRequestReader reader, LinkRegistry registry, LinkReplacement replacement, ILinkTypeStore types)
{
    /// <summary>
    /// Changes a link, if it still has a version that the change is meant for. A new page, target or match makes it another link, which
    /// takes over all that was said and agreed of it.
    /// </summary>
    public async Task<LinkEdit> ChangeAsync(
        WatchedLink link, IfMatch version, Body<LinkRequest> body, Author by, CancellationToken cancellationToken)
    {
        if (LinkPatch.Read(body, await types.ReadAsync(link.ProjectId, cancellationToken), reader) is not { } patch)
            return new LinkEdit.Invalid(body.Errors);
        if (!version.Allows(LinkVersion.Of(link)))
            return LinkEdit.Stale;

        // Only the stored link can tell whether the terms fit together once the edit is applied.
        FieldErrors misfits = new();
        var (page, target, match) = patch.IdentityOf(link);
        if (LinkIdFactory.For(page, target, match) is var id && id != link.Id)
        {
            var successor = TermsRules.Guard(link, patch.Edit(link), out misfits);
            if (misfits.Any)
                return new LinkEdit.Invalid(misfits);
            return await replacement.ReplaceAsync(link, successor, (page, target, match), by, cancellationToken) is { } replaced
                ? new LinkEdit.Done(link, replaced.Link, replaced.UndoId) : new LinkEdit.Taken(id);
        }

        var isStale = false;
        var edited = await registry.EditAsync(link.ProjectId, link.Id, Edit, cancellationToken);
        return edited is not { } done ? LinkEdit.Gone
            : isStale ? LinkEdit.Stale
            : misfits.Any ? new LinkEdit.Invalid(misfits)
            : new LinkEdit.Done(done.Was, done.Link, null);

        WatchedLink Edit(WatchedLink now)
        {
            isStale = !version.Allows(LinkVersion.Of(now));
            return isStale ? now : TermsRules.Guard(now, patch.Edit(now), out misfits);
        }
    }
}

/// <summary>What came of a change of a link.</summary>
internal abstract record LinkEdit
{
    /// <summary>There is no such link any more.</summary>
    public static LinkEdit Gone { get; } = new Missing();

    /// <summary>It has another version than the change is meant for; nothing was changed.</summary>
    public static LinkEdit Stale { get; } = new Changed();

    /// <summary>The link as it is stored now, which may be another one.</summary>
    /// <param name="Was">As it was stored before.</param>
    /// <param name="UndoId">The act that puts the other one back; null when it is the same link.</param>
    internal sealed record Done(WatchedLink Was, WatchedLink Link, string? UndoId) : LinkEdit
    {
        /// <summary>Its state rests on what was expected before; whoever changed that wants to see what comes of it.</summary>
        public bool IsJudgedAnew => Link.Id != Was.Id || Link.Expectation != Was.Expectation;

        /// <summary>What the audit log says of it; null when nothing changed.</summary>
        public AuditNote? Note() => Link.Id == Was.Id
            ? LinkView.Difference(Was, Link).Note($"of the link on {Was.Page}", Link.Id.Value)
            : new AuditNote($"Changed the link on {Was.Page} into the one on {Link.Page} to {Link.Expectation.Target}", Link.Id.Value);
    }

    /// <summary>What is wrong with the request; nothing was changed.</summary>
    internal sealed record Invalid(FieldErrors Errors) : LinkEdit;

    /// <summary>The project watches that link already; nothing was changed.</summary>
    internal sealed record Taken(LinkId Id) : LinkEdit;

    private sealed record Missing : LinkEdit;

    private sealed record Changed : LinkEdit;
}

/// <summary>A PATCH of a link: what is absent stays, null sets a part back to its default.</summary>
/// <param name="Edit">What becomes of everything but page, target and match.</param>
/// <param name="Page">The new page; null to keep it. So are the others.</param>
internal sealed record LinkPatch(Func<WatchedLink, WatchedLink> Edit, WebUrl? Page, WebUrl? Target, TargetMatch? Match)
{
    private static readonly string[] Identity = ["page", "target", "match"];

    /// <returns>Null exactly when the errors of <paramref name="body"/> have any.</returns>
    public static LinkPatch? Read(Body<LinkRequest> body, ProjectTypes types, LinkRequestReader reader)
    {
        var (request, errors) = (body.Value, body.Errors);
        foreach (var field in Identity.Where(field => JsonBody.Resets(body.Json, field)))
            errors.Add(field, "A link cannot be without it. Leave the field out to keep its value.");
        if (JsonBody.Resets(body.Json, "ignore"))
            errors.Add("ignore", "It must be an array; this is null. To expect a part again, set that part, or set it to null.");
        var page = request.Page is { } text ? reader.ReadPage(text, errors) : null;
        var target = request.Target is { } url ? LinkRequestReader.ReadUrl("target", url, errors) : null;
        var match = errors.ReadName<TargetMatch>("match", request.Match);
        var parts = reader.ReadParts(request, types, errors);
        return errors.Any ? null : new LinkPatch(link => parts.ApplyTo(Reset(link, body.Json)), page, target, match);
    }

    /// <summary>The link's page, target and match after the edit.</summary>
    public (WebUrl Page, WebUrl Target, TargetMatch Match) IdentityOf(WatchedLink link) =>
        (Page ?? link.Page, Target ?? link.Expectation.Target, Match ?? link.Expectation.Match);

    private static WatchedLink Reset(WatchedLink link, JsonElement body) => link with
    {
        Type = JsonBody.Resets(body, "type") ? null : link.Type,
        TypeParts = link.TypeParts & ~ResetParts(body),
        Expectation = link.Expectation with
        {
            Rel = JsonBody.Resets(body, "rel") ? default : link.Expectation.Rel,
            Anchor = JsonBody.Resets(body, "anchor") ? default : link.Expectation.Anchor,
            Placement = JsonBody.Resets(body, "placement") ? default : link.Expectation.Placement,
            Indexable = JsonBody.Resets(body, "indexable") ? default : link.Expectation.Indexable,
        },
        Tags = JsonBody.Resets(body, "tags") ? [] : link.Tags,
        Note = JsonBody.Resets(body, "note") ? null : link.Note,
        Muted = !JsonBody.Resets(body, "muted") && link.Muted,
        MutedUntil = JsonBody.Resets(body, "muted") || JsonBody.Resets(body, "mutedUntil") ? null : link.MutedUntil,
        Terms = JsonBody.Resets(body, "terms") ? null : Reset(link.Terms, body),
    };

    // A part that is reset is left to the type again.
    private static ExpectationParts ResetParts(JsonElement body) =>
        (JsonBody.Resets(body, "rel") ? ExpectationParts.Rel : 0) | (JsonBody.Resets(body, "anchor") ? ExpectationParts.Anchor : 0)
        | (JsonBody.Resets(body, "placement") ? ExpectationParts.Placement : 0)
        | (JsonBody.Resets(body, "indexable") ? ExpectationParts.Indexable : 0);

    private static Terms? Reset(Terms? terms, JsonElement body)
    {
        var edit = body.EnumerateObject().FirstOrDefault(
            property => property.Name.Equals("terms", StringComparison.OrdinalIgnoreCase)).Value;
        if (terms is null || edit.ValueKind != JsonValueKind.Object)
            return terms;
        return terms with
        {
            Vendor = JsonBody.Resets(edit, "vendor") ? null : terms.Vendor,
            Cost = JsonBody.Resets(edit, "cost") ? null : terms.Cost,
            Currency = JsonBody.Resets(edit, "currency") ? null : terms.Currency,
            CostPeriod = JsonBody.Resets(edit, "costPeriod") ? default : terms.CostPeriod,
            Start = JsonBody.Resets(edit, "start") ? null : terms.Start,
            End = JsonBody.Resets(edit, "end") ? null : terms.End,
            Contact = JsonBody.Resets(edit, "contact") ? null : terms.Contact,
            Invoice = JsonBody.Resets(edit, "invoice") ? null : terms.Invoice,
        };
    }
}
