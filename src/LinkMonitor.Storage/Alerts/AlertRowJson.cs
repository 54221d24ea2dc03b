using System.Text.Json.Serialization;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Alerts;

/// <summary>The JSON in an alert's row.</summary>
[JsonSerializable(typeof(IReadOnlyList<Delivery>))]
[JsonSerializable(typeof(AlertContent))]
internal sealed partial class AlertRowJson : JsonSerializerContext
{
    public static AlertRowJson Stored { get; } = new(StorageJsonContext.NewOptions());
}
