using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Channels;

/// <summary>What can be set of a channel. In a PATCH, what is absent stays and null sets a part back to its default.</summary>
public sealed record ChannelRequest : IRequestBody<ChannelRequest>
{
    static JsonTypeInfo<ChannelRequest> IRequestBody<ChannelRequest>.Shape => ChannelJson.Default.ChannelRequest;

    /// <summary><c>email</c>, <c>webhook</c>, <c>slack</c> or <c>teams</c>; needed to add one, and cannot change.</summary>
    public ChannelKind? Kind { get; init; }

    /// <summary>An e-mail address, or the https URL that messages are posted to; needed to add one, and cannot change.</summary>
    public string? Address { get; init; }

    /// <summary>Your own name for it, at most 100 characters.</summary>
    public string? Name { get; init; }

    /// <summary>By topic <c>at-once</c>, <c>digest</c> or <c>never</c>. Topics are the reason codes, <c>recovered</c>, <c>unreachable</c>, <c>unstable</c> and <c>terms</c>.</summary>
    public IReadOnlyDictionary<string, Telling>? Topics { get; init; }

    /// <summary>The same for every topic that is not named; <c>at-once</c> by default.</summary>
    public Telling? Otherwise { get; init; }

    /// <summary>When nothing is sent at once; none by default.</summary>
    public QuietHoursView? QuietHours { get; init; }

    /// <summary>When the digest is sent; none by default.</summary>
    public DigestView? Digest { get; init; }

    /// <summary>IANA name; the project's by default.</summary>
    public string? TimeZone { get; init; }

    /// <summary><c>active</c> or <c>paused</c>.</summary>
    public string? State { get; init; }
}
