using LinkMonitor.Alerts.Webhook;
using LinkMonitor.Api;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Channels;

/// <summary>Adds, edits and removes a project's channels, whoever else writes at the same time.</summary>
internal sealed class ChannelRegistry(IChannelStore channels, IProjectStore projects, IAlertStore alerts, TimeProvider time)
{
    /// <summary>The most channels that one project may have, its recipients included.</summary>
    public const int MaxChannels = 100;

    private static readonly TimeSpan WakeDelay = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Stores a channel, or applies an edit to the one with this address. Null when the project has as many as it may have.
    /// </summary>
    public async Task<(bool Created, Channel Channel, Channel Was)?> AddAsync(
        Project project, Channel draft, Func<Channel, Channel> edit, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await EditAsync(project, draft.Id, edit, cancellationToken) is var (edited, was))
                return (false, edited, was);
            if (await channels.ListAsync(project, cancellationToken) is var listed
                && listed.Count >= MaxChannels)
                return null;

            // A recipient's row whose address has left the recipients: it is taken over, so that who unsubscribed stays so.
            var hidden = await channels.FindAsync(project.Id, draft.Id, cancellationToken);
            var added = edit(hidden is null ? draft : hidden with { IsRecipient = false });
            if (await SaveAsync(added, cancellationToken) == SaveOutcome.Saved)
                return (true, added, added);
        }
    }

    /// <summary>Applies an edit to the newest version of a channel. Null when there is no such channel.</summary>
    /// <returns>As it is, and as it was.</returns>
    public async Task<(Channel Channel, Channel Was)?> EditAsync(
        Project project, ChannelId id, Func<Channel, Channel> edit, CancellationToken cancellationToken)
    {
        while (await channels.GetAsync(project, id, cancellationToken) is { } channel)
        {
            var edited = edit(channel);
            if (edited == channel || await SaveAsync(edited, cancellationToken) == SaveOutcome.Saved)
                return (edited, channel);
        }

        return null;
    }

    /// <summary>Gives a webhook a new secret; the former one signs too for a day, so that the receiver can change over.</summary>
    public Task<(Channel Channel, Channel Was)?> RotateSecretAsync(Project project, ChannelId id, CancellationToken cancellationToken)
    {
        var secret = WebhookSecret.New();
        var until = time.GetUtcNow() + WebhookSecret.Overlap;
        return EditAsync(
            project,
            id,
            channel => channel.Secret == secret
                ? channel
                : channel with { Secret = secret, FormerSecret = channel.Secret, FormerSecretUntil = until },
            cancellationToken);
    }

    /// <summary>Removes a channel, and its address from the project's recipients.</summary>
    /// <returns>Missing when there is none; a conflict when it is another version than the one that is meant, which stays then.</returns>
    public async Task<SaveOutcome> RemoveAsync(Project project, ChannelId id, IfMatch match, CancellationToken cancellationToken)
    {
        if (await channels.GetAsync(project, id, cancellationToken) is not { } channel)
            return SaveOutcome.Missing;
        if (!match.Allows(ChannelView.VersionOf(channel)))
            return SaveOutcome.Conflict;

        // The recipient goes first: a crash in between leaves a row that is not listed, or a channel whose deletion was not answered.
        await RemoveRecipientAsync(project.Id, id, cancellationToken);
        await channels.DeleteAsync(project.Id, id, cancellationToken);
        return SaveOutcome.Saved;
    }

    // The next digest may be another one now. The wake-up comes first and lies ahead, so that a crash after it leaves one too many at
    // worst.
    private async Task<SaveOutcome> SaveAsync(Channel channel, CancellationToken cancellationToken)
    {
        await alerts.WakeAsync(channel.ProjectId, time.GetUtcNow() + WakeDelay, cancellationToken);
        return await channels.SaveAsync(channel, cancellationToken);
    }

    private async Task RemoveRecipientAsync(ProjectId projectId, ChannelId id, CancellationToken cancellationToken)
    {
        while (await projects.GetAsync(projectId, cancellationToken) is { } project)
        {
            var kept = project.Recipients.Where(address => ChannelIdFactory.For(projectId, ChannelKind.Email, address) != id).ToArray();
            if (kept.Length == project.Recipients.Count
                || await projects.SaveAsync(project with { Recipients = kept }, cancellationToken) == SaveOutcome.Saved)
                return;
        }
    }
}
