using System.Net;
using LinkMonitor.Engine.Fetching.Addresses;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>DNS that knows every name, all of them on loopback.</summary>
internal sealed class LoopbackNames : INameResolver
{
    public ValueTask<NameAnswer> ResolveAsync(string host, CancellationToken cancellationToken) =>
        ValueTask.FromResult(NameAnswer.Found([IPAddress.Loopback]));
}
