using LinkMonitor.Api;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Exports;
using LinkMonitor.Projects;
using LinkMonitor.Snapshots;
using LinkMonitor.Views;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/p/{id}/disavow</c>: what such a file is for, what would be in one, and the file once its project was named.</summary>
internal static class DisavowPage
{
    private const int Shown = 200;
    private const int PageLength = 200;
    private const string Yes = "yes";

    public static void MapDisavowPages(this IEndpointRouteBuilder project)
    {
        project.MapGet("/disavow", AskAsync).RequireAuthorization(SessionScheme.Editor);
        project.MapPost("/disavow", MakeAsync).RequireAuthorization(SessionScheme.Editor);
    }

    private static Task<IResult> AskAsync(
        HttpContext context, DashboardFrame frame, LinkLists lists, CancellationToken cancellationToken, string? of = null,
        string? scope = null, string? wanted = null)
    {
        var request = new DisavowRequest { Filter = of, Scope = ScopeOf(scope), WithWanted = wanted == Yes };
        return ShowAsync(context, frame, lists, request, new FieldErrors(), isAsked: of is not null, cancellationToken);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, DashboardFrame frame, LinkLists lists, DisavowRequest request, FieldErrors errors, bool isAsked,
        CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var unread = new FieldErrors();
        var read = isAsked ? await DisavowEndpoints.ReadAsync(project, request, lists, unread, cancellationToken) : null;
        var said = errors.ToDictionary().Concat(unread.ToDictionary()).ToLookup(field => field.Key, field => field.Value);
        string? Said(string field) => said.Contains(field) ? string.Join(' ', said[field].SelectMany(problems => problems)) : null;
        Field[] fields =
        [
            new("of", "Filter", request.Filter ?? $"tag:{DisavowFile.Tag}", Said("filter"), IsNeeded: true),
            new("scope", "What", WireName.Of(request.Scope ?? DisavowScope.Domain), Type: "select")
            {
                Choices = [("domain", "whole domains"), ("url", "single pages")],
            },
            new("wanted", $"Links without the tag “{DisavowFile.Tag}”", request.WithWanted is true ? Yes : "", Type: "select")
            {
                Choices = [("", "leave them out"), (Yes, "take them, too: I know that they are not wanted")],
            },
        ];
        return new SlicePage(
            Views.Slices.Disavow.Create(new DisavowModel(
                frame.Of(context, "Disavow file", "links"), fields, [],
                read is null ? null : new Field(
                    "confirm", "To go on, type the name of the project", Error: Said("confirm"),
                    Help: WebText.Visible(project.Name), IsNeeded: true),
                [.. read?.File.Lines.Take(Shown).Select(line => WebText.Short(line, PageLength)) ?? []], read?.File.Lines.Count ?? 0,
                [.. read?.File.Left.Take(Shown).Select(link => (WebText.Short(link.Page, PageLength), WordsOf(link.Why))) ?? []],
                read?.File.Left.Count ?? 0,
                [("of", request.Filter ?? ""), ("scope", fields[1].Value), ("wanted", fields[2].Value)])),
            errors.Any ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }

    private static async Task<IResult> MakeAsync(
        HttpContext context, DashboardFrame frame, LinkLists lists, TimeProvider time, CancellationToken cancellationToken)
    {
        var (project, form, errors) = (context.CurrentProject(), context.Request.Form, new FieldErrors());
        var request = new DisavowRequest
        {
            Filter = form.Text("of"),
            Scope = ScopeOf(form.Text("scope")),
            WithWanted = form.Text("wanted") == Yes,
            Confirm = form.Text("confirm"),
        };
        var read = await DisavowEndpoints.ReadAsync(project, request, lists, new FieldErrors(), cancellationToken);
        DisavowEndpoints.CheckConfirmed(project, request, read?.File, errors);
        return errors.Any || read is not { } made
            ? await ShowAsync(context, frame, lists, request, errors, isAsked: true, cancellationToken)
            : DisavowEndpoints.Answer(context, project, made, time.GetUtcNow());
    }

    private static DisavowScope? ScopeOf(string? text) => WireName.TryParse<DisavowScope>(text, out var scope) ? scope : null;

    private static string WordsOf(DisavowLeft why) => why switch
    {
        DisavowLeft.Wanted => $"it does not have the tag “{DisavowFile.Tag}”",
        DisavowLeft.SharesDomain => "another link of yours is on its domain",
        _ => "its URL is longer than Google takes",
    };
}
