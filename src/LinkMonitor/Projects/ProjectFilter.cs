using LinkMonitor.Api;
using LinkMonitor.Keys;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Projects;

/// <summary>Loads the project of the route; a project that the key does not open looks like one that does not exist.</summary>
internal sealed class ProjectFilter(IProjectStore projects) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var id = new ProjectId((string)http.Request.RouteValues["projectId"]!);
        var isOpen = ProjectId.IsValid(id.Value) && http.Holder().Opens(id);
        if (!isOpen || await projects.GetAsync(id, http.RequestAborted) is not { } project)
            return Problems.ProjectNotFound(id);

        http.Features.Set(project);
        return await next(context);
    }
}
