using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.Cases;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Views;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/p/{id}/cases</c> and <c>/app/p/{id}/cases/{caseId}</c>: what is being done about losses and changes.</summary>
internal static class CasePages
{
    private const int PageSize = 50;

    public static void MapCases(this IEndpointRouteBuilder project)
    {
        project.MapGet("/cases", ListAsync);
        project.MapPost("/cases", OpenAsync).RequireAuthorization(SessionScheme.Editor);
        project.MapGet("/cases/{caseId}", ShowAsync);
        project.MapPost("/cases/{caseId}", ChangeAsync).RequireAuthorization(SessionScheme.Editor);
        project.MapPost("/cases/{caseId}/notes", NoteAsync).RequireAuthorization(SessionScheme.Editor);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, DashboardFrame frame, ICaseStore cases, CaseOwners people, TimeProvider time,
        CancellationToken cancellationToken, string? show = null, string? cursor = null)
    {
        var (project, now) = (context.CurrentProject(), time.GetUtcNow());
        var counts = await CaseCounts.OfAsync(cases, project.Id, LocalTimes.Day(now, project.TimeZone), cancellationToken);
        var filters = new CaseChips(project.Id.Value, context.Holder(), LocalTimes.Day(now, project.TimeZone));
        var slice = await cases.ListAsync(project.Id, filters.FilterOf(show), PageSize, cursor, cancellationToken);
        var lines = new CaseLineMaker(project, now, await people.GoneAsync(project, slice.Items, cancellationToken));
        return new SlicePage(Views.Slices.Cases.Create(new CaseListModel(
            frame.Of(context, "Cases", "cases").LeavingOut(counts.Unreadable, "case"), [.. slice.Items.Select(lines.Of)],
            filters.Chips(show, counts), counts.Total > 0, Paging.Of(context, slice.Cursor, cursor))));
    }

    private static async Task<IResult> OpenAsync(
        HttpContext context, DashboardFrame frame, CaseRegistry registry, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var link = context.Request.Form.Text("linkId");
        if (!LinkIdFactory.IsValid(link))
            return DashboardMessages.NotFound;
        var result = await registry.OpenAsync(project, new LinkId(link), new CasePatch(), null, context.Holder().Author, cancellationToken);
        return result.Case is not { } one ? DashboardMessages.NotFound
            : result.Outcome == CaseOutcome.Done ? frame.Done(
                context, CaseLineMaker.PathOf(project, one.Id), "The case is open.",
                new AuditNote($"Opened a case for the link on {one.Page}", one.Id))
            : frame.Refused(context, CaseLineMaker.PathOf(project, one.Id), "The link has this open case.");
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, string caseId, CaseScreen screen, ICaseStore cases, CancellationToken cancellationToken) =>
        await cases.FindAsync(context, caseId, cancellationToken) is { } one
            ? await screen.ShowAsync(context, one, new FormErrors(), new FormErrors(), [], cancellationToken)
            : DashboardMessages.NotFound;

    private static async Task<IResult> ChangeAsync(
        HttpContext context, string caseId, DashboardFrame frame, CaseScreen screen, ICaseStore cases, CaseRegistry registry,
        CaseRequestReader reader, CancellationToken cancellationToken)
    {
        var (project, form) = (context.CurrentProject(), context.Request.Form);
        if (await cases.FindAsync(context, caseId, cancellationToken) is not { } one)
            return DashboardMessages.NotFound;
        var fields = new FormBody(form).Text("status").TextOrNull("promised").TextOrNull("due");
        if (form.Text("owner") != (one.Owner?.Id ?? string.Empty))
            fields.TextOrNull("owner");
        var errors = new FieldErrors();
        var body = Body<CaseRequest>.Read(fields.ToJson(), errors);
        var patch = WithPromise(await reader.ReadAsync(body, project, context.Holder(), cancellationToken), one);
        reader.CheckDays(patch, one, project, errors);
        if (errors.Any)
            return await screen.ShowAsync(context, one, FormErrors.Of(errors, form), new FormErrors(), [], cancellationToken);
        var result = await registry.EditAsync(
            project, caseId, form.Shown(), patch, context.Holder().Author, cancellationToken);
        return result.Outcome switch
        {
            CaseOutcome.Done => frame.Done(
                context, CaseLineMaker.PathOf(project, caseId), "The case is saved.",
                result.Note()),
            CaseOutcome.NotFound => DashboardMessages.NotFound,
            CaseOutcome.Stale => await screen.ShowAsync(
                context, result.Case!, FormErrors.Stale(form), new FormErrors(), [], cancellationToken),
            var refused => await screen.ShowAsync(
                context, result.Case!, FormErrors.Of(errors, form), new FormErrors(), [CaseRefusals.Detail(refused)], cancellationToken),
        };
    }

