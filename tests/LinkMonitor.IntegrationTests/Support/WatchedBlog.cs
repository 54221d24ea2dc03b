using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>Many pages of one blog; all carry the link, or carry it with nofollow, at a word.</summary>
internal sealed class WatchedBlog
{
    private readonly LocalWeb _web;

    public WatchedBlog(LocalWeb web)
    {
        _web = web;
        web.Map("/blog/*", AnswerAsync);
    }

    public const string Target = "http://127.0.0.1:9/";

    /// <summary>Awaited before every answer; lets a test hold requests.</summary>
    public Func<Task> BeforeAnswer { get; set; } = () => Task.CompletedTask;

    /// <summary>One page each of many hosts, so that their checks do not wait for each other; the product must know the names.</summary>
    public bool IsManyHosts { get; init; }

    public string Page(int number) => IsManyHosts ? _web.Url($"blog{number}.example", $"/blog/{number}") : _web.Url($"/blog/{number}");

    /// <summary>DNS for <see cref="IsManyHosts"/>.</summary>
    public static MapResolver Names(int pages)
    {
        var names = new MapResolver();
        for (var number = 0; number < pages; number++)
            names.Add($"blog{number}.example", "127.0.0.1");
        return names;
    }

    /// <summary>How many links each page carries.</summary>
    public int LinksOnPage { get; init; } = 1;

    /// <summary>The targets of a page's links.</summary>
    public IEnumerable<string> Targets => Enumerable.Range(0, LinksOnPage).Select(number => number == 0 ? Target : $"{Target}{number}");

    /// <summary>The links' HTML on every page from now on; null for plain links.</summary>
    public string? Link { get; set; }

    public void MakeNofollow() => Link = string.Join(" and ", Targets.Select(target => $"<a href='{target}' rel='nofollow'>Example</a>"));

    public int RequestsFor(int number) => _web.Requests.Count(request => request.Path == $"/blog/{number}");

    private async Task AnswerAsync(HttpContext context)
    {
        await BeforeAnswer();
        context.Response.ContentType = "text/html; charset=utf-8";
        var links = Link ?? string.Join(" and ", Targets.Select(target => $"<a href='{target}'>Example</a>"));
        await context.Response.WriteAsync($"<!doctype html><title>Post</title><p>Some words around {links} make it a page.</p>");
    }
}
