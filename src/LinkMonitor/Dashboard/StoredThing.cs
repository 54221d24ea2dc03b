using System.Collections.Frozen;
using LinkMonitor.Api.Limits;
using LinkMonitor.Api.Pipeline;
using LinkMonitor.Failures;
using LinkMonitor.Keys;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Views;
using LinkMonitor.Views.Slices;
using LinkMonitor.Wording;
using Microsoft.AspNetCore.Diagnostics;

namespace LinkMonitor.Dashboard;

/// <summary>What a stored row is, for people who know nothing of tables.</summary>
/// <param name="Kind">In plain words without an article, for example <c>link</c>.</param>
/// <param name="Project">Whose it is; null when it is no project's.</param>
/// <param name="Path">The page of the dashboard that shows it, or the list that it is of; null where no page does.</param>
internal sealed record StoredThing(string Kind, ProjectId? Project, string? Path)
{
    private const string OtherWork = "work that is tried again";

    // Named by table and by what its key begins with, or its partition where that says what it is. Below a project's address: {2} is the
    // second part of the key; null for no page.
    private static readonly FrozenDictionary<string, (string Words, string? Page)> Kinds = new Dictionary<string, (string, string?)>
    {
        ["Links link"] = ("link", "links/{1}"),
        ["Links change"] = ("change", "changes"),
        ["Links history"] = ("entry of a link's timeline", "links/{1}"),
        ["Links outbox"] = ("change that waits to be told", "changes"),
        ["Links case"] = ("case", "cases/{1}"),
        ["Links caseentry"] = ("entry of a case", "cases/{1}"),
        ["Links outreach"] = ("template of drafts", null),
        ["Links type"] = ("type of links", "types"),
        ["Links view"] = ("saved view", "links"),
        ["Links address"] = ("address of an export", "exports"),
        ["Links retention"] = ("note of how far old evidence is removed", null),
        ["Links undo"] = ("act that can be undone", "links"),
        ["Links undo-link"] = ("link as it was before an act", "links/{2}"),
        ["Links former"] = ("note of a link that is watched no more", "links/{1}"),
        ["Links answer"] = ("former answer of a person", "links/{1}"),
        ["Pages page"] = ("page with its schedule", null),
        ["Pages host"] = ("host with its schedule", null),
        ["Pages due"] = ("place in the schedule", null),
        ["Pages watch"] = ("note of which links a page should carry", "links/{3}"),
        ["Projects projects"] = ("project", ""),
        ["Projects deleted"] = ("note of a deleted project", null),
        ["Keys keys"] = ("key of a person or program", null),
        ["Keys sessions"] = ("note of who was signed out", null),
        ["Keys sign-in"] = ("sign-in link", null),
        ["Keys signing"] = ("key that signs public addresses", null),
        ["Keys data"] = ("key that protects sessions", null),
        ["Keys installation"] = ("mark of the installation", null),
        ["Alerts plan"] = ("plan of alerts", "alerts"),
        ["Alerts work"] = ("note of the work on alerts", "alerts"),
        ["Alerts open"] = ("alert that is being sent", "alerts/{1}"),
        ["Alerts closed"] = ("alert that was sent", "alerts/{2}"),
        ["Alerts changes"] = ("list of an alert's changes", "alerts/{1}"),
        ["Alerts unstable"] = ("note of an unstable link", "links/{1}"),
        ["Alerts terms"] = ("reminder of a term", "links/{2}"),
        ["Alerts reminded"] = ("note of a reminder", "links/{1}"),
        ["Alerts cases"] = ("reminder of a case", "cases/{2}"),
        ["Alerts casereminded"] = ("note of a case's reminder", "cases/{1}"),
        ["Alerts pending"] = ("note of changes to be told", "alerts"),
        ["Alerts wake"] = ("note of when alerts are due", "alerts"),
        ["Channels channel"] = ("channel", "channels"),
        ["Failures failed"] = ("failed message", null),
        ["Failures note"] = ("note of why a message failed", null),
        ["Failures aside"] = ("entry of this list", null),
        ["Failures latest"] = ("note of an outage", null),
        ["Failures sweep"] = ("note of the last look for changes", null),
        ["Failures stall"] = ("note of a standstill", null),
        ["Audit entry"] = ("entry of the audit log", "audit"),
        ["Imports import"] = ("import", "imports/{1}"),
        ["Imports file"] = ("part of a file", "imports/{1}"),
        ["Imports key"] = ("note of an import that was asked for", "imports"),
        ["Imports sheet"] = ("sheet that is kept in step with", "imports"),
        ["Imports open"] = ("note of an import under way", "imports/{1}"),
        ["Imports due"] = ("note of when a sheet is due", "imports"),
        ["Reports report"] = ("report", "reports/{1}"),
        ["Reports piece"] = ("part of a report", "reports"),
        ["Reports begun"] = ("note of a report that was begun", "reports"),
        ["Reports counter"] = ("counter of reports", "reports"),
        ["Reports key"] = ("note of a report that was asked for", "reports"),
        ["Reports share"] = ("address of a report", "reports/{1}"),
        ["Reports brand"] = ("name, colour and logo of reports", "reports/brand"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What something is that is set aside.</summary>
    public static StoredThing Of(SetAsideName name)
    {
        var parts = name.Key.Split(':', ' ');
        ProjectId? project = parts.Prepend(name.Partition).FirstOrDefault(ProjectId.IsValid) is { } id ? new ProjectId(id) : null;
        if (!TableNames.All.Contains(name.Area))
            return new StoredThing(name.Area == FutureTimes.Area ? "time from a wrong clock" : OtherWork, project, null);
        if (!Kinds.TryGetValue($"{name.Area} {name.Partition}", out var kind) && !Kinds.TryGetValue($"{name.Area} {parts[0]}", out kind))
            return new StoredThing($"row of the table {name.Area}", project, null);
        var path = kind.Page is { } page && project is { } whose ? PathOf(whose, page, parts)
            : name is { Area: TableNames.Keys, Partition: "keys" } ? "/app/people" : null;
        return new StoredThing(kind.Words, project, path);
    }

    // A key of fewer parts than it should have leads to the list.
    private static string PathOf(ProjectId project, string page, string[] key)
    {
        var at = page.IndexOf('{', StringComparison.Ordinal);
        if (at >= 0)
        {
            var number = page[at + 1] - '0';
            page = page[..at] + (number < key.Length ? Uri.EscapeDataString(key[number]) : "");
        }

        return $"/app/p/{project}/{page}".TrimEnd('/');
    }
}

/// <summary>Whatever goes wrong with a page of the dashboard is told by a page: the API's answers are for programs.</summary>
internal sealed class DashboardExceptions(ILogger<ApiExceptions> logger) : IExceptionHandler
{
    private const int AboutLength = 300;
    private const int ProblemLength = 600;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!DashboardMessages.IsFor(httpContext))
            return false;
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
            return true;
        var page = exception switch
        {
            UnreadableFormException told => DashboardMessages.Of(told.StatusCode, "Nothing was changed", told.Message),
            BadHttpRequestException bad => DashboardMessages.ForStatus(httpContext, bad.StatusCode),
            InvalidCursorException => OfCursor(httpContext),
            _ => OfFailure(httpContext, exception),
        };
        await page.ExecuteAsync(httpContext);
        return true;
    }

