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
        ILinkTypeStore types, CancellationToken cancellationToken)
    {
        if (await links.FindAsync(context, linkId, cancellationToken) is not { } link)
            return DashboardMessages.NotFound;
        var known = await types.ReadAsync(link.ProjectId, cancellationToken);
        var form = context.Request.Form;
        var body = Body<LinkRequest>.Read(LinkForm.Change(form).ToJson(), new FieldErrors());
        var edit = await editor.ChangeAsync(link, form.Shown(), body, cancellationToken);
        if (edit == LinkEdit.Stale)
            return frame.Done(
                context, $"{LineMaker.PathOf(context.CurrentProject(), linkId)}/edit", DashboardForm.StaleWords, isGood: false);
        if (edit is LinkEdit.Done { Link: var other } && other.Id != link.Id)
            await registry.CheckNowAsync(other, cancellationToken);
        return edit switch
        {
            LinkEdit.Done done => frame.Done(
                context, LineMaker.PathOf(context.CurrentProject(), done.Link.Id.Value),
                done.Link.Id == link.Id
                    ? "The link is changed."
                    : "The link is changed. As its page or target is another, its checks begin anew."),
            LinkEdit.Invalid invalid => Write(context, frame, link, known, FormErrors.Of(invalid.Errors, form), []),
            LinkEdit.Taken => Write(
                context, frame, link, known, FormErrors.Of(new FieldErrors(), form),
                ["The project watches that link already. Nothing was changed."]),
            _ => DashboardMessages.NotFound,
        };
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext context, string linkId, DashboardFrame frame, UndoableBulk bulk, CancellationToken cancellationToken)
    {
        var path = $"/app/p/{context.CurrentProject().Id}/links";
        return await bulk.RunOneAsync(
            context.CurrentProject().Id, BulkAction.Delete, linkId, context.Holder().Id, cancellationToken) is { } undo
            ? frame.Done(context, path, "The link is not watched any more. Its changes are kept.", undo: $"{path}/undo/{undo}")
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
                Shown = LinkVersion.Of(link),
                Second =
                    new SecondForm($"{path}/delete", "Stop watching", "The link is checked no more. Its changes and their proof are kept."),
            }),
            errors.Status);
    }
}
