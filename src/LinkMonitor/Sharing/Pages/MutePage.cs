using LinkMonitor.Api.Limits;
using LinkMonitor.Links;
using LinkMonitor.Storage.Links;
using LinkMonitor.Wording;

namespace LinkMonitor.Sharing.Pages;

/// <summary>Ends the alerts about one link for a while or for ever, and begins them again.</summary>
internal static class MutePage
{
    private const string ForAWhile = "mute-30";
    private const string ForEver = "mute";
    private const string Undo = "unmute";

    private static readonly TimeSpan While = TimeSpan.FromDays(30);

    public static async Task<IResult> AskAsync(
        string token, PublicAddresses addresses, ILinkStore links, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await SharedLink.FindAsync(token, PublicPurpose.Mute, addresses, links, cancellationToken) is not { } shared)
            return PublicPage.NotFound;
        return Page(shared, time.GetUtcNow());
    }

    public static async Task<IResult> DoAsync(
        string token,
        HttpContext context,
        PublicAddresses addresses,
        ILinkStore links,
        LinkRegistry registry,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await SharedLink.FindAsync(token, PublicPurpose.Mute, addresses, links, cancellationToken) is not { } shared)
            return PublicPage.NotFound;
        var now = time.GetUtcNow();
        var asked = await BodyLimits.FieldAsync(context.Request, "do", cancellationToken);
        Func<WatchedLink, WatchedLink>? edit = asked switch
        {
            ForAWhile => link => link with { Muted = true, MutedUntil = now + While, MuteAct = null },
            ForEver => link => link with { Muted = true, MutedUntil = null, MuteAct = null },
            Undo => link => link with { Muted = false, MutedUntil = null, MuteAct = null },
            _ => null,
        };
        if (edit is null)
            return Page(shared, now);
        if (await registry.EditAsync(shared.Project.Id, shared.Link.Id, edit, cancellationToken) is not { } edited)
            return PublicPage.NotFound;
        if (edited.Changed)
            context.AuditByAddress(
                shared.Project, PublicPurpose.Mute,
                $"{(asked == Undo ? "Unmuted" : asked == ForAWhile ? "Muted for 30 days" : "Muted")} the link on {shared.Link.Page}",
                shared.Link.Id.Value);
        return Page(shared with { Link = edited.Link }, now);
    }

    private static PublicPage Page(SharedLink shared, DateTimeOffset now)
    {
        var way = shared.Way("links", PublicPurpose.Link, "Show the link");
        if (!shared.Link.IsMutedAt(now))
        {
            return new PublicPage("Stop alerts about this link?", Markup.Of($"""
                <div class="card"><h1>Stop alerts about this link?</h1>
                {shared.Ends()}
                <p>The link is still checked and its changes are kept, but nobody is notified. This applies to everyone who
                gets the alerts of this project.</p>
                {PublicPage.Button(ForAWhile, "Stop for 30 days")}{PublicPage.Button(ForEver, "Stop for good", isSecond: true)}{way}</div>
                """));
        }

        var until = shared.Link.MutedUntil is { } end ? $"until {shared.Time.Write(end)}" : "until someone starts them again";
        return new PublicPage("Alerts about this link are off", Markup.Of($"""
            <div class="card"><h1>Alerts about this link are off</h1>
            {shared.Ends()}
            <p>The link is still checked and its changes are kept, but nobody is notified {until}.</p>
            {PublicPage.Button(Undo, "Start the alerts again")}{way}</div>
            """));
    }
}
