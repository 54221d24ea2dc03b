using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Sharing;

/// <summary>
/// Addresses that open one thing without an API key, for mails, chats and feed readers. Each ends with a signed token, so that only who was given
/// it can use it. A GET of any of them changes nothing: mail scanners and previews follow every link.
/// </summary>
/// <param name="baseUrl">Where this installation is reached from outside: absolute http or https URL, with or without a slash at the end; null when nobody can, then
/// there are no such addresses.</param>
/// <param name="sign">Makes a URL-safe token of what the address opens; the token gives it back when it is used.</param>
public sealed class PublicLinks(Uri? baseUrl, Func<PublicThing, string> sign)
{
    /// <summary>For installations that nobody can reach from outside.</summary>
    public static PublicLinks None { get; } = new(null, _ => throw new InvalidOperationException("Without a base URL nothing is signed."));

    /// <summary>Ends the alerts to one channel: asks on GET, does it on POST (https://www.rfc-editor.org/rfc/rfc8058).</summary>
    public Uri? Unsubscribe(ProjectId project, ChannelId channel) => At("unsubscribe", new PublicThing(PublicPurpose.Unsubscribe, project, channel.Value));

    /// <summary>A link's state, evidence and history, with what can be done about it.</summary>
    public Uri? Link(ProjectId project, LinkId link) => At("links", new PublicThing(PublicPurpose.Link, project, link.Value));

    /// <summary>Asks for a check of a link at once: asks on GET, does it on POST.</summary>
    public Uri? Recheck(ProjectId project, LinkId link) => At("recheck", new PublicThing(PublicPurpose.Recheck, project, link.Value));

    /// <summary>Ends the alerts about one link: asks on GET, does it on POST.</summary>
    public Uri? Mute(ProjectId project, LinkId link) => At("mute", new PublicThing(PublicPurpose.Mute, project, link.Value));

    /// <summary>Everything that an alert told.</summary>
    public Uri? Alert(ProjectId project, string alertId) => At("alerts", new PublicThing(PublicPurpose.Alert, project, alertId));

    /// <summary>The RSS feed of a project's changes.</summary>
    public Uri? Feed(ProjectId project) => At("feeds", new PublicThing(PublicPurpose.Feed, project, string.Empty));

    /// <summary>A report on paid placements.</summary>
    /// <param name="report">Which one; readable by whoever has the address.</param>
    public Uri? Report(ProjectId project, string report) => At("reports", new PublicThing(PublicPurpose.Report, project, report));

    private Uri? At(string path, PublicThing thing) => baseUrl is { IsAbsoluteUri: true, Scheme: "http" or "https" }
        ? new Uri($"{baseUrl.AbsoluteUri.TrimEnd('/')}/s/{path}/{sign(thing)}")
        : null;
}
