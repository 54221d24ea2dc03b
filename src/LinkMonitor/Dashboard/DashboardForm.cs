using LinkMonitor.Api;
using LinkMonitor.Api.Limits;
using LinkMonitor.Sharing;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;

namespace LinkMonitor.Dashboard;

/// <summary>The forms of the dashboard: read within bounds, and only when one of our own pages sent them.</summary>
internal static class DashboardForm
{
    /// <summary>The most that a form brings: a page's whole HTML.</summary>
    public const int MaxBytes = 12 * 1024 * 1024;

    private const int MaxFields = 1_200;
    private const int MaxKey = 100;

    /// <summary>The field with the token.</summary>
    public const string TokenField = "__RequestVerificationToken";

    /// <summary>Closes every POST of a group to forms of other sites and to stale ones.</summary>
    /// <param name="stale">The answer to a form of ours with a token that is good no more; null for the same as to all others.</param>
    public static RouteGroupBuilder WithForms(this RouteGroupBuilder group, Func<HttpContext, Task<IResult>>? stale = null)
    {
        group.AddEndpointFilter(async (call, next) =>
        {
            var context = call.HttpContext;
            if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
                return await next(call);
            return await IsSoundAsync(context) ? await next(call)
                : stale is not null && IsOurs(context) && context.Request.Form.Text(TokenField).Length > 0 ? await stale(context)
                : DashboardMessages.StaleForm;
        });
        return group;
    }

    /// <summary>What is said of a form over something that has changed since.</summary>
    public const string StaleWords =
        "Somebody saved since you opened the page, and nothing of yours is saved yet. Where you typed something it is here, with what is "
        + "stored now beside it if that differs; all else is as it is stored now. Save again to save yours, or leave the page.";

    /// <summary>The field with the version of what a form was opened over.</summary>
    public const string ShownField = "shown";

    /// <summary>The field with the version of the handed page that an answer rests on.</summary>
    public const string HandedField = "handed";

    /// <summary>Which version a form was opened over; any, if it does not say.</summary>
    /// <param name="field">The field that says it.</param>
    public static IfMatch Shown(this IFormCollection form, string field = ShownField) =>
        form.Text(field) is { Length: > 0 } shown ? IfMatch.Of(shown) : IfMatch.Any;

    /// <summary>The text of a field without white space around it; empty when it is not there.</summary>
    public static string Text(this IFormCollection form, string name) => form[name].ToString().Trim();

    /// <summary>Whether a form of one of our own pages came with a request, as far as its browser says.</summary>
    public static bool IsOurs(HttpContext context) => context.Request.HasFormContentType
        && RequestOrigin.IsOurs(context, context.RequestServices.GetRequiredService<PublicAddresses>());

    private static async Task<bool> IsSoundAsync(HttpContext context)
    {
        if (!IsOurs(context))
            return false;

        // A route that takes files says how large they may be; a field never is.
        var most = BodyLimits.Of(context);
        var bounds = new FormOptions
        {
            ValueCountLimit = MaxFields,
            KeyLengthLimit = MaxKey,
            ValueLengthLimit = MaxBytes,
            MultipartBodyLengthLimit = Math.Max(most, MaxBytes),
        };
        await FormReading.ReadAsync(
            () => context.Request.ReadFormAsync(bounds, context.RequestAborted),
            "The form cannot be read: it is damaged, or larger than any of ours. Nothing was changed.");
        return await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context);
    }
}

/// <summary>Who may be behind a request that changes something.</summary>
internal static class RequestOrigin
{
    /// <summary>
    /// Whether a browser says that one of our own pages sent it (https://www.w3.org/TR/fetch-metadata/,
    /// https://www.rfc-editor.org/rfc/rfc6454); where it says nothing, the antiforgery token alone decides.
    /// </summary>
    public static bool IsOurs(HttpContext context, PublicAddresses addresses)
    {
        // What is there twice, some proxy or attacker has added to: it is nobody's word.
        if (context.Request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site)
            return site is ["same-origin" or "none"];
        if (context.Request.Headers.Origin is not { Count: > 0 } origin)
            return true;
        return origin is [{ } only] && Uri.TryCreate(only, UriKind.Absolute, out var from)
            && (Same(from.Authority, context.Request.Host.Value) || Same(from.Authority, addresses.BaseUrl?.Authority));
    }

    private static bool Same(string one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
