using System.Collections.Concurrent;
using System.Net;
using System.Text;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.Corpus;

/// <summary>The web of one case: every host that it names, and nothing else.</summary>
internal sealed class CorpusWeb : IAsyncDisposable
{
    private const string PublicAddress = "93.184.215.14";
    private readonly LocalWeb _web;
    private readonly PublicWeb _gate;
    private readonly ConcurrentQueue<string> _requests = new();

    private CorpusWeb(CorpusCase given, LocalWeb web)
    {
        _web = web;
        var options = given.Settings.TryGetValue("max-body", out var bytes)
            ? new FetchOptions { MaxBodyBytes = int.Parse(bytes, System.Globalization.CultureInfo.InvariantCulture) }
            : new FetchOptions();
        _gate = new PublicWeb(Names(given), web.Port, options);
        web.Map("/*", context => AnswerAsync(given, context));
    }

    public PageFetcher Fetcher => _gate.Fetcher;

    /// <summary>The URLs that were asked for, in order, without robots.txt.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public static async Task<CorpusWeb> StartAsync(CorpusCase given, CancellationToken cancellationToken) =>
        new(given, await LocalWeb.StartAsync(cancellationToken));

    public async ValueTask DisposeAsync()
    {
        _gate.Dispose();
        await _web.DisposeAsync();
    }

    private static MapResolver Names(CorpusCase given)
    {
        var resolver = new MapResolver();
        var special = given.Parts("dns");
        foreach (var host in given.Answers
            .Select(answer => answer.Url)
            .Append(given.Page)
            .Append(given.Target)
            .Select(url => Web.Parse(url).Host!).Distinct())
        {
            if (!special.ContainsKey(host))
                resolver.Add(host, PublicAddress);
        }

        foreach (var (host, answer) in special)
            resolver.Add(host, ToAnswer(answer));
        return resolver;
    }

    private static NameAnswer ToAnswer(string text) => text switch
    {
        "none" => NameAnswer.NotFound,
        "failed" => NameAnswer.Failed,
        "no-network" => NameAnswer.NoNetwork,
        _ => NameAnswer.Found([IPAddress.Parse(text)]),
    };

    private Task AnswerAsync(CorpusCase given, HttpContext context)
    {
        var url = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.Path}{context.Request.QueryString}";
        var answer = given.Answers.FirstOrDefault(answer => Web.Parse(answer.Url).WithoutFragment().Href == url);
        if (answer is null && context.Request.Path == "/robots.txt")
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        }

        if (context.Request.Path != "/robots.txt")
            _requests.Enqueue(url);

        // A target that the case does not speak of is well.
        answer ??= url == UrlKeys.PageIdentity(Web.Parse(given.Target)).Href
            ? new CorpusAnswer(url, 200, [], "", null)
            : new CorpusAnswer(url, 599, [], "", null);
        return WriteAsync(answer, context);
    }

    private static async Task WriteAsync(CorpusAnswer answer, HttpContext context)
    {
        var body = Encoding.UTF8.GetBytes(answer.Body);
        context.Response.StatusCode = answer.Status;
        foreach (var field in answer.Headers.GroupBy(header => header.Key))
            context.Response.Headers[field.Key] = field.Select(header => header.Value).ToArray();
        if (answer.CutAfter is { } more)
            context.Response.ContentLength = body.Length + more;
        if (answer.Status is not (204 or 304))
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        if (answer.CutAfter is null)
            return;
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }
}
