using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api.Bodies;

namespace LinkMonitor.Links;

/// <summary>
/// A link to watch. Every part of the expectation that is absent is "as first seen"; when the link is registered already, what is
/// absent stays as it is.
/// </summary>
public sealed record LinkRequest : IRequestBody<LinkRequest>
{
    static JsonTypeInfo<LinkRequest> IRequestBody<LinkRequest>.Shape => LinkJson.Default.LinkRequest;

    /// <summary>The page that should carry the link: an http or https URL.</summary>
    public string? Page { get; init; }

    /// <summary>Where the link should point: an http or https URL.</summary>
    public string? Target { get; init; }

    /// <summary><c>page</c> (default), <c>exact</c>, <c>prefix</c> or <c>host</c>.</summary>
    public string? Match { get; init; }

    /// <summary><c>follow</c>, <c>any</c>, or one or more of <c>nofollow</c>, <c>sponsored</c>, <c>ugc</c>.</summary>
    public string? Rel { get; init; }

    /// <summary>The anchor text, at most 1,000 characters.</summary>
    public string? Anchor { get; init; }

    /// <summary><c>main</c>, <c>nav</c>, <c>header</c>, <c>footer</c>, <c>aside</c> or <c>comments</c>.</summary>
    public string? Placement { get; init; }

    /// <summary>Whether search engines must be allowed to index the page.</summary>
    public bool? Indexable { get; init; }

    /// <summary>What is not watched: any of <c>rel</c>, <c>anchor</c>, <c>placement</c>, <c>indexable</c>.</summary>
    public IReadOnlyList<string>? Ignore { get; init; }

    /// <summary>At most 20, each 1 to 50 characters.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Your own words, at most 2,000 characters.</summary>
    public string? Note { get; init; }

    /// <summary>True keeps the link's changes out of all alerts, until <c>mutedUntil</c> or for ever; they are kept all the same.</summary>
    public bool? Muted { get; init; }

    /// <summary>When the muting ends by itself; given alone it mutes.</summary>
    public DateTimeOffset? MutedUntil { get; init; }

    /// <summary>What was agreed for a paid placement. What is absent stays as it is.</summary>
    public TermsRequest? Terms { get; init; }
}
