using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Engine.Reading;

/// <summary>The part of a page that holds a link.</summary>
[JsonConverter(typeof(WireNameJsonConverter<Placement>))]
public enum Placement
{
    Main,
    Nav,
    Header,
    Footer,
    Aside,
    Comments,
}
