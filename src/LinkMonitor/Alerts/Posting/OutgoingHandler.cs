using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Addresses;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Posting;

/// <summary>The HTTP handler of everything that is sent: through the address gate, without proxies, redirects or cookies.</summary>
internal static class OutgoingHandler
{
    private const int MaxHeaderKibibytes = 32;

    public static SocketsHttpHandler Create(IServiceProvider provider, AddressPolicy policy)
    {
        var handler = OutgoingHttp.Handler();
        handler.ConnectCallback = new AddressGate(
            policy,
            provider.GetRequiredService<INameResolver>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<ChannelOptions>>().Value.Timeout).ConnectAsync;
        handler.MaxResponseHeadersLength = MaxHeaderKibibytes;
        handler.MaxResponseDrainSize = 0;
        return handler;
    }
}
