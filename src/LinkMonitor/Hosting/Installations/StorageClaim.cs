using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Installations;

namespace LinkMonitor.Hosting.Installations;

/// <summary>
/// Marks the storage that the settings name. Whoever set it meant it, so another installation's mark is reported and not a reason to stop:
/// several processes may share an account on purpose, and a machine may take the place of another.
/// </summary>
internal static class StorageClaim
{
    /// <param name="adopt">Whether the user said that the storage is this installation's now.</param>
    /// <returns>What the user is to be warned of, or null.</returns>
    public static async Task<string?> MakeAsync(
        StorageOptions storage, InstallationFile file, bool adopt, CancellationToken cancellationToken)
    {
        try
        {
            var installation = file.Open();
            var marks = InstallationMarkStore.Of(storage);
            if (adopt)
                await marks.PutAsync(file.MarkOf(installation), cancellationToken);
            var found = await marks.ClaimAsync(file.MarkOf(installation), cancellationToken);
            return found.Id == installation.Id ? null : Warning(found);
        }
        catch (Exception readOnly) when (readOnly is IOException or UnauthorizedAccessException)
        {
            return $"Warning: the data folder cannot be written ({readOnly.Message}), so nothing shows whether another installation uses "
                + $"this storage.";
        }
        catch (StorageFailureException failure)
        {
            return $"Warning: the owner of this storage could not be read: {failure.Message}";
        }
    }

    private static string Warning(InstallationMark found) =>
        $"Warning: this storage belongs to another installation, in {found.Place}, since {found.MarkedAt:yyyy-MM-dd}. If that one still "
            + $"runs, each does the other's checks "
        + "and sends its mails. Use another storage, or start once with --adopt if this one replaces it.";
}
