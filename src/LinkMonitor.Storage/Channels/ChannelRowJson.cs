using System.Text.Json.Serialization;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Channels;

/// <summary>The JSON in a channel's row.</summary>
[JsonSerializable(typeof(TellingChoice))]
[JsonSerializable(typeof(QuietHours))]
[JsonSerializable(typeof(DigestSchedule))]
internal sealed partial class ChannelRowJson : JsonSerializerContext
{
    public static ChannelRowJson Stored { get; } = new(StorageJsonContext.NewOptions());
}
