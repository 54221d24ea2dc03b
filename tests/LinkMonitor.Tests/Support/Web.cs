using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Support;

/// <summary>Short ways to fetch from the servers of a test.</summary>
internal static class Web
{
    /// <summary>Lets tests reach 127.0.0.1 on any port.</summary>
    public static readonly FetchOptions Loopback = new() { AllowPrivateNetworks = true };

    public static WebUrl Parse(string url) =>
        WebUrl.TryParse(url, out var parsed) ? parsed : throw new ArgumentException($"Not a URL: {url}", nameof(url));

    public static async Task<FetchResult> FetchAsync(string url, FetchOptions? options = null, INameResolver? resolver = null)
    {
        using var fetcher = new PageFetcher(options ?? Loopback, resolver ?? new MapResolver(), TimeProvider.System);
        return await fetcher.FetchAsync(Parse(url), TestContext.Current.CancellationToken);
    }

    public static async Task<FetchedResponse> AnswerAsync(string url, FetchOptions? options = null, INameResolver? resolver = null) =>
        Assert.IsType<FetchedResponse>(await FetchAsync(url, options, resolver));

    public static async Task<FetchFailed> FailureAsync(string url, FetchOptions? options = null, INameResolver? resolver = null) =>
        Assert.IsType<FetchFailed>(await FetchAsync(url, options, resolver));
}
