using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Composing.Matters;

/// <summary>A matter of one project.</summary>
public abstract record ProjectMatter : AlertMatter
{
    private protected ProjectMatter()
    {
    }

    public required Project Project { get; init; }

    public sealed override Project About => Project;
}
