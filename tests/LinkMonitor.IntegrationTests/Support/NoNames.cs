using LinkMonitor.Engine.Fetching.Addresses;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>DNS that never answers: a test's traffic stays on loopback, whatever names stand in its pages and targets.</summary>
internal sealed class NoNames : INameResolver
{
    public ValueTask<NameAnswer> ResolveAsync(string host, CancellationToken cancellationToken) => ValueTask.FromResult(NameAnswer.Failed);
}
