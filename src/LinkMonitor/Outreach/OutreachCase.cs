using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Outreach;

/// <summary>A link that somebody may have to be written to about.</summary>
/// <param name="Link">As it is held now.</param>
/// <param name="Before">The last check that saw the link as agreed; null when none ever did.</param>
public sealed record OutreachCase(Project Project, WatchedLink Link, Evidence? Before)
{
    /// <summary>
    /// The check to speak of: for a link that is there, the last one that saw it; else the last one that confirmed what is held. A later check
    /// that could not see the page proves nothing. Null before the first check.
    /// </summary>
    public Evidence? Now => Link.Status switch
    {
        { State: LinkState.Changed, LastSeenEvidence: { } seen } => seen,
        { LastAgreedEvidence: { } agreed } status when agreed.CheckedAt >= status.Since => agreed,
        var status => status.LastEvidence,
    };

    /// <summary>
    /// From a change as it is told: the evidence before it speaks for the agreement where the link was live, or its page unreachable, until then.
    /// </summary>
    public static OutreachCase Of(Project project, WatchedLink link, LinkChange change) =>
        new(project, link, change.Transition.From is LinkState.Live or LinkState.Unreachable ? change.Transition.Before : null);
}
