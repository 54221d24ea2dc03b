using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Projects;

internal static class HttpContextExtensions
{
    /// <summary>The project of the route; only behind <see cref="ProjectFilter"/>.</summary>
    public static Project CurrentProject(this HttpContext context) =>
        context.Features.Get<Project>() ?? throw new InvalidOperationException("The endpoint is not inside a project.");
}
