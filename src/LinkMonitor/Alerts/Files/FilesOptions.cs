using System.ComponentModel.DataAnnotations;

namespace LinkMonitor.Alerts.Files;

/// <summary>Where mail goes that is not sent.</summary>
internal sealed class FilesOptions
{
    public const string Section = "LinkMonitor:Mail:Files";

    /// <summary>Relative to the working directory; made when it is not there.</summary>
    [Required(ErrorMessage = "LinkMonitor:Mail:Files:Folder is missing: the folder alerts are written to.")]
    public string Folder { get; set; } = "./outbox";
}
