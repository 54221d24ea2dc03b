using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Installations;

namespace LinkMonitor.Hosting.Azurite;

/// <summary>Looks whose an Azurite is. Reads only.</summary>
internal static class AzuriteSearch
{
    /// <param name="installation">The id that its mark must have to be ours.</param>
    public static async Task<AzuriteOwner> LookAsync(AzuritePorts ports, string installation, CancellationToken cancellationToken)
    {
        var connection = ports.ConnectionString();
        if (!await AzuriteProbe.AnswersAsync(connection, ports.TableEndpoint(), cancellationToken))
            return AzuriteOwner.Nobody;
        try
        {
            var marks = InstallationMarks.Glance(connection);
            if (await marks.FindAsync(cancellationToken) is { } mark)
                return mark.Id == installation ? AzuriteOwner.Ours : AzuriteOwner.Another;
            return await marks.HoldsDataAsync(cancellationToken) ? AzuriteOwner.Unknown : AzuriteOwner.Another;
        }
        catch (StorageFailureException)
        {
            // Whatever it is, it is nothing that we marked.
            return AzuriteOwner.Another;
        }
    }
}
