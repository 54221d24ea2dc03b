using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
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
