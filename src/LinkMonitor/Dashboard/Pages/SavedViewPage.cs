using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.Filtering;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.SavedViews;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Views;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary>Saves the filter of the list of links under a name, and deletes such a view. A viewer may keep views of their own.</summary>
internal static class SavedViewPage
{
    public static void MapSavedViews(this IEndpointRouteBuilder project)
    {
        project.MapPost("/links/views", SaveAsync);
        project.MapPost("/links/views/{viewId}/delete", DeleteAsync);
    }

    /// <summary>A saved view among the chips of the list; one whose line cannot be read any more leads to what is wrong with it.</summary>
    public static SavedChip ChipOf(Project project, KeyHolder holder, LinkListing listing, FilterLine shown, SavedView view)
    {
        var line = FilterParser.Read(view.Line).Line;
        var chip = new Chip(
            WebText.Visible(view.Name), PathOf(project, view.Line), line == shown, line is null ? null : listing.Count(line));
        var delete = ViewRegistry.MayDelete(view, holder) ? $"/app/p/{project.Id}/links/views/{view.Id}/delete" : null;
        return new SavedChip(chip, view.IsShared, delete) { Version = view.Version };
    }

    private static async Task<IResult> SaveAsync(
        HttpContext context, DashboardFrame frame, ViewRegistry registry, NamedTypes types, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var form = context.Request.Form;
        var body = Body<ViewRequest>.Read(
            new FormBody(form).Text("name").Text("filter").YesNo("shared").ToJson(), new FieldErrors());
        await types.CheckAsync(project, body.Value.Filter, problem => body.Errors.Add("filter", problem), cancellationToken);
        var result = await registry.CreateAsync(project.Id, context.Holder(), body.Value, body.Errors, cancellationToken);
        if (result.View is { } view)
            return frame.Done(
                context, PathOf(project, view.Line), $"{ViewWords.Saved(view)}.", new AuditNote(ViewWords.Saved(view), view.Id));
        var back = PathOf(project, form.Text("filter"));
        return result.Outcome switch
        {
            ViewOutcome.Invalid => Form(context, frame, FormErrors.Of(body.Errors, form), back),
            ViewOutcome.TooMany => frame.Refused(context, back, $"Nothing was saved. {ViewWords.TooMany}"),
            _ => frame.Refused(context, back, $"Nothing was saved. {ViewWords.NotAllowed}"),
        };
    }

    private static SlicePage Form(HttpContext context, DashboardFrame frame, FormErrors errors, string back)
    {
        List<Field> fields =
        [
            errors.Named("name") with { IsNeeded = true },
            errors.Named("filter") with { IsNeeded = true },
        ];
        if (ViewRegistry.MayShare(context.Holder()))
            fields.Add(errors.Named("shared") with
            {
                Type = "select",
                Choices = [("no", "for me"), ("yes", "for all who see the project")],
            });
        return new SlicePage(
            Views.Slices.FormPage.Create(new FormModel(
                frame.Of(context, "Save a filter", "links"), $"/app/p/{context.CurrentProject().Id}/links/views", "Save", fields,
                errors.Others(fields), back)),
            errors.Status);
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext context, string viewId, DashboardFrame frame, ViewRegistry registry, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var result = await registry.DeleteAsync(project.Id, context.Holder(), viewId, context.Request.Form.Shown(), cancellationToken);
        return result switch
        {
            { View: { } view } => frame.Done(
                context, PathOf(project, view.Line), $"Deleted the view '{view.Name}'.",
                new AuditNote($"Deleted the view '{view.Name}'", view.Id)),
            { Outcome: ViewOutcome.NotAllowed } => frame.Refused(
                context, PathOf(project, ""), "Nothing was deleted: it is shared, and your key only reads."),
            _ =>
                frame.Refused(
                    context, PathOf(project, ""), "Nothing was deleted: somebody changed or deleted the view since you opened the page."),
        };
    }

    private static string PathOf(Project project, string line) =>
        line.Length == 0 ? $"/app/p/{project.Id}/links" : $"/app/p/{project.Id}/links?q={Uri.EscapeDataString(line)}";
}