    // Whoever types a new day that somebody named says that it was promised: only that status reminds of it.
    private static CasePatch WithPromise(CasePatch patch, LinkCase one) =>
        patch is { Status: null, Promised: { } day } && day != one.Promised
            && one.Status is CaseStatus.Open or CaseStatus.Contacted
            ? patch with { Status = CaseStatus.Promised } : patch;

    private static async Task<IResult> NoteAsync(
        HttpContext context, string caseId, DashboardFrame frame, CaseScreen screen, ICaseStore cases, CaseRegistry registry,
        CancellationToken cancellationToken)
    {
        var (project, form) = (context.CurrentProject(), context.Request.Form);
        if (await cases.FindAsync(context, caseId, cancellationToken) is not { } one)
            return DashboardMessages.NotFound;
        var errors = new FieldErrors();
        if (CaseRequestReader.ReadNote("text", form.Text("text"), errors) is not { } text || errors.Any)
            return await screen.ShowAsync(context, one, new FormErrors(), FormErrors.Of(errors, form), [], cancellationToken);
        var result = await registry.NoteAsync(project, caseId, text, context.Holder().Author, cancellationToken);
        return result.Outcome switch
        {
            CaseOutcome.Done => frame.Done(
                context, CaseLineMaker.PathOf(project, caseId), "The note is added.",
                new AuditNote($"Wrote a note into the case of the link on {one.Page}", caseId)),
            CaseOutcome.NotFound => DashboardMessages.NotFound,
            var refused => await screen.ShowAsync(
                context, one, new FormErrors(), FormErrors.Of(errors, form), [CaseRefusals.Detail(refused)], cancellationToken),
        };
    }
}

/// <summary>The short ways to a filter of cases.</summary>
/// <param name="today">In the project's time zone.</param>
internal sealed class CaseChips(string project, KeyHolder by, DateOnly today)
{
    private const string All = "all";
    private const string Mine = "mine";
    private const string Unowned = "unowned";
    private const string Late = "late";

    /// <summary>Open ones, without anything or with something unknown.</summary>
    public CaseFilter FilterOf(string? show) => show switch
    {
        All => CaseFilter.None,
        Mine => new CaseFilter { IsOpen = true, Owner = by.Id },
        Unowned => new CaseFilter { IsOpen = true, IsUnowned = true },
        Late => new CaseFilter { IsOpen = true, DueBy = today.AddDays(-1) },
        _ when WireName.TryParse<CaseStatus>(show, out var status) => new CaseFilter { Status = status },
        _ => new CaseFilter { IsOpen = true },
    };

    public string PathOf(string? show) =>
        string.IsNullOrEmpty(show) ? $"/app/p/{project}/cases" : $"/app/p/{project}/cases?show={Uri.EscapeDataString(show)}";

    public IReadOnlyList<Chip> Chips(string? show, CaseCounts counts)
    {
        return
        [
            Of(string.Empty, "all open", counts.Open),
            Of(Mine, "mine", null),
            Of(Unowned, "without an owner", counts.Unowned),
            Of(Late, "late", counts.Overdue),
            .. Enum.GetValues<CaseStatus>().Select(status => Of(
                WireName.Of(status), CaseLineMaker.Words(status), counts.Statuses.FirstOrDefault(one => one.Status == status)?.Count ?? 0)),
            Of(All, "all", counts.Total),
        ];

        Chip Of(string key, string words, int? count) => new(words, PathOf(key), key == (show ?? string.Empty), count);
    }
}
