using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api.Bodies;

namespace LinkMonitor.Outreach;

/// <summary>A template in the place of ours.</summary>
public sealed record OutreachTemplateRequest : IRequestBody<OutreachTemplateRequest>
{
    static JsonTypeInfo<OutreachTemplateRequest> IRequestBody<OutreachTemplateRequest>.Shape => OutreachJson.Default.OutreachTemplateRequest;

    /// <summary>1 to 200 characters on one line, with placeholders.</summary>
    public string? Subject { get; init; }

    /// <summary>1 to 8,000 characters, with placeholders.</summary>
    public string? Body { get; init; }
}
