using LinkMonitor.Api.Limits;
using LinkMonitor.Auditing;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Keys;
using LinkMonitor.Views;
using LinkMonitor.Views.Slices;
using Microsoft.AspNetCore.Authentication;

namespace LinkMonitor.Dashboard.Pages;

/// <summary>
/// Signs people in, by key or by a one-time address, and out. Nothing but a POST signs in: previews of messages follow every link.
/// </summary>
internal static class SignInPages
{
    private const string Home = "/app";

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/sign-in").ExcludeFromDescription().WithBodyLimit(BodyLimits.Form).WithForms();
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

    private static async Task<IResult> AskAsync(HttpContext context, DashboardFrame frame, string? next = null)
    {
        var known = await context.AuthenticateAsync(SessionScheme.Name);
        return known.Succeeded ? Results.LocalRedirect(Safe(next)) : Form(context, frame, Safe(next), null, StatusCodes.Status200OK);
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, DashboardFrame frame, KeyRing keys, RequestLimits limits, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        var next = Safe(form.Text("next"));
        if (await keys.SignInAsync(form.Text("key"), cancellationToken) is not { } holder)
        {
            if (!RequestLimits.TryTake(context, limits.WrongKeys, "wrong-keys", string.Empty))
                return Form(context, frame, next, "Too many wrong keys. Try again in a minute.", StatusCodes.Status429TooManyRequests);
            return Form(
                context, frame, next, "This key is not known: it is mistyped or was revoked.", StatusCodes.Status401Unauthorized);
        }

        await SessionScheme.BeginAsync(context, holder);
        return Results.LocalRedirect(next);
    }

    private static async Task<IResult> AskOnceAsync(
        string token, HttpContext context, DashboardFrame frame, SignInLinks links, RequestLimits limits,
        CancellationToken cancellationToken) =>
        await links.FindAsync(token, cancellationToken) is { } holder
            ? new SlicePage(
                SignIn.Create(new SignInModel($"/sign-in/{Uri.EscapeDataString(token)}", frame.Token(context), Home, holder.Name)))
            : Spent(context, frame, limits);

    private static async Task<IResult> SignInOnceAsync(
        string token, HttpContext context, DashboardFrame frame, SignInLinks links, RequestLimits limits,
        CancellationToken cancellationToken)
    {
        if (await links.RedeemAsync(token, cancellationToken) is not { } holder)
            return Spent(context, frame, limits);
        await SessionScheme.BeginAsync(context, holder);
        return Results.LocalRedirect(Home);
    }

    private static SlicePage Spent(HttpContext context, DashboardFrame frame, RequestLimits limits) =>
        RequestLimits.TryTake(context, limits.WrongAddresses, "wrong-addresses", string.Empty)
            ? Form(
                context, frame, Home, "This one-time address was used already, or is too old. Sign in with a key, or make another address.",
                StatusCodes.Status410Gone)
            : Form(context, frame, Home, "Too many wrong addresses. Try again in a minute.", StatusCodes.Status429TooManyRequests);

    private static SlicePage Form(HttpContext context, DashboardFrame frame, string next, string? problem, int status) =>
        new(SignIn.Create(new SignInModel("/sign-in", frame.Token(context), next, Problem: problem)), status);

    // Only a page of ours: a path, and not one that a browser reads as another host.
    private static string Safe(string? next) =>
        next is { Length: > 1 and <= 2_000 } && next.StartsWith(Home, StringComparison.Ordinal)
        && !next.AsSpan().ContainsAny('\\', '\r', '\n') && (next.Length == Home.Length || next[Home.Length] is '/' or '?')
            ? next : Home;
}
