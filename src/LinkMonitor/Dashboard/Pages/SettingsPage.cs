using System.Globalization;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Writing;
using LinkMonitor.Views;
using LinkMonitor.Views.Slices;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/p/{id}/settings</c>: what can be set of a project, and its end.</summary>
internal static class SettingsPage
{
    public static void MapSettings(this IEndpointRouteBuilder project)
    {
        project.MapGet(
            "/settings", (HttpContext context, DashboardFrame frame) => Write(context, frame, context.CurrentProject(), new FormErrors()));
        project.MapPost("/settings", SaveAsync).RequireAuthorization(SessionScheme.Editor);
        project.MapPost("/delete", DeleteAsync).RequireAuthorization(SessionScheme.Editor);
    }

    private static async Task<IResult> SaveAsync(
        HttpContext context, DashboardFrame frame, IProjectStore projects, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        if (!form.Shown().Allows(ProjectView.Of(context.CurrentProject()).Version))
            return Write(context, frame, context.CurrentProject(), FormErrors.Stale(form));
        var body = Body<ProjectRequest>.Read(
            new FormBody(form).AnyText("name").List("recipients").Needed("timeZone").Needed("language").AnyText("senderName")
                .AnyText("logoUrl").NeededNumber("checkEveryMinutes").YesNo("obeyRobots").YesNo("checkTargets").ToJson(),
            new FieldErrors());
        var changed = ProjectRequestReader.Apply(body.Value, body.Json, context.CurrentProject(), body.Errors);
        if (body.Errors.Any)
            return Write(context, frame, context.CurrentProject(), FormErrors.Of(body.Errors, form));
        var path = $"/app/p/{changed.Id}/settings";
        return await projects.SaveAsync(changed, cancellationToken) switch
        {
            SaveOutcome.Saved => frame.Changed(
                context, path, "The settings are saved.",
                ProjectView.Difference(context.CurrentProject(), changed).Note("of the project", changed.Id.Value)),
            SaveOutcome.Conflict when await projects.GetAsync(changed.Id, cancellationToken) is { } now =>
                Write(context, frame, now, FormErrors.Stale(form)),
            _ => DashboardMessages.NotFound,
        };
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext context, DashboardFrame frame, IProjectStore projects, TimeProvider time, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        if (context.Request.Form.Text("confirm") != project.Name.Trim())
            return frame.Refused(
                context, $"/app/p/{project.Id}/settings", "Nothing was deleted: the name that you typed is not the project's.");
        await projects.DeleteAsync(project.Id, time.GetUtcNow(), cancellationToken);
        return frame.Done(
            context, "/app", $"The project {project.Name} is deleted.",
            new AuditNote($"Deleted the project '{project.Name}'", project.Id.Value, IsOfInstallation: true));
    }

    private static SlicePage Write(HttpContext context, DashboardFrame frame, Project project, FormErrors errors)
    {
        var fields = Fields(project, errors);
        return new SlicePage(
            Settings.Create(new SettingsModel(
                frame.Of(context, "Settings", "settings"), fields, errors.Others(fields),
                "Its links, changes, evidence and reports go with it. Nothing of it can be brought back.",
                errors.Over(ProjectView.Of(project).Version))),
            errors.Status);
    }

    private static Field[] Fields(Project project, FormErrors errors) =>
    [
        errors.Field("name", "Name", project.Name) with { IsNeeded = true },
        errors.Field("recipients", "Who is told by mail", string.Join("\n", project.Recipients), "One address on each line.") with
        {
            Type = "textarea",
        },
        errors.Field("timeZone", "Time zone", project.TimeZone, "For example Europe/Berlin. Mails and pages show times in it."),
        errors.Field("language", "Language of mails", project.Language) with
        {
            Type = "select", Choices = [.. Language.Codes.Select(code => (code, code))],
        },
        errors.Field("senderName", "Sender name of mails", project.SenderName ?? "", "Empty for the installation's."),
        errors.Field("logoUrl", "Logo above mails", project.LogoUrl?.AbsoluteUri ?? "", "An https URL; empty for none."),
        errors.Field(
            "checkEveryMinutes", "Minutes between two checks of a page",
            ((int)project.CheckEvery.TotalMinutes).ToString(CultureInfo.InvariantCulture),
            "60 to 43200; 1440 is a day.") with { Type = "number" },
        errors.Field("obeyRobots", "Pages that robots.txt forbids", project.ObeyRobots ? "yes" : "no") with
        {
            Type = "select", Choices = [("yes", "are left alone"), ("no", "are read: I own them or may check them")],
        },
        errors.Field("checkTargets", "Targets of links", project.CheckTargets ? "yes" : "no") with
        {
            Type = "select", Choices = [("yes", "are checked, too"), ("no", "are not checked")],
        },
    ];
}
