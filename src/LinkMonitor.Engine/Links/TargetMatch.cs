using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Engine.Links;

/// <summary>Which URLs count as the target of a watched link.</summary>
[JsonConverter(typeof(WireNameJsonConverter<TargetMatch>))]
public enum TargetMatch
{
    /// <summary>
    /// The same page, the default: equal target keys, so that http or https, "www.", slashes at the end, tracking parameters, the order of
    /// parameters and the fragment make no difference.
    /// </summary>
    Page,

    /// <summary>The same URL to the letter, as the URL standard serialises it; the fragment counts, but an empty one is none.</summary>
    Exact,

    /// <summary>
    /// The target page or any page below it: <c>/shop</c> covers <c>/shop</c>, <c>/shop/</c>, <c>/shop/a</c> and <c>/shop?x=1</c>, not
    /// <c>/shopping</c>. A target with a query covers only its own path, with at least its parameters.
    /// </summary>
    Prefix,

    /// <summary>Any page of the host. "www.", scheme and port make no difference; another subdomain is another host.</summary>
    Host,
}
