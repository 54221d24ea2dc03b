using System.Globalization;
using LinkMonitor.Api;
using LinkMonitor.Filtering;
using LinkMonitor.Keys;
using LinkMonitor.Links;
using LinkMonitor.Projects;
using LinkMonitor.SavedViews;
using LinkMonitor.Snapshots;

namespace LinkMonitor.Exports;

/// <summary>The routes <c>/api/v1/projects/{id}/export.csv</c>, <c>.xlsx</c> and <c>.jsonl</c>.</summary>
internal static class ExportEndpoints
{
    public static IServiceCollection AddExports(this IServiceCollection services) =>
        services.AddSingleton<LinkExport>().AddSingleton<ExportAddressBook>().AddSingleton<ViewFeed>();

    public static void MapExports(this IEndpointRouteBuilder api)
    {
        Map(api, "csv", ExportFormat.Csv, "text/csv")
            .WithSummary("A project's links as CSV, or those that a filter or a saved view finds")
            .WithDescription(
                "Streamed, with stable columns (docs/exports.md). Cells that a spreadsheet would run as a formula begin with an "
                    + "apostrophe; "
                    + "our own import takes it away again. bom=false leaves out the byte order mark that Excel needs.");
        Map(api, "xlsx", ExportFormat.Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
            .WithSummary("The same as an Excel workbook")
            .WithDescription("400 when there are more links than a sheet has rows.");
        Map(api, "jsonl", ExportFormat.Jsonl, "application/jsonl")
            .WithSummary("The same as JSON lines: each link as the API gives it, one a line");
    }

    /// <summary>The line of a filter, of a saved view, or of both.</summary>
    /// <returns>Null when there is no view that the caller may see.</returns>
    public static async Task<FilterLine?> LineAsync(
        HttpContext context, FilterLine line, string? view, ViewRegistry views, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(view))
            return line;
        var text = BuiltInViews.All.FirstOrDefault(one => one.Id == view)?.Line.Text
            ?? (await views.FindAsync(context.CurrentProject().Id, context.Holder(), view, cancellationToken))?.Line;
        return text is not null && FilterParser.Read(text).Line is { } seen ? line.And(seen) : null;
    }

    /// <summary>The name of the file without its ending: the project and the day, without anything that a file system minds.</summary>
    public static string FileName(string project, DateTimeOffset now)
    {
        var plain = string.Join('-', string.Concat(project.Select(character => char.IsLetterOrDigit(character) ? character : '-'))
            .Split('-', StringSplitOptions.RemoveEmptyEntries));
        return string.Create(
            CultureInfo.InvariantCulture, $"{(plain.Length == 0 ? "links" : plain[..Math.Min(plain.Length, 60)])}-{now:yyyy-MM-dd}");
    }

    private static RouteHandlerBuilder Map(IEndpointRouteBuilder api, string ending, ExportFormat format, string type) =>
        api.MapProject().MapGet($"/export.{ending}", (
                string projectId, [AsParameters] LinkQuery query, string? view, bool? bom, HttpContext context, LinkExport export,
                LinkLists lists, ViewRegistry views, TimeProvider time, CancellationToken cancellationToken) =>
                ExportAsync(format, query, view, bom, context, export, lists, views, time, cancellationToken))
            .RequireAuthorization(KeyPolicies.Read).WithTags("Exports")
            .Produces(StatusCodes.Status200OK, contentType: type)
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> ExportAsync(
        ExportFormat format, LinkQuery query, string? view, bool? bom, HttpContext context, LinkExport export, LinkLists lists,
        ViewRegistry views, TimeProvider time, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        if (await LineAsync(context, LinkFilterReader.ReadLine(query), view, views, cancellationToken) is not { } line)
            return Problems.NotFound($"There is no view '{FieldErrors.Cut(view!)}'.");
        var listing = await lists.OpenAsync(project, cancellationToken);
        return export.Answer(context, listing, line, format, bom ?? true, FileName(project.Name, time.GetUtcNow()));
    }
}
