using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Channels;

/// <summary>The row keys of the <c>Channels</c> table, whose partition key is the project's identity; see docs/tables/channels.md.</summary>
internal static class ChannelKeys
{
    private const string ChannelPrefix = "channel:";

    public static string Channel(ChannelId id) => ChannelPrefix + id.Value;

    /// <summary>The channel in a key that <see cref="Channel"/> made.</summary>
    public static ChannelId IdOf(string key) => new(key.StartsWith(ChannelPrefix, StringComparison.Ordinal) ? key[ChannelPrefix.Length..] : key);

    public static KeyRange All(ProjectId projectId) => KeyRange.Whole(projectId.Value);
}
