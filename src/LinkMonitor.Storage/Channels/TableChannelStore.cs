using Azure;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Channels;

/// <inheritdoc cref="IChannelStore"/>
internal sealed class TableChannelStore(RowTables tables) : IChannelStore
{
    private readonly RowTable _table = tables.Open(TableNames.Channels);

    public async Task<RowsRead<Channel>> ListAsync(Project project, CancellationToken cancellationToken)
    {
        var channels = Recipients(project);
        var stored = await _table.ReadAllAsync(ChannelKeys.All(project.Id), ChannelRow.Read, cancellationToken);
        var setAside = stored.SetAside.Select(ChannelKeys.IdOf).ToList();
        foreach (var id in setAside)
            channels.Remove(id);
        foreach (var channel in stored.Items.Where(channel => IsListed(channel, channels)))
            channels[channel.Id] = channel;
        return new RowsRead<Channel>(
            [.. channels.Values.OrderBy(channel => channel.Id.Value, StringComparer.Ordinal)], [.. setAside.Select(id => id.Value)]);
    }

    public async Task<Channel?> GetAsync(Project project, ChannelId id, CancellationToken cancellationToken)
    {
        var recipients = Recipients(project);
        return await FindAsync(project.Id, id, cancellationToken) is { } stored
            ? IsListed(stored, recipients) ? stored : null
            : recipients.GetValueOrDefault(id);
    }

    public async Task<Channel?> FindAsync(ProjectId projectId, ChannelId id, CancellationToken cancellationToken) =>
        await _table.FindAsync(projectId.Value, ChannelKeys.Channel(id), ChannelRow.Read, cancellationToken);

    public async Task<SaveOutcome> SaveAsync(Channel channel, CancellationToken cancellationToken)
    {
        var row = ChannelRow.Write(channel);
        var version = channel.ETag is null
            ? await _table.AddAsync(row, cancellationToken)
            : await _table.ReplaceAsync(row, RowColumns.ToETag(channel.ETag), cancellationToken);
        if (version is not null)
            return SaveOutcome.Saved;

        return channel.ETag is not null && !await _table.IsThereAsync(row.PartitionKey, row.RowKey, cancellationToken)
            ? SaveOutcome.Missing
            : SaveOutcome.Conflict;
    }

    public Task DeleteAsync(ProjectId projectId, ChannelId id, CancellationToken cancellationToken) =>
        _table.DeleteAsync(projectId.Value, ChannelKeys.Channel(id), ETag.All, cancellationToken);

    public Task<bool> PurgeAsync(ProjectId projectId, CancellationToken cancellationToken) =>
        _table.DeleteStepAsync(ChannelKeys.All(projectId), cancellationToken);

    private static Dictionary<ChannelId, Channel> Recipients(Project project)
    {
        var channels = new Dictionary<ChannelId, Channel>();
        foreach (var address in project.Recipients)
        {
            var id = ChannelIds.For(project.Id, ChannelKind.Email, address);
            channels[id] = new Channel
            {
                ProjectId = project.Id,
                Id = id,
                Kind = ChannelKind.Email,
                Address = address,
                IsRecipient = true,
                CreatedAt = project.CreatedAt,
            };
        }

        return channels;
    }

    private static bool IsListed(Channel stored, Dictionary<ChannelId, Channel> recipients) =>
        !stored.IsRecipient || recipients.ContainsKey(stored.Id);
}
