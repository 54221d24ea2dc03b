using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Alerts.Planning;

/// <summary>How each kind of channel is reached.</summary>
internal static class ChannelRoutes
{
    /// <summary>Into how many messages so many changes are cut on a channel of this kind; at least 1.</summary>
    public static int Parts(this AlertChannels channels, ChannelKind kind, int changes)
    {
        var most = channels.For(kind).MaxChangesPerMessage;
        return changes <= most ? 1 : (changes + most - 1) / most;
    }
}
