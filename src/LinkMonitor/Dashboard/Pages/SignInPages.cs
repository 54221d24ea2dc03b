using LinkMonitor.Api.Limits;
using LinkMonitor.Auditing;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Keys;
using LinkMonitor.Views;
using LinkMonitor.Views.Slices;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;

namespace LinkMonitor.Dashboard.Pages;

/// <summary>
/// Signs people in, by key or by a one-time address, and out. Nothing but a POST signs in: previews of messages follow every link.
/// </summary>
internal static class SignInPages
{
    private const string Home = "/app";
    private const string Ended = "Your session has ended, so nothing was done yet. Sign in again";

    // A form that was kept, sealed: half as much again, and its escapes in the form that brings it.
    private const int MaxBytes = 3 * KeptForm.MaxBytes;

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/sign-in").ExcludeFromDescription().WithBodyLimit(MaxBytes).WithForms(OpenTwiceAsync);
        pages.MapGet("/", AskAsync);
        pages.MapPost("/", SignInAsync).WithoutAudit("It changes nothing; when a key was last used is kept with it.");
        pages.MapGet("/{token}", AskOnceAsync);
        pages.MapPost("/{token}", SignInOnceAsync).WithoutAudit("As with a key. The address is used up.");
    }

    /// <summary>The end of a session.</summary>
    public static async Task<IResult> SignOutAsync(HttpContext context)
    {
        await context.SignOutAsync(SessionScheme.Name);
        return Results.LocalRedirect("/sign-in");
    }

    /// <summary>
    /// Answers who is not signed in: a page that is wanted comes after signing in, and a form that was sent is there again with what was
    /// typed.
    /// </summary>
    public static async Task AskAgainAsync(HttpContext context, bool hadSession)
    {
        if (HttpMethods.IsGet(context.Request.Method))
        {
            var wanted = Uri.EscapeDataString(context.Request.Path + context.Request.QueryString);
            context.Response.Redirect($"/sign-in?next={wanted}{(hadSession ? "&ended=1" : "")}");
            return;
        }

        var frame = context.RequestServices.GetRequiredService<DashboardFrame>();
        var kept = await KeptForm.TakeAsync(context);
        var from = Uri.TryCreate(context.Request.Headers.Referer.ToString(), UriKind.Absolute, out var page) ? page.PathAndQuery : null;
        var told = kept is null
            ? $"{Ended}; what was typed could not be kept." : $"{Ended}: what you typed is there then, and you can send it.";
        await new SlicePage(
            SignIn.Create(new SignInModel("/sign-in", frame.Token(context), Safe(from), Problem: told)
            {
                Kept = kept?.Seal(context.RequestServices.GetRequiredService<IDataProtectionProvider>()),
            }),
            StatusCodes.Status401Unauthorized).ExecuteAsync(context);
    }

    private static async Task<IResult> AskAsync(HttpContext context, DashboardFrame frame, string? next = null, string? ended = null)
    {
        var known = await context.AuthenticateAsync(SessionScheme.Name);
        return known.Succeeded ? Results.LocalRedirect(Safe(next)) : Form(
            context, frame, Safe(next), ended is null ? null : "Your session has ended. Sign in again: you come back to where you were.",
            StatusCodes.Status200OK);
    }

    // Another tab has signed in meanwhile, or has replaced what tells that the form is ours.
    private static async Task<IResult> OpenTwiceAsync(HttpContext context)
    {
        var frame = context.RequestServices.GetRequiredService<DashboardFrame>();
        var next = Safe(context.Request.Form.Text("next"));
        return (await context.AuthenticateAsync(SessionScheme.Name)).Succeeded
            ? Results.LocalRedirect(next)
            : Form(
                context, frame, next, "This page was too old, or another one to sign in was open. Sign in here now.",
                StatusCodes.Status200OK, context.Request.Form.Text("kept"));
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, DashboardFrame frame, KeyRing keys, RequestLimits limits, IDataProtectionProvider protection,
        CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        var next = Safe(form.Text("next"));
        if (await keys.SignInAsync(form.Text("key"), cancellationToken) is not { } holder)
        {
            if (!RequestLimits.TryTake(context, limits.WrongKeys, "wrong-keys", string.Empty))
                return Form(
                    context, frame, next, "Too many wrong keys. Try again in a minute.", StatusCodes.Status429TooManyRequests,
                    form.Text("kept"));
            return Form(
                context, frame, next, "This key is not known: it is mistyped or was revoked.", StatusCodes.Status401Unauthorized,
                form.Text("kept"));
        }

        var principal = await SessionScheme.BeginAsync(context, holder);
        if (KeptForm.Open(form.Text("kept"), protection) is not { } kept || Safe(kept.Path) != kept.Path)
            return Results.LocalRedirect(next);
        if (!await kept.IsOfAsync(context, principal))
            return frame.Refused(context, next, "Nothing was done of what was typed before you signed in: it was not yours.");
        return new SlicePage(FormPage.Create(new FormModel(
            frame.Of(context, "Send it again"), kept.Path, "Send it", kept.Shown,
            ["Your session had ended, and nothing was done. This is what you had typed: look at it, and send it."], next)
        {
            Hidden = kept.Hidden,
        }));
    }

    private static async Task<IResult> AskOnceAsync(
        string token, HttpContext context, DashboardFrame frame, SignInLinks links, RequestLimits limits,
        CancellationToken cancellationToken, string? next = null) =>
        await links.FindAsync(token, cancellationToken) is { } holder
            ? new SlicePage(
                SignIn.Create(new SignInModel($"/sign-in/{Uri.EscapeDataString(token)}", frame.Token(context), Safe(next), holder.Name)))
            : Spent(context, frame, limits);

    private static async Task<IResult> SignInOnceAsync(
        string token, HttpContext context, DashboardFrame frame, SignInLinks links, RequestLimits limits,
        CancellationToken cancellationToken)
    {
        if (await links.RedeemAsync(token, cancellationToken) is not { } holder)
            return Spent(context, frame, limits);
        await SessionScheme.BeginAsync(context, holder);
        return Results.LocalRedirect(Safe(context.Request.Form.Text("next")));
    }

    private static SlicePage Spent(HttpContext context, DashboardFrame frame, RequestLimits limits) =>
        RequestLimits.TryTake(context, limits.WrongAddresses, "wrong-addresses", string.Empty)
            ? Form(
                context, frame, Home, "This one-time address was used already, or is too old. Sign in with a key, or make another address.",
                StatusCodes.Status410Gone)
            : Form(context, frame, Home, "Too many wrong addresses. Try again in a minute.", StatusCodes.Status429TooManyRequests);

    private static SlicePage Form(
        HttpContext context, DashboardFrame frame, string next, string? problem, int status, string? kept = null) => new(
        SignIn.Create(new SignInModel("/sign-in", frame.Token(context), next, Problem: problem)
        {
            Kept = string.IsNullOrEmpty(kept) ? null : kept,
        }), status);

    // Only a page of ours: a path, and not one that a browser reads as another host.
    private static string Safe(string? next) =>
        next is { Length: > 1 and <= 2_000 } && next.StartsWith(Home, StringComparison.Ordinal)
        && !next.AsSpan().ContainsAny('\\', '\r', '\n') && (next.Length == Home.Length || next[Home.Length] is '/' or '?')
            ? next : Home;
}
