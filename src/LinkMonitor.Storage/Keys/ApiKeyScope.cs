using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Storage.Keys;

/// <summary>What a key may do.</summary>
[JsonConverter(typeof(WireNameJsonConverter<ApiKeyScope>))]
public enum ApiKeyScope
{
    /// <summary>Read projects, links and changes.</summary>
    Read,

    /// <summary>Read, and write projects and links.</summary>
    Write,

    /// <summary>Everything, keys and failed messages included.</summary>
    Admin,
}
