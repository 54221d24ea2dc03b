using System.Globalization;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
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
        var fields = new FormBody(form).AnyText("name").List("recipients").Needed("timeZone").Needed("language").AnyText("senderName")
            .AnyText("logoUrl").NeededNumber("checkEveryMinutes").YesNo("obeyRobots").YesNo("checkTargets");
        var body = Body<ProjectRequest>.Read(ConfirmationForm.Read(fields).ToJson(), new FieldErrors());
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
        var (fields, rules) = (Fields(project, errors), ConfirmationForm.Fields(project.Confirmation, errors));
        IReadOnlyList<Field> all = [.. fields, .. rules.SelectMany(rule => rule.Fields)];
        return new SlicePage(
            Settings.Create(new SettingsModel(
                frame.Of(context, "Settings", "settings"), fields, rules, errors.Others(all),
                "Its links, changes, evidence and reports go with it. Nothing of it can be brought back.",
                errors.Over(ProjectView.Of(project).Version, all))),
            errors.Status);
    }

    private static Field[] Fields(Project project, FormErrors errors) =>
    [
        errors.Named("name", project.Name) with { IsNeeded = true },
        errors.Named("recipients", string.Join("\n", project.Recipients), "One address on each line.") with
        {
            Type = "textarea",
        },
        errors.Named("timeZone", project.TimeZone, "For example Europe/Berlin. Mails and pages show times in it."),
        errors.Named("language", project.Language) with
        {
            Type = "select", Choices = [.. Language.Codes.Select(code => (code, Language.NameOf(code)))],
        },
        errors.Named("senderName", project.SenderName ?? "", "Empty for the installation's."),
        errors.Named("logoUrl", project.LogoUrl?.AbsoluteUri ?? "", "An https URL; empty for none."),
        errors.Named(
            "checkEveryMinutes",
            ((int)project.CheckEvery.TotalMinutes).ToString(CultureInfo.InvariantCulture),
            "60 to 43200; 1440 is a day.") with { Type = "number" },
        errors.Named("obeyRobots", project.ObeyRobots ? "yes" : "no") with
        {
            Type = "select", Choices = [("yes", "are left alone"), ("no", "are read: I own them or may check them")],
        },
        errors.Named("checkTargets", project.CheckTargets ? "yes" : "no") with
        {
            Type = "select", Choices = [("yes", "are checked, too"), ("no", "are not checked")],
        },
    ];
}

/// <summary>When a suspected finding becomes a change, as fields: how often it must be seen, and over how long.</summary>
internal static class ConfirmationForm
{
    private const string Unreachable = "confirmation.unreachableAfterMinutes";
    private static readonly string[] Rules = ["link", "pageGone", "domainGone", "pageReplaced"];

    public static IReadOnlyList<ConfirmationRow> Fields(ConfirmationPolicy policy, FormErrors errors)
    {
        return
        [
            Row("The link is gone or another one", Rules[0], policy.Link, ConfirmationPolicy.Default.Link),
            Row("The page is deleted (404, 410)", Rules[1], policy.PageGone, ConfirmationPolicy.Default.PageGone),
            Row("The domain does not exist", Rules[2], policy.DomainGone, ConfirmationPolicy.Default.DomainGone),
            Row("Another page stands at its address", Rules[3], policy.PageReplaced, ConfirmationPolicy.Default.PageReplaced),
            new(
                "Nobody could see the page",
                $"for {Span(policy.UnreachableAfter)}",
                [
                    errors.Field(
                        Unreachable, "Unreachable after minutes", Minutes(policy.UnreachableAfter),
                        $"60 to 43200; {Minutes(ConfirmationPolicy.Default.UnreachableAfter)} "
                            + $"({Span(ConfirmationPolicy.Default.UnreachableAfter)}) "
                            + "unless you say otherwise.") with { Type = "number" },
                ]),
        ];

        ConfirmationRow Row(string what, string name, ConfirmationRule rule, ConfirmationRule first) => new(
            what,
            Words(rule),
            [
                errors.Field(
                    $"confirmation.{name}.observations", "Looks that agree", rule.Observations.ToString(CultureInfo.InvariantCulture),
                    $"1 to 10; {first.Observations} unless you say otherwise.") with { Type = "number", Group = what },
                errors.Field(
                    $"confirmation.{name}.overMinutes", "Over minutes", Minutes(rule.Over),
                    $"0 to 43200; {Minutes(first.Over)} ({Span(first.Over)}) unless you say otherwise.") with
                    {
                        Type = "number",
                        Group = what,
                    },
            ]);
    }

    /// <summary>What a form says of it, for the API; nothing of what the form lacks.</summary>
    public static FormBody Read(FormBody body)
    {
        foreach (var rule in Rules)
            body.NeededNumber($"confirmation.{rule}.observations").NeededNumber($"confirmation.{rule}.overMinutes");
        return body.NeededNumber(Unreachable);
    }

    // For example 2 looks over 6 hours.
    private static string Words(ConfirmationRule rule) =>
        rule.Observations == 1 && rule.Over == TimeSpan.Zero
            ? "at once"
            : $"{CountText.Of(rule.Observations, "look")} over {Span(rule.Over)}";

    private static string Span(TimeSpan span) =>
        span >= TimeSpan.FromDays(2) && span.Hours + span.Minutes == 0 ? CountText.Of((long)span.TotalDays, "day")
        : span >= TimeSpan.FromHours(1) && span.Minutes == 0 ? CountText.Of((long)span.TotalHours, "hour")
        : CountText.Of((long)span.TotalMinutes, "minute");

    private static string Minutes(TimeSpan span) => ((long)span.TotalMinutes).ToString(CultureInfo.InvariantCulture);
}
