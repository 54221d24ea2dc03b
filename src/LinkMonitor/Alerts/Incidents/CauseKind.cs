using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Alerts.Incidents;

/// <summary>What changes that are told together have in common.</summary>
[JsonConverter(typeof(WireNameJsonConverter<CauseKind>))]
public enum CauseKind
{
    /// <summary>One link on its own.</summary>
    Link,

    /// <summary>Several links on one page.</summary>
    Page,

    /// <summary>Links on several pages of one host.</summary>
    Host,

    /// <summary>Links to one target of ours that broke or redirects.</summary>
    Target,

    /// <summary>Links on several hosts that were bought from one vendor.</summary>
    Vendor,
}
