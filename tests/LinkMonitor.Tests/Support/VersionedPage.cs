using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.Support;

/// <summary>A page of a test's web that answers conditional requests: honestly, unless it is told otherwise.</summary>
internal sealed class VersionedPage
{
    public VersionedPage(LocalWeb web, string path) => web.Map(path, AnswerAsync);

    public string Html { get; set; } =
        "<title>Post</title><p>We like <a href='http://shop.example.com/lamps'>lamps</a> and other fine things.";

    public string? EntityTag { get; set; } = "\"1\"";

    public string? LastModified { get; set; }

    /// <summary>Sent with every answer.</summary>
    public Dictionary<string, string> Headers { get; } = new() { ["X-Powered-By"] = "a blog" };

    /// <summary>Not sent with a 304.</summary>
    public HashSet<string> LeftOutOf304 { get; } = [];

    /// <summary>Instead of what is in <see cref="Headers"/>.</summary>
    public Dictionary<string, string> Of304 { get; } = [];

    /// <summary>What the server makes of a conditional request; null to answer in full.</summary>
    public Func<HttpRequest, int?>? StatusFor { get; set; }

    /// <summary>The answers in their order: the status, and whether they were asked for conditionally.</summary>
    public List<(int Status, bool IsConditional)> Answers { get; } = [];

    public void Change(string html, string entityTag) => (Html, EntityTag) = (html, entityTag);

    private Task AnswerAsync(HttpContext context)
    {
        var status = (StatusFor ?? HonestStatus)(context.Request) ?? 200;
        var isConditional = context.Request.Headers.IfNoneMatch.Count > 0 || context.Request.Headers.IfModifiedSince.Count > 0;
        Answers.Add((status, isConditional));
        context.Response.StatusCode = status;
        foreach (var (name, value) in Headers)
        {
            if (status == 200 || !LeftOutOf304.Contains(name))
                context.Response.Headers[name] = value;
        }

        context.Response.Headers.ETag = EntityTag;
        context.Response.Headers.LastModified = LastModified;
        if (status == 304)
        {
            foreach (var (name, value) in Of304)
                context.Response.Headers[name] = value;
        }

        if (status != 200)
            return Task.CompletedTask;
        context.Response.ContentType ??= "text/html; charset=utf-8";
        return context.Response.WriteAsync(Html, context.RequestAborted);
    }

    private int? HonestStatus(HttpRequest request)
    {
        if (request.Headers.IfNoneMatch.Count > 0)
            return request.Headers.IfNoneMatch == EntityTag ? 304 : null;
        return LastModified is not null && request.Headers.IfModifiedSince == LastModified ? 304 : null;
    }
}
