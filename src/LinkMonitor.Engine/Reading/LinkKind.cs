using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Engine.Reading;

/// <summary>What a reader clicks on.</summary>
[JsonConverter(typeof(WireNameJsonConverter<LinkKind>))]
public enum LinkKind
{
    /// <summary>An <c>a</c> element with text.</summary>
    Text,

    /// <summary>An <c>a</c> element whose only content is an image; its anchor is the alternative text.</summary>
    Image,

    /// <summary>An <c>area</c> of an image map.</summary>
    Area,
}
