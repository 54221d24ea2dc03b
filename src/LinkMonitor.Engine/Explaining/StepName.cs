using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Engine.Explaining;

/// <summary>The steps of a check, in the order in which they are taken and told.</summary>
[JsonConverter(typeof(WireNameJsonConverter<StepName>))]
public enum StepName
{
    Request,
    Redirects,
    Status,

    /// <summary>The site's word (304) that the page is as it was when it was read.</summary>
    Unchanged,

    [JsonStringEnumMemberName("robots.txt")]
    RobotsTxt,

    /// <summary>X-Robots-Tag.</summary>
    Headers,

    /// <summary>Meta robots and googlebot.</summary>
    Meta,
    Canonical,

    /// <summary>Format, links and text of the page.</summary>
    Content,

    /// <summary>Whether it is the page at all, with what was compared.</summary>
    Identity,

    /// <summary>The link's own element.</summary>
    Element,
    Rel,
    Anchor,
    Placement,
    Visibility,

    /// <summary>The answer of the target itself.</summary>
    Target,
}
