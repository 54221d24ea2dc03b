using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Storage.Links;

/// <summary>What the cost of a placement pays for.</summary>
[JsonConverter(typeof(WireNameJsonConverter<CostPeriod>))]
public enum CostPeriod
{
    /// <summary>The whole term from start to end, both days included; without an end, once and for as long as the page stands.</summary>
    Term,

    /// <summary>Every month of 30.4375 days (a year of 365.25 days in twelve parts), from the start to the end or without an end.</summary>
    Month,
}
