using System.Net;
using LinkMonitor.Engine.Fetching.Addresses;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>DNS that leads every name to this machine until it is switched off, as when our own network fails.</summary>
internal sealed class SwitchedNames : INameResolver
{
    private volatile bool _isDown;

    public bool IsDown
    {
        get => _isDown;
        set => _isDown = value;
    }

    public ValueTask<NameAnswer> ResolveAsync(string host, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
            IsDown || host.StartsWith("dead", StringComparison.Ordinal) ? NameAnswer.Failed : NameAnswer.Found([IPAddress.Loopback]));
}
