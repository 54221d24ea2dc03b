using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api.Bodies;

namespace LinkMonitor.Projects;

/// <summary>What can be set of a project. In a PATCH, what is absent stays.</summary>
public sealed record ProjectRequest : IRequestBody<ProjectRequest>
{
    static JsonTypeInfo<ProjectRequest> IRequestBody<ProjectRequest>.Shape => ProjectJson.Default.ProjectRequest;

    /// <summary>1 to 200 characters; needed to create one.</summary>
    public string? Name { get; init; }

    /// <summary>E-mail addresses, at most 50.</summary>
    public IReadOnlyList<string>? Recipients { get; init; }

    /// <summary>IANA name, for example <c>Europe/Berlin</c>; <c>UTC</c> by default.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The sender's name in the project's mails, 1 to 100 characters; empty for the installation's (<c>LinkMonitor:Mail:FromName</c>), the default.</summary>
    public string? SenderName { get; init; }

    /// <summary>The language of the project's mails: <c>de</c> or <c>en</c>, the default.</summary>
    public string? Language { get; init; }

    /// <summary>A picture above the HTML of the project's mails: an absolute https URL, at most 2,000 characters; empty for none, the default.</summary>
    public string? LogoUrl { get; init; }

    /// <summary>60 to 43,200 minutes; 1,440 (a day) by default.</summary>
    public int? CheckEveryMinutes { get; init; }

    /// <summary>False reads pages also where robots.txt keeps us out: only for pages you own. True by default.</summary>
    public bool? ObeyRobots { get; init; }

    /// <summary>False leaves the targets of links alone: none is told as broken or redirecting. True by default.</summary>
    public bool? CheckTargets { get; init; }

    public ConfirmationRequest? Confirmation { get; init; }
}
