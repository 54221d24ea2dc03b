using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Sharing;

/// <summary>What a public address opens.</summary>
/// <param name="Id">The link's, channel's, alert's or report's identity; empty for a feed.</param>
public sealed record PublicThing(PublicPurpose Purpose, ProjectId Project, string Id);
