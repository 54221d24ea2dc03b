using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Composing;

/// <summary>Where the dashboard can be reached from the reader's mail client.</summary>
/// <param name="BaseUrl">Absolute http or https URL, with or without a slash at the end; null leaves such links out of the mail.</param>
public sealed record AlertLinks(Uri? BaseUrl)
{
    /// <summary>For installations that nobody can reach from outside.</summary>
    public static AlertLinks None { get; } = new((Uri?)null);

    internal Uri? ForLink(ProjectId project, LinkId link) => At($"app/projects/{project}/links/{link}");

    internal Uri? ForProject(ProjectId project) => At($"app/projects/{project}");

    private Uri? At(string path) =>
        BaseUrl is { IsAbsoluteUri: true, Scheme: "http" or "https" } ? new Uri(BaseUrl.AbsoluteUri.TrimEnd('/') + "/" + path) : null;
}
