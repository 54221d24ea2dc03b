using LinkMonitor.Dashboard;
using Microsoft.AspNetCore.ResponseCompression;

namespace LinkMonitor.Hosting.Serving;

/// <summary>
/// Compresses the dashboard's pages and their assets, with Brotli or gzip. Over https too: BREACH (https://www.breachattack.com/) finds out
/// a secret that stands in many answers beside what an attacker chose. Of those there is none: the tokens of forms are encrypted anew for
/// each answer, sessions are in cookies, and a key or address is shown in one answer only. The API's answers stay as they are.
/// </summary>
internal static class PageCompression
{
    public static IServiceCollection AddPageCompression(this IServiceCollection services) => services.AddResponseCompression(options =>
    {
        options.EnableForHttps = true;
        options.Providers.Add<BrotliCompressionProvider>();
        options.Providers.Add<GzipCompressionProvider>();
        options.MimeTypes = ["text/html", "text/css", "text/javascript", "image/svg+xml"];
    });

    public static void UsePageCompression(this IApplicationBuilder app) => app.UseWhen(
        context => DashboardMessages.IsFor(context)
            || context.Request.Path.StartsWithSegments("/assets", StringComparison.OrdinalIgnoreCase),
        pages => pages.UseResponseCompression());
}
