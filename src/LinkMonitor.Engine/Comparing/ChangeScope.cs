using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Engine.Comparing;

/// <summary>Whether a finding concerns the watched link alone. The wire names are kebab-case, for example <c>only-this</c>.</summary>
[JsonConverter(typeof(WireNameJsonConverter<ChangeScope>))]
public enum ChangeScope
{
    /// <summary>There is nothing to compare with: no earlier sight of the page, or no other outbound link on it.</summary>
    Unknown,

    /// <summary>At most a tenth of the other outbound links were touched too.</summary>
    OnlyThis,

    /// <summary>More than a tenth of the other outbound links were touched too, but not nearly all: an edit of the page.</summary>
    Many,

    /// <summary>At least nine tenths of the other outbound links were touched too: a policy or a redesign.</summary>
    All,
}