    // Not the first page in silence: whoever comes from a bookmark would take it for the place that it names.
    private static SlicePage OfCursor(HttpContext context)
    {
        var known = context.Features.Get<KeyHolder>() is not null;
        return new SlicePage(
            Message.Create(new MessageModel(
                known ? FrameOf(context, "No such place in the list") : new Frame { Title = "No such place in the list" },
                "The cursor in this address is none of this list: it was cut short, or it is of another list, filter or order. "
                    + "Begin the list anew.",
                context.Request.Path, "The beginning of the list")),
            StatusCodes.Status400BadRequest);
    }

    private IResult OfFailure(HttpContext context, Exception exception)
    {
        var failure = ApiExceptions.Describe(exception, context.Request);
        ApiExceptions.Tell(logger, context, exception, failure.Status);
        return exception is UnreadableRowException { Note: { } note } && context.Features.Get<KeyHolder>() is { } holder
            ? OfRow(context, holder, note)
            : DashboardMessages.Of(failure.Status, failure.Title.TrimEnd('.'), failure.Detail);
    }

    // What a row of a project says that the key does not open stays untold.
    private static SlicePage OfRow(HttpContext context, KeyHolder holder, SetAsideNote note)
    {
        var thing = StoredThing.Of(note.Name);
        var frame = FrameOf(context, $"This {thing.Kind} cannot be read");
        var (back, words) = BackOf(context, frame);
        var isOpen = thing.Project is not { } project || holder.Opens(project);
        List<FactLine> facts = [];
        if (isOpen && note.About is { } about)
            facts.Add(new FactLine("Which", WebText.Cut(WebText.Readable(about), AboutLength)));
        if (isOpen && frame.Project is { } named && thing.Project?.Value == named.Id)
            facts.Add(new FactLine("Project", named.Name));
        facts.Add(new FactLine("What is wrong", WebText.Cut(note.Problem, ProblemLength)));
        facts.Add(new FactLine("What to do", note.Advice));
        if (isOpen)
            facts.Add(new FactLine(
                "Where it is stored",
                WebText.Cut($"table {note.Name.Area}, partition {note.Name.Partition}, row {note.Name.Key}", ProblemLength)));
        var who = frame.Visitor is { OwnsAll: true } ? "" : " Tell an owner of all projects: they find it under System, Set aside.";
        return new SlicePage(
            Message.Create(new MessageModel(
                frame,
                "Its row in the storage is damaged, or a later version wrote it. Nothing was changed, nothing is taken for gone, and "
                    + "all else goes on." + who,
                back, words)
            { Facts = facts, IsSetAside = true }),
            StatusCodes.Status503ServiceUnavailable);
    }

    private static Frame FrameOf(HttpContext context, string title)
    {
        var frame = context.RequestServices.GetRequiredService<DashboardFrame>();
        return context.Features.Get<Project>() is null
            ? frame.Of(context, title) : frame.Of(context, title, PartsOf(context).ElementAtOrDefault(3) ?? "");
    }

    // To the list that the page belongs to; from the list itself to the project, and from there to all projects.
    private static (string Path, string Words) BackOf(HttpContext context, Frame frame)
    {
        var parts = PartsOf(context);
        if (frame.Project is not { } project || parts.Length <= 3)
            return ("/app", "To your projects");
        return parts.Length > 4 ? (project.Path(parts[3]), "Back to the list") : (project.Path(""), "Back to the project");
    }

    // For example app, p, prj_…, links, lnk_….
    private static string[] PartsOf(HttpContext context) =>
        (context.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
}
