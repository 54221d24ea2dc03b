using LinkMonitor.Dashboard.Sessions;
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

    /// <summary>Closes every POST of a group to forms of other sites and to stale ones.</summary>
    public static RouteGroupBuilder WithForms(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter(static async (call, next) =>
        {
            var context = call.HttpContext;
            if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
                return await next(call);
            return await IsSoundAsync(context) ? await next(call) : DashboardMessages.StaleForm;
        });
        return group;
    }

    /// <summary>The text of a field without white space around it; empty when it is not there.</summary>
    public static string Text(this IFormCollection form, string name) => form[name].ToString().Trim();

    private static async Task<bool> IsSoundAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType
            || !RequestOrigin.IsOurs(context, context.RequestServices.GetRequiredService<PublicAddresses>()))
            return false;
        var bounds = new FormOptions
        {
            ValueCountLimit = MaxFields,
            KeyLengthLimit = MaxKey,
            ValueLengthLimit = MaxBytes,
            MultipartBodyLengthLimit = MaxBytes,
        };
        try
        {
            await context.Request.ReadFormAsync(bounds, context.RequestAborted);
        }
        catch (InvalidDataException)
        {
            throw new BadHttpRequestException("The form cannot be read.", StatusCodes.Status400BadRequest);
        }

        return await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context);
    }
}
