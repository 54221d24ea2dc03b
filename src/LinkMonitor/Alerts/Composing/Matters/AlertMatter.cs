using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Composing.Matters;

/// <summary>
/// What an alert has to say, before it is put into words. Closed: the cases are the records of this folder. Texts in it may come from the web
/// and from users as they are; making them safe to show is the composer's work.
/// </summary>
public abstract record AlertMatter
{
    private protected AlertMatter()
    {
    }

    /// <summary>The stored alert's id.</summary>
    public required string AlertId { get; init; }

    public abstract AlertKind Kind { get; }

    /// <summary>The project it is about; null for a notice to the operator of the installation.</summary>
    public abstract Project? About { get; }
}
