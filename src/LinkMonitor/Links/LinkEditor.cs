using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
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
