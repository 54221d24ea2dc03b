using System.Buffers.Text;
using System.Security.Cryptography;
using Scalar.AspNetCore;

namespace LinkMonitor.Documentation;

/// <summary>
/// <c>GET /docs</c>: the API as a page on which it can be tried out (Scalar), made of <c>/openapi/v1.json</c>. Its script comes from here;
/// the policy lets it ask nobody else. Without script it is <see cref="PlainDocs"/>.
/// </summary>
internal static class DocsEndpoint
{
    private const int NonceBytes = 16;

    // Without script the page would be empty.
    private const string Plainly =
        "<noscript><p>This page needs JavaScript. <a href=\"/docs/plain\">The API as a page without it</a>.</p></noscript>";

    public static void MapDocs(this IEndpointRouteBuilder app) => app.MapScalarApiReference("/docs", Configure).ExcludeFromDescription();

    private static void Configure(ScalarOptions options, HttpContext context)
    {
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes));
        context.Response.Headers.ContentSecurityPolicy = Policy(nonce);
        options.Title = "LinkMonitor API";
        options.OpenApiRoutePattern = "/openapi/v1.json";
        options.DefaultFonts = false;
        options.HideClientButton = true;
        options.HeaderContent = Plainly;
        options.AddPreferredSecuritySchemes("bearer").WithNonce(nonce).DisableAgent().DisableMcp().DisableTelemetry().HideDeveloperTools();
    }

    // Scalar writes style elements as it runs.
    private static string Policy(string nonce) =>
        $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}
