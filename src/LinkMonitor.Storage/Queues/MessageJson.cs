using System.Text.Json.Serialization;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Queues;

/// <summary>The JSON in queue messages.</summary>
[JsonSerializable(typeof(PageCheckMessage))]
[JsonSerializable(typeof(HostCheckMessage))]
[JsonSerializable(typeof(AlertNudge))]
[JsonSerializable(typeof(MessageNotes))]
internal sealed partial class MessageJson : JsonSerializerContext
{
    public static MessageJson Stored { get; } = new(StorageJsonContext.NewOptions());
}
