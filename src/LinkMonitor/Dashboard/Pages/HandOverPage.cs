using System.Text;
using LinkMonitor.Answers;
using LinkMonitor.Api;
using LinkMonitor.Auditing;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Links;
using LinkMonitor.Views;
using LinkMonitor.Wording;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/p/{id}/hand-over</c>: takes a page's document from the browser of a person.</summary>
internal static class HandOverPage
{
    public static void MapHandOver(this IEndpointRouteBuilder project)
    {
        project.MapGet("/hand-over", ShowAsync).RequireAuthorization(SessionScheme.Editor);
        project.MapPost("/hand-over", TakeAsync).RequireAuthorization(SessionScheme.Editor);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, DashboardFrame frame, ILinkStore links, TimeProvider time, CancellationToken cancellationToken,
        string? link = null, string? from = null)
    {
        var named = link is null ? null : await links.FindAsync(context, link, cancellationToken);
        if (link is not null && named is null)
            return DashboardMessages.NotFound;
        return Page(context, frame, named, new FormErrors(), [], time.GetUtcNow(), isFromBookmark: from == "bookmark");
    }

    private static async Task<IResult> TakeAsync(
        HttpContext context, DashboardFrame frame, ILinkStore links, PageHandOver handOver, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        var id = form.Text("link");
        var link = id.Length == 0 ? null : await links.FindAsync(context, id, cancellationToken);
        if (id.Length > 0 && link is null)
            return DashboardMessages.NotFound;

        var errors = new FieldErrors();
        var document = await ReadAsync(form, link?.WaitingPage() is not null, errors, cancellationToken);
        var url = UrlOf(form.Text("url"), document, link, errors);
        if (errors.Any)
            return Page(context, frame, link, FormErrors.Of(errors, form), [], time.GetUtcNow());
        if (link is not null && !PageHandOver.IsAt(link, url!) && !form.ContainsKey("elsewhere"))
            return Refuse($"It was not judged: it came from {url}, and the link's page is {link.Page}.", isElsewhere: true);
        var found = link is not null ? [link] : await handOver.FindAsync(context.CurrentProject().Id, url!, cancellationToken);
        if (found.Count == 0)
            return Refuse(
                $"It was not judged: no link of this project on {url} waits for a human. If the page has another address there, hand it "
                    + "over from the link's own page.");
        var handed = new HandedText(url!, document.Html, document.IsText, document.Way);
        var results = await handOver.TakeAsync(found, handed, context.Holder().Author, cancellationToken);
        return Done(
            context, frame, url!, results, isMore: results.Count < found.Count || found.Count == PageHandOver.MostLinks);

        IResult Refuse(string problem, bool isElsewhere = false) => Page(
            context, frame, link, FormErrors.Of(new FieldErrors(), form), [problem], time.GetUtcNow(), isElsewhere: isElsewhere);
    }

    private static IResult Done(
        HttpContext context, DashboardFrame frame, WebUrl url, IReadOnlyList<AnswerResult> results, bool isMore)
    {
        var project = context.CurrentProject();
        var kept = results.Where(result => result.Outcome == AnswerOutcome.Done).ToList();
        if (kept.Count == 0)
            return frame.Refused(context, $"/app/p/{project.Id}/human", AnswerForms.WordsOf(results[0].Outcome));
        var note = new AuditNote($"Handed over the page {url}", kept is [{ Link: { } one }] ? one.Id.Value : null);
        return kept is [{ Link: { } only }] && !isMore
            ? frame.Done(
                context, $"{LineMaker.PathOf(project, only.Id.Value)}#answer",
                "The page was read. What was found in it is below.", note)
            : frame.Done(
                context, $"/app/p/{project.Id}/human",
                isMore
                    ? $"The page was read for {kept.Count} of its links. Hand it over again for the others."
                    : $"The page was read for its {kept.Count} links. What was found for each is below.",
                note);
    }

