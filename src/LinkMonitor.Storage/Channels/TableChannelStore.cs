using Azure;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Channels;

/// <inheritdoc cref="IChannelStore"/>
internal sealed class TableChannelStore(StoreTables tables) : IChannelStore
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
            var id = ChannelIdFactory.For(project.Id, ChannelKind.Email, address);
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

/// <summary>The identities of channels.</summary>
public static class ChannelIdFactory
{
    private const string Prefix = "chn_";

    /// <summary>
    /// The same for the same address: adding it twice is one channel, and a recipient of the project is the channel of its address.
    /// </summary>
    public static ChannelId For(ProjectId projectId, ChannelKind kind, string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var form = kind == ChannelKind.Email ? address.ToLowerInvariant() : address;
        return new ChannelId(Prefix + ShortHash.Of($"{projectId.Value}\n{WireName.Of(kind)}\n{form}"));
    }
}

/// <summary>
/// The row keys of the <c>Channels</c> table, whose partition key is the project's identity; see docs/tables/channels.md.
/// </summary>
internal static class ChannelKeys
{
    private const string ChannelPrefix = "channel:";

    public static string Channel(ChannelId id) => ChannelPrefix + id.Value;

    /// <summary>The channel in a key that <see cref="Channel"/> made.</summary>
    public static ChannelId IdOf(string key) =>
        new(key.StartsWith(ChannelPrefix, StringComparison.Ordinal) ? key[ChannelPrefix.Length..] : key);

    public static KeyRange All(ProjectId projectId) => KeyRange.Whole(projectId.Value);
}
