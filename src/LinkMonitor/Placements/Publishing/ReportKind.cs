using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Placements.Publishing;

/// <summary>The reports that an address can be made for.</summary>
[JsonConverter(typeof(WireNameJsonConverter<ReportKind>))]
public enum ReportKind
{
    /// <summary>How many links of each vendor are still as agreed.</summary>
    Vendors,

    /// <summary>The refund pack of one vendor, or of one link.</summary>
    Refund,
}