    /// <param name="hasBefore">Something that was handed over before waits for an answer.</param>
    private static async Task<PostedPage> ReadAsync(
        IFormCollection form, bool hasBefore, FieldErrors errors, CancellationToken cancellationToken)
    {
        var kept = hasBefore ? " What was handed over before is still there." : "";
        if (form.Files.GetFile("file") is { FileName.Length: > 0 } file)
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, cancellationToken);
            if (file.Length > HandedDocument.MaxBytes)
                errors.Add("html", TooLong);
            else if (NoPage.WhyNot(bytes.ToArray()) is { } problem)
                errors.Add("html", $"The file was not taken. {problem}{kept}");
            return new PostedPage(bytes.ToArray(), false, HandOverWay.File);
        }

        var html = Encoding.UTF8.GetBytes(form["html"].ToString());
        if (html.Length > HandedDocument.MaxBytes)
            errors.Add("html", TooLong);
        else if (html.AsSpan().Trim(" \t\r\n"u8).IsEmpty)
            errors.Add("html", "Paste the page's HTML, or choose a saved page.");
        else if (NoPage.WhyNot(html) is { } problem)
            errors.Add("html", $"It was not taken. {problem}{kept}");
        var isBookmark = WireName.TryParse<HandOverWay>(form.Text("way"), out var way) && way == HandOverWay.Bookmark;
        return new PostedPage(html, true, isBookmark ? HandOverWay.Bookmark : HandOverWay.Paste);
    }

    private static string TooLong => $"At most {HandedDocument.MaxBytes / 1_048_576} MB.";

    /// <summary>What was typed, else what the saved page says, else the link's page.</summary>
    private static WebUrl? UrlOf(string text, PostedPage document, WatchedLink? link, FieldErrors errors)
    {
        if (text.Length > 0)
        {
            if (WebUrl.TryParse(text, out var typed) && typed.IsHttp)
                return typed;
            errors.Add("url", "It must be an http or https URL.");
        }

        var known = HandedDocument.SavedFrom(document.Html.Span) ?? link?.Page;
        if (known is null && text.Length == 0)
            errors.Add("url", "Say which page it is: the document does not.");
        return known;
    }

    private static SlicePage Page(
        HttpContext context, DashboardFrame frame, WatchedLink? link, FormErrors errors, IReadOnlyList<string> problems, DateTimeOffset now,
        bool isElsewhere = false, bool isFromBookmark = false)
    {
        var project = context.CurrentProject();
        var path = $"/app/p/{project.Id}/hand-over";
        var lines = new LineMaker(project, now);
        var model = new HandOverModel
        {
            Frame = frame.Of(context, "Hand us a page", "human"),
            Action = path,
            Link = link is null ? null : lines.Of(link),
            Url = errors.Field(
                "url", "Address of the page", help: "Where your browser was. Empty: as the saved page says, or the link's page.") with
            {
                Type = "url",
            },
            Html = errors.Field("html", "HTML of the page", help: "Paste the whole document; a file may be dropped here.") with
            {
                Type = "textarea",
            },
            Problems = problems,
            IsElsewhere = isElsewhere,
            IsFromBookmark = isFromBookmark,
            MaxBytes = HandedDocument.MaxBytes,
            Bookmark = new Bookmarklet($"Hand to LinkMonitor: {WebText.Visible(project.Name)}", OriginOf(context), $"{path}?from=bookmark"),
        };
        var status = problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : errors.Status;
        return new SlicePage(Views.Slices.HandOver.Create(model), status, keepsOpener: true);
    }

    // Where people reach us; the page's script sets it right where we are told another.
    private static string OriginOf(HttpContext context)
    {
        var services = context.RequestServices;
        if (services.GetRequiredService<IOptions<SharingOptions>>().Value.PublicUrl is { } address)
            return address.GetLeftPart(UriPartial.Authority);
        var scheme = services.GetRequiredService<SessionCookie>().IsSecure(context) ? "https" : "http";
        return $"{scheme}://{context.Request.Host}";
    }

    private sealed record PostedPage(ReadOnlyMemory<byte> Html, bool IsText, HandOverWay Way);
}
