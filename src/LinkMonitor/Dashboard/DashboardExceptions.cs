using LinkMonitor.Storage.Paging;
using Microsoft.AspNetCore.Diagnostics;

namespace LinkMonitor.Dashboard;

/// <summary>Requests for pages that cannot be read are answered by a page, too: the API's answers are for programs.</summary>
internal sealed class DashboardExceptions : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        int? status = exception switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            InvalidCursorException => StatusCodes.Status404NotFound,
            _ => null,
        };
        if (status is not { } known || !DashboardMessages.IsFor(httpContext))
            return false;
        await DashboardMessages.ForStatus(known).ExecuteAsync(httpContext);
        return true;
    }
}
