using LinkMonitor.Auditing;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Filtering;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Views;
using LinkMonitor.Wording;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;

namespace LinkMonitor.Dashboard;

/// <summary>Makes what stands around a page: who is signed in, the project's tabs, and what the last act did.</summary>
internal sealed class DashboardFrame(IAntiforgery antiforgery, IDataProtectionProvider protection, SessionCookie cookie, LinkLists lists)
{
    private const string NoticeCookie = "linkmonitor-notice";
    private const char Separator = '\n';

    // A browser takes a cookie of 4,096 bytes: encrypted and in base64 that is this much of any script, a path and a secret.
    private const int NoticeLength = 400;

    private const int TitleLength = 300;
    private const int PlaceLength = 2_000;
    private static readonly TimeSpan NoticeAge = TimeSpan.FromMinutes(1);

    private readonly ITimeLimitedDataProtector _notices = protection.CreateProtector("LinkMonitor.Notices").ToTimeLimitedDataProtector();

    /// <summary>The frame of a page outside of a project.</summary>
    public Frame Of(HttpContext context, string title) => new()
    {
        Title = WebText.Cut(title, TitleLength),
        Visitor = VisitorOf(context),
        Notice = TakeNotice(context),
        Place = context.Request.Path + context.Request.QueryString.Value,
    };

    /// <summary>The frame of a page of the current project.</summary>
    /// <param name="tab">The tab that is open, for example <c>links</c>.</param>
    public Frame Of(HttpContext context, string title, string tab)
    {
        var project = context.CurrentProject();
        var human = lists.Known(project)?.Count(BuiltInViews.NeedsHuman.Line);
        return Of(context, title) with { Project = new ProjectTabs(project.Id.Value, WebText.Visible(project.Name), tab, human) };
    }

    /// <summary>The antiforgery token of the answer's forms.</summary>
    public string Token(HttpContext context) => antiforgery.GetAndStoreTokens(context).RequestToken ?? string.Empty;

    /// <summary>Goes to a page (a redirect after a POST) that then says once what was done.</summary>
    /// <param name="text">For whoever did it, who has it before their eyes.</param>
    /// <param name="note">
    /// The same for the audit log: it names what was done something to, in words and by its identity. Null when nothing is another than
    /// before.
    /// </param>
    /// <param name="undo">Where a POST undoes it.</param>
    /// <param name="secret">What is shown this once: it travels encrypted, and for a minute at most.</param>
    public IResult Done(
        HttpContext context, string path, string text, AuditNote? note, string? undo = null, string? secret = null)
    {
        Tell(context, text, isGood: true, undo, secret);
        context.Audit(note);
        return Results.LocalRedirect(path);
    }

    /// <summary>As <see cref="Done"/>, after a form that sets something: what was sent as it was before changed nothing.</summary>
    /// <param name="note">Null when nothing is another than before: then that is said in place of the text.</param>
    public IResult Changed(HttpContext context, string path, string text, AuditNote? note, string? undo = null) =>
        Done(context, path, note is null ? "Nothing was changed: all is as it was." : text, note, undo);

    /// <summary>The page on which a form stood that says its place, as "Undo" does.</summary>
    /// <param name="root">Only this page, or one below it or with a query, is taken: never what leads elsewhere.</param>
    /// <returns>The root when the form says no such page.</returns>
    public static string PlaceOf(IFormCollection form, string root)
    {
        var place = form.Text(Frame.PlaceField);
        return place.Length <= PlaceLength && place.StartsWith(root, StringComparison.Ordinal)
            && (place.Length == root.Length || place[root.Length] is '?' or '/')
            && !place.Any(sign => char.IsControl(sign) || sign == '\\')
                ? place : root;
    }

    /// <summary>Goes to a page that says once why nothing was done.</summary>
    public IResult Refused(HttpContext context, string path, string text)
    {
        Tell(context, text, isGood: false, null, null);
        return new NothingDone(path);
    }

    private void Tell(HttpContext context, string text, bool isGood, string? undo, string? secret)
    {
        var told = string.Join(
            Separator, isGood ? "ok" : "bad", undo ?? string.Empty, secret ?? string.Empty, WebText.Short(text, NoticeLength));
        context.Response.Cookies.Append(NoticeCookie, _notices.Protect(told, NoticeAge), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = cookie.IsSecure(context),
            MaxAge = NoticeAge,
            Path = "/app",
        });
    }

    /// <summary>Who is signed in, with the token of the answer's forms; null for nobody.</summary>
    public Visitor? VisitorOf(HttpContext context) => context.Features.Get<KeyHolder>() is { } holder
        ? new Visitor(
            WebText.Visible(holder.Name), WireName.Of(holder.Role), holder.Scope != ApiKeyScope.Read, holder.Scope == ApiKeyScope.Admin,
            holder is { Scope: ApiKeyScope.Admin, Projects.IsAll: true }, Token(context))
        : null;

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private DoneNotice? TakeNotice(HttpContext context)
    {
        if (context.Request.Cookies[NoticeCookie] is not { } cookie)
            return null;
        context.Response.Cookies.Delete(NoticeCookie, new CookieOptions { Path = "/app" });
        try
        {
            return _notices.Unprotect(cookie).Split(Separator, 4) is [var kind, var undo, var secret, var text]
                ? new DoneNotice(text, kind == "ok", NullIfEmpty(undo), NullIfEmpty(secret))
                : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Too old, or not of ours: nothing to tell.
            return null;
        }
    }
}

/// <summary>Leads back to a page that says why nothing was done: to whoever keeps what was done it is a refusal.</summary>
internal sealed class NothingDone(string path) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => StatusCodes.Status409Conflict;

    public Task ExecuteAsync(HttpContext httpContext) => Results.LocalRedirect(path).ExecuteAsync(httpContext);
}
