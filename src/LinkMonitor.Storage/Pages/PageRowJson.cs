using System.Text.Json.Serialization;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Pages;

/// <summary>The JSON in a page's row.</summary>
[JsonSerializable(typeof(WatcherPlace))]
[JsonSerializable(typeof(RoundRest))]
internal sealed partial class PageRowJson : JsonSerializerContext
{
    public static PageRowJson Stored { get; } = new(StorageJsonContext.NewOptions());
}
