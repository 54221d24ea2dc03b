using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Alerts;

/// <summary>Finds what sends to a kind of channel.</summary>
public sealed class AlertChannels(IServiceProvider services)
{
    public IAlertChannel For(ChannelKind kind) => services.GetRequiredKeyedService<IAlertChannel>(kind);
}
