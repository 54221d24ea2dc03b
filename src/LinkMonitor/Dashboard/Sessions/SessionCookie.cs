using System.Xml.Linq;
using LinkMonitor.Storage.Keys;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace LinkMonitor.Dashboard.Sessions;

/// <summary>
/// Names the session's cookie by how the page was asked for: over https <c>__Host-linkmonitor</c>, which a browser takes from this host
/// alone and sends to it alone; over http, as on a laptop, a plain name, as not every browser takes the other there.
/// </summary>
internal sealed class SessionCookie(Uri? publicUrl) : ICookieManager
{
    private const string Plain = "linkmonitor";
    private const string Secure = "__Host-linkmonitor";

    private readonly ChunkingCookieManager _inner = new();

    public string? GetRequestCookie(HttpContext context, string key) => _inner.GetRequestCookie(context, Name(context));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _inner.AppendResponseCookie(context, Name(context), value, For(context, options));

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
        _inner.DeleteCookie(context, Name(context), For(context, options));

    /// <summary>
    /// Whether the browser's own connection is encrypted: by what a proxy says, too, and by the public address.
    /// </summary>
    public bool IsSecure(HttpContext context) =>
        context.Request.IsHttps
        || publicUrl is { Scheme: "https" }
            && string.Equals(publicUrl.Authority, context.Request.Host.Value, StringComparison.OrdinalIgnoreCase);

    private string Name(HttpContext context) => IsSecure(context) ? Secure : Plain;

    private CookieOptions For(HttpContext context, CookieOptions options)
    {
        options.Secure = IsSecure(context);
        options.Path = "/";
        options.Domain = null;
        return options;
    }
}

/// <summary>Restores what a proxy in front has hidden.</summary>
internal static class BrowserScheme
{
    /// <summary>
    /// Takes <c>https</c> from <c>X-Forwarded-Proto</c> (https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/X-Forwarded-Proto).
    /// Whoever makes it up gets cookies that their own browser does not send back: nobody else is concerned.
    /// </summary>
    public static void UseBrowserScheme(this IApplicationBuilder app) => app.Use(next => context =>
    {
        Restore(context.Request);
        return next(context);
    });

    internal static void Restore(HttpRequest request)
    {
        if (request.Headers["X-Forwarded-Proto"] is [.., { } scheme] && scheme.Equals("https", StringComparison.OrdinalIgnoreCase))
            request.Scheme = "https";
    }
}

/// <summary>
/// Data protection's keys in the installation's storage. The interface is synchronous; the wait has an end, and data protection asks once a
/// day.
/// </summary>
internal sealed class TableDataKeys(IDataKeyStore keys, TimeProvider time) : IXmlRepository
{
    private const int MaxName = 100;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(5);

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. Wait(async stop => (await keys.ListAsync(stop)).Items).Select(key => XElement.Parse(key.Xml))];

    public void StoreElement(XElement element, string friendlyName) => Wait(async stop =>
    {
        await keys.PutAsync(new DataKey(NameOf(friendlyName), element.ToString(SaveOptions.DisableFormatting)), stop);
        return true;
    });

    // Data protection's names are "key-" and a GUID, or "revocation-" and a GUID or a time.
    private static string NameOf(string name)
    {
        var safe = string.Concat(name.Where(c => char.IsAsciiLetterOrDigit(c) || c == '-').Take(MaxName));
        return safe.Length > 0 ? safe : $"key-{Guid.NewGuid():D}";
    }

    private T Wait<T>(Func<CancellationToken, Task<T>> work)
    {
        using var budget = new CancellationTokenSource(Budget, time);
        return Task.Run(() => work(budget.Token), budget.Token).GetAwaiter().GetResult();
    }
}
