using LinkMonitor.Auditing;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Exports;
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

/// <summary><c>/app/p/{id}/exports</c>: links as files, and the secret addresses of views.</summary>
internal static class ExportsPage
{
    private const int NameLength = 80;
    private const int ProblemLength = 400;

    public static void MapExportPages(this IEndpointRouteBuilder project)
    {
        project.MapGet("/exports", (
                HttpContext context, DashboardFrame frame, LinkLists lists, ExportAddressBook book, ViewRegistry views, TimeProvider time,
                CancellationToken cancellationToken, string? q = null) =>
            ShowAsync(context, frame, lists, book, views, new FormErrors(), time.GetUtcNow(), q, cancellationToken));
        project.MapPost("/exports", MakeAsync).RequireAuthorization(SessionScheme.Editor);
        project.MapPost("/exports/{addressId}/revoke", RevokeAsync).RequireAuthorization(SessionScheme.Editor);
        foreach (var format in Enum.GetValues<ExportFormat>())
            project.MapGet($"/export.{WireName.Of(format)}", (
                    HttpContext context, LinkExport export, LinkLists lists, TimeProvider time, CancellationToken cancellationToken,
                    string? q = null) =>
                DownloadAsync(format, context, export, lists, time, q, cancellationToken));
    }

    /// <summary>The links of a line as files: what the button says, and where the file is.</summary>
    public static IReadOnlyList<(string Words, string Path)> FilesOf(Project project, string line)
    {
        var query = line.Length == 0 ? string.Empty : $"?q={Uri.EscapeDataString(line)}";
        return
        [
            ("CSV", $"/app/p/{project.Id}/export.csv{query}"), ("Excel", $"/app/p/{project.Id}/export.xlsx{query}"),
            ("JSON lines", $"/app/p/{project.Id}/export.jsonl{query}"),
        ];
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, DashboardFrame frame, LinkLists lists, ExportAddressBook book, ViewRegistry views, FormErrors errors,
        DateTimeOffset now, string? q, CancellationToken cancellationToken)
    {
        var (project, holder) = (context.CurrentProject(), context.Holder());
        if (await lists.OpenSoonAsync(project, cancellationToken) is not { } listing)
            return LoadingPage.Of(context, frame, lists, "Exports", "links");
        var reading = FilterParser.Read(q);
        var moments = MomentMaker.Of(project, now);
        var fields = Fields(errors, await views.ListAsync(project.Id, holder, cancellationToken));
        return new SlicePage(Views.Slices.Exports.Create(new ExportsModel
        {
            Frame = frame.Of(context, "Exports", "links"),
            Filter = q ?? "",
            FilterProblems = [.. reading.Problems.Select(problem => WebText.Cut(problem.ToString(), ProblemLength))],
            Found = reading.Line is { } line ? listing.Count(line) : 0,
            Files = FilesOf(project, reading.Line?.Text ?? ""),
            Addresses =
            [
                .. (await book.ListAsync(project, holder, cancellationToken)).Select(one => new AddressLine(
                    ExportFiles.WordsOf(one.Address.Gives), one.View is { } view ? WebText.Visible(view) : "a view that you do not see",
                    WebText.Visible(one.Address.By.Name), moments.Of(one.Address.CreatedAt),
                    one.Address.OpenedAt is { } opened ? moments.Of(opened) : null,
                    $"/app/p/{project.Id}/exports/{one.Address.Id}/revoke")),
            ],
            Fields = fields,
            Problems = errors.Others(fields),
        }), errors.Status);
    }

    private static List<Field> Fields(FormErrors errors, IReadOnlyList<SavedView> saved) =>
    [
        errors.Field("view", "View") with
        {
            Type = "select",
            Choices =
            [
                ("", ExportAddressBook.AllLinks), .. BuiltInViews.All.Select(view => (view.Id, view.Name)),
                .. saved.Select(view => (view.Id, WebText.Short(view.Name, NameLength))),
            ],
        },
        errors.Field("gives", "What it gives") with
        {
            Type = "select",
            Choices = [.. Enum.GetValues<ExportGift>().Select(gives => (WireName.Of(gives), ExportFiles.WordsOf(gives)))],
        },
    ];

    private static async Task<IResult> MakeAsync(
        HttpContext context, DashboardFrame frame, ExportAddressBook book, CancellationToken cancellationToken)
    {
        var (project, form) = (context.CurrentProject(), context.Request.Form);
        var back = $"/app/p/{project.Id}/exports";
        var gives = WireName.TryParse<ExportGift>(form.Text("gives"), out var wanted) ? wanted : ExportGift.Csv;
        var view = form.Text("view") is { Length: > 0 } id ? id : null;
        var made = await book.MakeAsync(project, context.Holder(), gives, view, cancellationToken);
        return made switch
        {
            { Address: { } address, Url: { } url } => frame.Done(
                context, back, "The address is made. It is shown this once: only a hash of it is kept.",
                new AuditNote(AddressWords.Made(address), address.Id), secret: url.AbsoluteUri),
            { Outcome: AddressOutcome.NoView } => frame.Refused(context, back, $"Nothing was made. {AddressWords.NoView}"),
            { Outcome: AddressOutcome.TooMany } => frame.Refused(
                context, back, $"Nothing was made: the project has as many addresses as it can. {AddressWords.TooMany}"),
            _ => frame.Refused(
                context, back, $"Nothing was made: this installation has no public address. {AddressWords.NoPublicUrl}"),
        };
    }

    private static async Task<IResult> RevokeAsync(
        string addressId, HttpContext context, DashboardFrame frame, ExportAddressBook book, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        return await book.RevokeAsync(project, addressId, cancellationToken) is { } address
            ? frame.Done(
                context, $"/app/p/{project.Id}/exports", "The address is revoked.",
                new AuditNote(AddressWords.Revoked(address), address.Id))
            : DashboardMessages.NotFound;
    }

    private static async Task<IResult> DownloadAsync(
        ExportFormat format, HttpContext context, LinkExport export, LinkLists lists, TimeProvider time, string? q,
        CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        // A filter that cannot be read is said where it can be mended.
        if (FilterParser.Read(q).Line is not { } line)
            return Results.LocalRedirect($"/app/p/{project.Id}/exports?q={Uri.EscapeDataString(q ?? "")}");
        var listing = await lists.OpenAsync(project, cancellationToken);
        return export.Answer(context, listing, line, format, withMark: true, ExportEndpoints.FileName(project.Name, time.GetUtcNow()));
    }
}
