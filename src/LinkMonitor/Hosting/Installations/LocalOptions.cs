using System.ComponentModel.DataAnnotations;
using LinkMonitor.Storage.Connecting;

namespace LinkMonitor.Hosting.Installations;

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
