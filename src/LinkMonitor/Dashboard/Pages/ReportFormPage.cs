using System.Security.Cryptography;
using System.Text.Json.Nodes;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.ClientReports;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Views;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary>
/// <c>/app/p/{id}/reports/new</c>: what a report is about, its figures before it is made, and the button that makes it. What was chosen is
/// in the address, so the page can be opened again.
/// </summary>
internal static class ReportFormPage
{
    private const string KeyField = "key";
    private const int KeyBytes = 16;

    public static void MapReportForm(this IEndpointRouteBuilder project)
    {
        project.MapGet("/reports/new", LookAsync).RequireAuthorization(SessionScheme.Editor);
        project.MapPost("/reports", MakeAsync).RequireAuthorization(SessionScheme.Editor);
    }

    private static async Task<IResult> LookAsync(
        HttpContext context, DashboardFrame frame, ReportMaker maker, LinkLists lists, NamedTypes types, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var form = new FormCollection(context.Request.Query.ToDictionary());
        if (!form.ContainsKey("look"))
            return Write(context, frame, form, new FormErrors(), ReportRequestReader.UsualSections, null, null);
        var body = BodyOf(form);
        await types.CheckAsync(project, body.Value.Filter, problem => body.Errors.Add("filter", problem), cancellationToken);
        if (ReportRequestReader.Read(body.Value, project, time.GetUtcNow(), body.Errors) is not { } order)
            return Write(context, frame, form, FormErrors.Of(body.Errors, form), ChosenOf(form), null, null);
        if (await lists.OpenSoonAsync(project, cancellationToken) is not { } listing)
            return LoadingPage.Of(context, frame, lists, "Make a report", "reports");
        var preview = await maker.PreviewAsync(project, order, listing, cancellationToken);
        if (preview.Problem is { } problem)
            body.Errors.Add("filter", problem);
        return Write(context, frame, form, FormErrors.Of(body.Errors, form), order.Sections, order, preview);
    }

    private static async Task<IResult> MakeAsync(
        HttpContext context, DashboardFrame frame, ReportMaker maker, NamedTypes types, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (project, form) = (context.CurrentProject(), context.Request.Form);
        var body = BodyOf(form);
        await types.CheckAsync(project, body.Value.Filter, problem => body.Errors.Add("filter", problem), cancellationToken);
        if (ReportRequestReader.Read(body.Value, project, time.GetUtcNow(), body.Errors) is not { } order)
            return Write(context, frame, form, FormErrors.Of(body.Errors, form), ChosenOf(form), null, null);

        // Pressed twice it is one report.
        var key = form.Text(KeyField) is { Length: > 0 and <= 100 } given ? given : null;
        switch (await maker.MakeAsync(project, order, context.Holder().Author, key, cancellationToken))
        {
            case ReportOutcome.Made { Report: var report }:
                return frame.Done(
                    context, ReportListPage.PathOf(report), $"{ReportAudit.Made(report)}.",
                    new AuditNote(ReportAudit.Made(report), ReportAudit.About(report)));
            case ReportOutcome.TooMuch much:
                body.Errors.Add("filter", much.Why);
                return Write(context, frame, form, FormErrors.Of(body.Errors, form), order.Sections, null, null);
            case ReportOutcome.Taken taken:
                return frame.Refused(context, ReportListPage.PathOf(project), ReportAudit.Taken(taken.Number));
            default:
                throw new InvalidOperationException("A report came to nothing that is known.");
        }
    }

    private static SlicePage Write(
        HttpContext context, DashboardFrame frame, IFormCollection form, FormErrors errors, IReadOnlyList<ReportSection> chosen,
        ReportOrder? order, ReportPreview? preview)
    {
        var project = context.CurrentProject();
        var fields = Fields(errors, project, form.Text("filter"), form.Text("language"));
        var isSound = order is not null && preview is { Problem: null };
        return new SlicePage(
            Views.Slices.ReportForm.Create(new ReportFormModel(
                frame.Of(context, "Make a report", "reports"), fields, ReportScreen.BoxesOf(chosen),
                [.. errors.Others(fields)],
                preview is null ? [] : ReportScreen.FiguresOf(preview.Figures, preview.Earlier),
                preview is null ? null : ReportScreen.ComparedOf(preview.Earlier),
                isSound ? [.. HiddenOf(order!)] : [])),
            HttpMethods.IsPost(context.Request.Method) ? errors.Status : StatusCodes.Status200OK);
    }

    private static Body<ReportRequest> BodyOf(IFormCollection form)
    {
        var json = new FormBody(form).Text("title").Text("client").Text("filter").Text("from").Text("to").Text("language")
            .Value("sections", new JsonArray([.. form["sections"].OfType<string>().Select(name => (JsonNode)name)]));
        return Body<ReportRequest>.Read(json.ToJson(), new FieldErrors());
    }

    private static IReadOnlyList<ReportSection> ChosenOf(IFormCollection form) =>
        [.. WireName.All<ReportSection>().Intersect(form["sections"].OfType<string>()).Select(WireName.Parse<ReportSection>)];

    private static Field[] Fields(FormErrors errors, Project project, string filter, string language) =>
    [
        errors.Field("title", "Title") with { IsNeeded = true },
        errors.Field("client", "Client", help: "Whom it is for; it stands on the report."),
        errors.Field(
            "filter", "Filter", filter, "Which links it is about, for example tag:acme. Empty for all. The client does not see it."),
        errors.Field("from", "From", help: "Without a day: 30 days.") with { Type = "date" },
        errors.Field("to", "To", help: "Without a day: today.") with { Type = "date" },
        errors.Field("language", "Language") with
        {
            // What the address does not say is as the report would have it.
            Value = language.Length > 0 ? language : project.Language,
            Type = "select",
            Choices = [.. Language.Codes.Select(code => (code, Language.NameOf(code)))],
        },
    ];

    // The period is written out: a report made after midnight is the one that was looked at.
    private static IEnumerable<(string Name, string Value)> HiddenOf(ReportOrder order)
    {
        yield return ("title", order.Title);
        if (order.Client is { } client)
            yield return ("client", client);
        yield return ("filter", order.Line.Text);
        yield return ("from", order.Period.From.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        yield return ("to", order.Period.To.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        yield return ("language", order.Language);
        foreach (var section in order.Sections)
            yield return ("sections", WireName.Of(section));
        yield return (KeyField, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes)));
    }
}
