using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Sharing;

/// <summary>What a public address opened, and how the page it opened leads on.</summary>
/// <param name="Id">The link's, channel's, alert's or report's identity; empty for a feed.</param>
/// <param name="IsCurrent">
/// False only for an unsubscribe address that was revoked or has no generation yet: it still ends the alerts, and does and tells nothing
/// else.
/// </param>
/// <param name="Sign">Makes tokens of the same project that end no later than the opened one: following links does not prolong it.</param>
internal sealed record OpenedAddress(Project Project, string Id, bool IsCurrent, Func<PublicThing, string> Sign);
