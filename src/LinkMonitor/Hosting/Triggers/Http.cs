using LinkMonitor.Hosting.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace LinkMonitor.Hosting.Triggers;

/// <summary>
/// What a request starts, whatever its path and method: the pipeline that <c>linkmonitor serve</c> has, too. Standalone, the web server
/// calls that pipeline itself.
/// </summary>
internal sealed class Http(RequestPipeline pipeline)
{
    [Function("Http")]
    public Task<IActionResult> AnswerAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request) =>
        pipeline.AnswerAsync(request.HttpContext);
}
