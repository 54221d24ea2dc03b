using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Channels;

/// <summary>The <c>Channels</c> table: a partition per project.</summary>
public interface IChannelStore
{
    /// <summary>
    /// Everything that a project can be told through: its stored channels, and for each of its recipients without a row one with the
    /// defaults. In order of identity. The identities of those that cannot be read are set aside: a recipient among them has no defaults, because
    /// nobody knows whether they unsubscribed.
    /// </summary>
    Task<RowsRead<Channel>> ListAsync(Project project, CancellationToken cancellationToken);

    /// <summary>As <see cref="ListAsync"/> has it; null when there is none.</summary>
    Task<Channel?> GetAsync(Project project, ChannelId id, CancellationToken cancellationToken);

    /// <summary>As it is stored, also when it stands for an address that is no recipient of the project any more; null when there is no row.</summary>
    Task<Channel?> FindAsync(ProjectId projectId, ChannelId id, CancellationToken cancellationToken);

    /// <summary>Writes over the version that was read; one without a version must not be stored yet.</summary>
    Task<SaveOutcome> SaveAsync(Channel channel, CancellationToken cancellationToken);

    /// <summary>Gone already is no error. An address that is still a recipient of the project comes back with the defaults.</summary>
    Task DeleteAsync(ProjectId projectId, ChannelId id, CancellationToken cancellationToken);

    /// <summary>Removes a thousand of a project's channels. May be called again after a crash.</summary>
    /// <returns>Whether nothing is left.</returns>
    Task<bool> PurgeAsync(ProjectId projectId, CancellationToken cancellationToken);
}
