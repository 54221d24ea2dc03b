using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Engine.Moving;

/// <summary>What led to the new place of a link.</summary>
[JsonConverter(typeof(WireNameJsonConverter<MoveTrail>))]
public enum MoveTrail
{
    /// <summary>The page redirects there for good (301, 308), and the link is there.</summary>
    Redirect,

    /// <summary>The page names it as its canonical, or did when the link was last seen.</summary>
    Canonical,

    /// <summary>It is the next page of a list.</summary>
    Next,

    /// <summary>It is an entry of the site's feed.</summary>
    Feed,
}
