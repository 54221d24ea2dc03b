using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Urls;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Posting;

/// <summary>
/// Which URLs a user may have messages posted to: https on port 443 at a public address, unless private networks are allowed.
/// </summary>
internal sealed class OutgoingPolicy(IOptions<ChannelOptions> options)
{
    private const int HttpsPort = 443;

    private static readonly AddressPolicy Public = new(allowPrivateNetworks: false);

    private readonly bool _allowPrivateNetworks = options.Value.AllowPrivateNetworks;

    /// <summary>What every address that a host name resolves to must pass as well.</summary>
    public AddressPolicy Addresses { get; } = new(options.Value.AllowPrivateNetworks);

    /// <summary>Whether only private networks being allowed lets messages go to the URL.</summary>
    public bool IsPrivateAndAllowed(WebUrl url) => _allowPrivateNetworks && Public.Check(url) is not null;

    /// <summary>Why the URL is refused, or null. What its host resolves to is the gate's to check when something is sent.</summary>
    public Refusal? Check(WebUrl url)
    {
        if (!_allowPrivateNetworks && url is { IsHttp: true } && (url.Scheme != "https" || url.EffectivePort != HttpsPort))
            return new Refusal("Messages are posted only over https on port 443: use an https URL without a port.");
        return Addresses.Check(url);
    }
}
