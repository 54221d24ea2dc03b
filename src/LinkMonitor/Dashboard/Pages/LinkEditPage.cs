using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Keys;
using LinkMonitor.Links;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Views;
using LinkMonitor.Views.Slices;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/p/{id}/links/{linkId}/edit</c>: what is expected and agreed of a link, and its end.</summary>
internal static class LinkEditPage
{
    public static void MapLinkEdit(this IEndpointRouteBuilder project)
    {
        var forms = project.MapGroup("/links/{linkId}").RequireAuthorization(SessionScheme.Editor);
        forms.MapGet("/edit", ShowAsync);
        forms.MapPost("/edit", SaveAsync);
        forms.MapPost("/take-page", TakePageAsync);
        forms.MapPost("/delete", DeleteAsync);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, string linkId, DashboardFrame frame, ILinkStore links, ILinkTypeStore types,
        CancellationToken cancellationToken) =>
        await links.FindAsync(context, linkId, cancellationToken) is { } link
            ? Write(context, frame, link, await types.ReadAsync(link.ProjectId, cancellationToken), new FormErrors(), [])
            : DashboardMessages.NotFound;

    private static async Task<IResult> SaveAsync(
        HttpContext context, string linkId, DashboardFrame frame, ILinkStore links, LinkEditor editor, LinkRegistry registry,
        ILinkTypeStore types, FormerLinkPage former, CancellationToken cancellationToken)
    {
        var known = await types.ReadAsync(context.CurrentProject().Id, cancellationToken);
        if (await links.FindAsync(context, linkId, cancellationToken) is not { } link)
            return await GoneAsync();
        var form = context.Request.Form;
        var body = Body<LinkRequest>.Read(LinkForm.Change(form).ToJson(), new FieldErrors());
        var edit = await editor.ChangeAsync(link, form.Shown(), body, context.Holder().Author, cancellationToken);
        if (edit == LinkEdit.Stale)
            return await links.FindAsync(context, linkId, cancellationToken) is { } now
                ? Write(context, frame, now, known, FormErrors.Stale(form), [])
                : await GoneAsync();

        if (edit is LinkEdit.Done { IsJudgedAnew: true, Link: var edited })
            await registry.CheckNowAsync(edited, cancellationToken);
        return edit switch
        {
            LinkEdit.Done { UndoId: { } undo } done => frame.Done(
                context, LineMaker.PathOf(context.CurrentProject(), done.Link.Id.Value),
                "The link is changed. As its page, target or match is another, its checks begin anew; what was before stays with "
                    + "the former link.",
                done.Note(),
                BulkPage.UndoPathOf(context.CurrentProject(), undo)),
            LinkEdit.Done done => frame.Changed(
                context,
                LineMaker.PathOf(context.CurrentProject(), done.Link.Id.Value)
                    + (done.IsJudgedAnew ? $"?wait={done.Link.Status.LastCheckedAt?.UtcTicks ?? 0:x}" : ""),
                done.IsJudgedAnew
                    ? "The link is changed, and checked by what is expected now: what that finds shows below."
                    : "The link is changed.",
                done.Note()),
            LinkEdit.Invalid invalid => Write(context, frame, link, known, FormErrors.Of(invalid.Errors, form), []),
            LinkEdit.Taken => Write(
                context, frame, link, known, FormErrors.Of(new FieldErrors(), form),
                ["The project watches that link already. Nothing was changed."]),
            _ => await GoneAsync(),
        };

        // Somebody has replaced or deleted it since the form was opened: what was typed stays readable.
        Task<IResult> GoneAsync() => former.ShowAsync(
            context, linkId, cancellationToken, LinkForm.Whole(FormErrors.Of(new FieldErrors(), context.Request.Form), null, known));
    }

    // The form has the page alone: all else of the link stays as it is.
    private static async Task<IResult> TakePageAsync(
        HttpContext context, string linkId, DashboardFrame frame, ILinkStore links, LinkEditor editor, FormerLinkPage former,
        CancellationToken cancellationToken)
    {
        if (await links.FindAsync(context, linkId, cancellationToken) is not { } link)
            return await former.ShowAsync(context, linkId, cancellationToken);
        var (project, form) = (context.CurrentProject(), context.Request.Form);
        var body = Body<LinkRequest>.Read(new FormBody(form).AnyText("page").ToJson(), new FieldErrors());
        var path = LineMaker.PathOf(project, linkId);
        return await editor.ChangeAsync(link, form.Shown(), body, context.Holder().Author, cancellationToken) switch
        {
            LinkEdit.Done { UndoId: { } undo } done => frame.Done(
                context, $"{LineMaker.PathOf(project, done.Link.Id.Value)}?wait=0",
                "This page is watched now in place of the one before. Its first check shows below; what was before stays with the "
                    + "former link.",
                done.Note(), BulkPage.UndoPathOf(project, undo)),
            LinkEdit.Done done => frame.Changed(context, path, "The link is changed.", done.Note()),
            LinkEdit.Taken => frame.Refused(
                context, path,
                "Nothing was changed: the project watches the link on that page already. If the one here is not needed any more, stop "
                    + "watching it."),
            LinkEdit.Invalid invalid => frame.Refused(
                context, path,
                $"Nothing was changed: {string.Join(' ', invalid.Errors.ToDictionary().Values.SelectMany(errors => errors))}"),
            _ => frame.Refused(
                context, path, "Nothing was changed: somebody changed the link since you opened the page. It is shown as it is now."),
        };
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext context, string linkId, DashboardFrame frame, ILinkStore links, UndoableBulk bulk, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        if (await links.FindAsync(context, linkId, cancellationToken) is not { } link)
            return DashboardMessages.NotFound;
        if (!context.Request.Form.Shown().Allows(LinkVersion.Of(link)))
            return frame.Refused(
                context, $"{LineMaker.PathOf(project, linkId)}/edit",
                "The link is still watched: somebody changed it since you opened the page. It is shown as it is now; stop watching it here "
                    + "if you still want to.");
        return await bulk.RunOneAsync(project.Id, BulkAction.Delete, linkId, context.Holder().Author, cancellationToken) is { } result
            ? frame.Done(
                context, $"/app/p/{project.Id}/links", "The link is not watched any more. Its changes are kept.",
                result.Note(),
                BulkPage.UndoPathOf(project, result.UndoId))
            : DashboardMessages.NotFound;
    }

    private static SlicePage Write(
        HttpContext context, DashboardFrame frame, WatchedLink link, ProjectTypes types, FormErrors errors,
        IReadOnlyList<string> problems)
    {
        var fields = LinkForm.Whole(errors, link, types);
        var path = LineMaker.PathOf(context.CurrentProject(), link.Id.Value);
        return new SlicePage(
            FormPage.Create(new FormModel(
                frame.Of(context, "Edit the link", "links"), $"{path}/edit", "Save", fields, [.. problems, .. errors.Others(fields)], path)
            {
                Shown = errors.Over(LinkVersion.Of(link), fields),
                Second =
                    new SecondForm(
                        $"{path}/delete",
                        "Stop watching",
                        "The link is checked no more. Its changes and their proof are kept. For ten minutes it can be undone."),
            }),
            errors.Status);
    }
}
