using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Installations;

namespace LinkMonitor.Hosting.Installations;

/// <summary>The installation's id in its data folder.</summary>
internal sealed class InstallationFile(string folder, TimeProvider time)
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz0123456789";

    public string Path { get; } = System.IO.Path.Combine(folder, "installation.json");

    /// <summary>
    /// The installation of the folder. A new folder gets an id, and so does one that was copied while the original is still there.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public Installation Open()
    {
        Directory.CreateDirectory(folder);
        if (Read(Path) is not { } stored)
            return Create();
        if (stored.Folder == folder)
            return stored;

        // Moved, it is the same installation; of a copy and its original only one is.
        var isCopy = Read(System.IO.Path.Combine(stored.Folder, System.IO.Path.GetFileName(Path)))?.Id == stored.Id;
        var here = isCopy ? New() : stored with { Folder = folder };
        Save(here);
        return here;
    }

    public void Save(Installation installation) => Write(installation, overwrite: true);

    /// <summary>What marks a storage as this installation's.</summary>
    public InstallationMark MarkOf(Installation installation) =>
        new(installation.Id, $"{installation.Folder} on {Environment.MachineName}", time.GetUtcNow());

    private Installation New() => new() { Id = "ins_" + RandomNumberGenerator.GetString(Letters, 24), Folder = folder };

    // Of two that start at once in a new folder, the first gives the id.
    private Installation Create()
    {
        var installation = New();
        return Write(installation, overwrite: false) ? installation : Read(Path) ?? installation;
    }

    // Written aside and moved, so that nobody reads half of it.
    private bool Write(Installation installation, bool overwrite)
    {
        var aside = $"{Path}.{Environment.ProcessId}~";
        File.WriteAllBytes(aside, JsonSerializer.SerializeToUtf8Bytes(installation, InstallationJson.Default.Installation));
        try
        {
            File.Move(aside, Path, overwrite);
            return true;
        }
        catch (IOException) when (!overwrite && File.Exists(Path))
        {
            File.Delete(aside);
            return false;
        }
    }

    // One that cannot be read says nothing: the storage in the folder is ours all the same, and no other is taken for ours.
    private static Installation? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(
                File.ReadAllBytes(path), InstallationJson.Default.Installation) is { Id.Length: > 0 } installation ? installation : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>One installation standalone: what a data folder belongs to, and the storages that bear its mark.</summary>
internal sealed record Installation
{
    /// <summary><c>ins_</c> and 24 letters and digits.</summary>
    public required string Id { get; init; }

    /// <summary>The data folder, as an absolute path.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// The ports of the Azurite that the user gave it with <c>--adopt</c>, with commas between; null when its storage is the one in the
    /// data folder, or is set.
    /// </summary>
    public string? Adopted { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(Installation))]
internal sealed partial class InstallationJson : JsonSerializerContext;

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

/// <summary>What <c>linkmonitor serve</c> keeps on this machine, and where it looks for an Azurite of its own that runs already.</summary>
internal sealed class LocalOptions
{
    public const string Section = "LinkMonitor:Local";

    /// <summary>The data folder; a relative path begins at the current directory.</summary>
    [Required(ErrorMessage = "The data folder must be named.")]
    public string Folder { get; set; } = ".linkmonitor";

    /// <summary>The ports for blobs, queues and tables on which an Azurite is looked for; empty to look nowhere.</summary>
    [RegularExpression(
        "(?:[1-9][0-9]{0,4}(?:,[1-9][0-9]{0,4}){2})?",
        ErrorMessage = "Three ports separated by commas, for blobs, queues and tables, or nothing.")]
    public string UsualPorts { get; set; } = "10000,10001,10002";

    internal string FullFolder => Path.GetFullPath(Folder);

    /// <summary>Read before everything else, because the storage comes from it.</summary>
    /// <exception cref="InvalidStorageOptionsException">A value cannot be used.</exception>
    public static LocalOptions From(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<LocalOptions>() ?? new LocalOptions();
        var problems = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true)
            ? options
            : throw new InvalidStorageOptionsException(
                $"{Section}:{string.Join(", ", problems[0].MemberNames)}: {problems[0].ErrorMessage}");
    }
}
