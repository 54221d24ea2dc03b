using LinkMonitor.Alerts.Kinds;
using LinkMonitor.Api.Limits;
using LinkMonitor.Channels;
using LinkMonitor.Links;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Wording;

namespace LinkMonitor.Sharing.Pages;

/// <summary>Ends the alerts to one channel, and begins them again.</summary>
internal static class UnsubscribePage
{
    public static async Task<IResult> AskAsync(
        string token, PublicAddresses addresses, IChannelStore channels, CancellationToken cancellationToken)
    {
        if (await addresses.OpenAsync(token, PublicPurpose.Unsubscribe, cancellationToken) is not { } opened)
            return PublicPage.NotFound;
        return await channels.GetAsync(opened.Project, new ChannelId(opened.Id), cancellationToken) is not { } channel ? Removed(opened)
            : channel.State == ChannelState.Unsubscribed ? Stopped(opened, channel)
            : Ask(opened, channel);
    }

    public static async Task<IResult> DoAsync(
        string token,
        HttpContext context,
        PublicAddresses addresses,
        ChannelRegistry registry,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await addresses.OpenAsync(token, PublicPurpose.Unsubscribe, cancellationToken) is not { } opened)
            return PublicPage.NotFound;
        var isBack = await BodyLimits.FieldAsync(context.Request, "do", cancellationToken) == "subscribe";
        var isOneClick = await BodyLimits.FieldAsync(context.Request, "List-Unsubscribe", cancellationToken) == "One-Click";
        if (isBack && !opened.IsCurrent)
            return PublicPage.NotFound;
        var now = time.GetUtcNow();
        var edited = await registry.EditAsync(
            opened.Project, new ChannelId(opened.Id), found => isBack ? Resume(found, now) : Stop(found, now), cancellationToken);
        var channel = edited?.Channel;
        if (channel is not null && channel.State != edited?.Was.State)
            context.AuditByAddress(
                opened.Project, PublicPurpose.Unsubscribe,
                $"{(isBack ? "Started" : "Stopped")} the alerts to {channel.ShownAddress()}", channel.Id.Value);
        if (isOneClick)
        {
            // No person reads the answer: https://www.rfc-editor.org/rfc/rfc8058#section-3.2.
            PublicPage.SetHeaders(context.Response);
            return Results.Text("The alerts to this address have stopped.\n");
        }

        return channel is null ? Removed(opened) : isBack ? Resumed(opened, channel) : Stopped(opened, channel);
    }

    private static Channel Stop(Channel channel, DateTimeOffset now) => channel.State == ChannelState.Unsubscribed ? channel : channel with
    {
        State = ChannelState.Unsubscribed,
        StateReason = "The reader stopped the alerts to this address.",
        StateSince = now,
    };

    // Only what the reader ended: a channel that its owner paused, or that failed, is not the reader's to start.
    private static Channel Resume(Channel channel, DateTimeOffset now) =>
        channel.State != ChannelState.Unsubscribed ? channel : channel with
        {
            State = ChannelState.Active,
            StateReason = null,
            StateSince = now,
        };

    private static PublicPage Ask(OpenedAddress opened, Channel channel) => new("Stop these alerts?", Markup.Of($"""
        <div class="card"><h1>Stop these alerts?</h1>
        <p>Alerts for {Project(opened)} go to {Shown(opened, channel)}.</p>
        {PublicPage.Button("unsubscribe", "Stop the alerts")}</div>
        """));

    private static PublicPage Stopped(OpenedAddress opened, Channel channel) => new("The alerts have stopped", Markup.Of($"""
        <div class="card"><h1>The alerts have stopped</h1>
        <p>No more alerts for {Project(opened)} are sent to {Shown(opened, channel)}.</p>
        {(opened.IsCurrent ? Undo : Markup.Empty)}</div>
        """));

    private static Markup Undo => Markup.Of($"""
        <p class="soft">A mistake? You can start them again.</p>
        {PublicPage.Button("subscribe", "Start the alerts again", isSecond: true)}
        """);

    private static PublicPage Resumed(OpenedAddress opened, Channel channel) => channel.State == ChannelState.Active
        ? new("The alerts have started again", Markup.Of($"""
            <div class="card"><h1>The alerts have started again</h1>
            <p>Alerts for {Project(opened)} go to {Shown(opened, channel)}.</p>
            {PublicPage.Button("unsubscribe", "Stop the alerts", isSecond: true)}</div>
            """))
        : new("Nothing was changed", Markup.Of($"""
            <div class="card"><h1>Nothing was changed</h1>
            <p>An owner of the project has stopped the alerts to {Shown(opened, channel)}. Ask them to start the alerts again.</p></div>
            """));

    private static PublicPage Removed(OpenedAddress opened) => new("These alerts no longer exist", Markup.Of($"""
        <div class="card"><h1>These alerts no longer exist</h1>
        <p>No more alerts for {Project(opened)} are sent to this address.</p></div>
        """));

    // An address that was revoked still ends the alerts, and tells nothing.
    private static Markup Project(OpenedAddress opened) => opened.IsCurrent
        ? Markup.Of($"the project <strong>{WebText.Short(opened.Project.Name, 200)}</strong>")
        : Markup.Of($"a project");

    private static Markup Shown(OpenedAddress opened, Channel channel) => opened.IsCurrent
        ? Markup.Of($"<strong>{channel.ShownAddress()}</strong>")
        : Markup.Of($"the address that received this message");
}

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
