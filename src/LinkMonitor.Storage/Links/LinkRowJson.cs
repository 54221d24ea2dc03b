using System.Text.Json.Serialization;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Links;

/// <summary>The JSON in a link's row.</summary>
[JsonSerializable(typeof(Terms))]
internal sealed partial class LinkRowJson : JsonSerializerContext
{
    public static LinkRowJson Stored { get; } = new(StorageJsonContext.NewOptions());
}
