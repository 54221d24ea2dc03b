using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Channels;

/// <summary>The identities of channels.</summary>
public static class ChannelIds
{
    private const string Prefix = "chn_";

    /// <summary>The same for the same address: adding it twice is one channel, and a recipient of the project is the channel of its address.</summary>
    public static ChannelId For(ProjectId projectId, ChannelKind kind, string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var form = kind == ChannelKind.Email ? address.ToLowerInvariant() : address;
        return new ChannelId(Prefix + ShortHash.Of($"{projectId.Value}\n{WireName.Of(kind)}\n{form}"));
    }
}
