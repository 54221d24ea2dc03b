using LinkMonitor.Alerts.Composing;
using LinkMonitor.Api.Limits;
using LinkMonitor.Channels;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Sharing.Pages;

/// <summary>Ends the alerts to one channel, and begins them again.</summary>
internal static class UnsubscribePage
{
    public static async Task<IResult> AskAsync(
        string token, PublicAddresses addresses, IProjectStore projects, IChannelStore channels, CancellationToken cancellationToken)
    {
        if (await FindAsync(token, addresses, projects, cancellationToken) is not var (project, id))
            return PublicPage.NotFound;
        return await channels.GetAsync(project, id, cancellationToken) is not { } channel ? Removed(project)
            : channel.State == ChannelState.Unsubscribed ? Stopped(project, channel)
            : Ask(project, channel);
    }

    public static async Task<IResult> DoAsync(
        string token,
        HttpContext context,
        PublicAddresses addresses,
        IProjectStore projects,
        ChannelRegistry registry,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(token, addresses, projects, cancellationToken) is not var (project, id))
            return PublicPage.NotFound;
        var isBack = await BodyLimits.FieldAsync(context.Request, "do", cancellationToken) == "subscribe";
        var isOneClick = await BodyLimits.FieldAsync(context.Request, "List-Unsubscribe", cancellationToken) == "One-Click";
        var now = time.GetUtcNow();
        var channel = await registry.EditAsync(project, id, found => isBack ? Resume(found, now) : Stop(found, now), cancellationToken);
        if (isOneClick)
        {
            // No person reads the answer: https://www.rfc-editor.org/rfc/rfc8058#section-3.2.
            PublicPage.SetHeaders(context.Response);
            return Results.Text("The alerts to this address have ended.\n");
        }

        return channel is null ? Removed(project) : isBack ? Resumed(project, channel) : Stopped(project, channel);
    }

    private static async Task<(Project Project, ChannelId Channel)?> FindAsync(
        string token, PublicAddresses addresses, IProjectStore projects, CancellationToken cancellationToken) =>
        await addresses.OpenAsync(token, PublicPurpose.Unsubscribe, cancellationToken) is { } thing
        && await projects.GetAsync(thing.Project, cancellationToken) is { } project
            ? (project, new ChannelId(thing.Id))
            : null;

    private static Channel Stop(Channel channel, DateTimeOffset now) => channel.State == ChannelState.Unsubscribed ? channel : channel with
    {
        State = ChannelState.Unsubscribed,
        StateReason = "The reader ended the alerts to this address.",
        StateSince = now,
    };

    // Only what the reader ended: a channel that its owner paused, or that failed, is not the reader's to start.
    private static Channel Resume(Channel channel, DateTimeOffset now) => channel.State != ChannelState.Unsubscribed ? channel : channel with
    {
        State = ChannelState.Active,
        StateReason = null,
        StateSince = now,
    };

    private static PublicPage Ask(Project project, Channel channel) => new("Stop these alerts?", Markup.Of($"""
        <div class="card"><h1>Stop these alerts?</h1>
        <p>Alerts of the project <strong>{WebText.Short(project.Name, 200)}</strong> go to <strong>{Shown(channel)}</strong>.</p>
        {PublicPage.Button("unsubscribe", "Stop the alerts")}</div>
        """));

    private static PublicPage Stopped(Project project, Channel channel) => new("The alerts have ended", Markup.Of($"""
        <div class="card"><h1>The alerts have ended</h1>
        <p>Nothing more of the project <strong>{WebText.Short(project.Name, 200)}</strong> is sent to <strong>{Shown(channel)}</strong>.</p>
        <p class="soft">A mistake? You can have them again.</p>
        {PublicPage.Button("subscribe", "Send them again", isSecond: true)}</div>
        """));

    private static PublicPage Resumed(Project project, Channel channel) => channel.State == ChannelState.Active
        ? new("The alerts are sent again", Markup.Of($"""
            <div class="card"><h1>The alerts are sent again</h1>
            <p>Alerts of the project <strong>{WebText.Short(project.Name, 200)}</strong> go to <strong>{Shown(channel)}</strong>.</p>
            {PublicPage.Button("unsubscribe", "Stop the alerts", isSecond: true)}</div>
            """))
        : new("Nothing was changed", Markup.Of($"""
            <div class="card"><h1>Nothing was changed</h1>
            <p>Whoever looks after the project has stopped the alerts to <strong>{Shown(channel)}</strong>. Ask them to start them again.</p></div>
            """));

    private static PublicPage Removed(Project project) => new("There are no such alerts any more", Markup.Of($"""
        <div class="card"><h1>There are no such alerts any more</h1>
        <p>The project <strong>{WebText.Short(project.Name, 200)}</strong> sends nothing to this address any more.</p></div>
        """));

    private static string Shown(Channel channel) => ChannelAddress.Show(channel.Kind, channel.Address);
}
