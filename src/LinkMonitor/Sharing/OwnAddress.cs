using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace LinkMonitor.Sharing;

/// <summary>
/// Where our own web server listens. Registered only where people may reach us there: the address behind the Functions host is the
/// host's business alone.
/// </summary>
internal sealed class OwnAddress(IServer server)
{
    /// <summary>Null before the server has started, and when it listens at every address of the machine.</summary>
    public Uri? Url =>
        server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } address
        && Uri.TryCreate(address, UriKind.Absolute, out var url)
        && url.Host is not ("0.0.0.0" or "[::]")
            ? url
            : null;
}
