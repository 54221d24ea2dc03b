using Microsoft.AspNetCore.Mvc;

namespace LinkMonitor.Hosting.Web;

/// <summary>
/// The application's pipeline, run inside a function. The Functions worker has a small pipeline of its own, without a place for ours, and
/// it waits for a function that middleware in front of it answers: so everything runs inside.
/// </summary>
internal sealed class RequestPipeline(RequestDelegate pipeline)
{
    /// <param name="configure">The middleware and the endpoints, with routing among them: nothing adds it here.</param>
    public static RequestPipeline Build(IServiceProvider services, Action<IApplicationBuilder> configure)
    {
        var app = new ApplicationBuilder(services);
        configure(app);
        return new RequestPipeline(app.Build());
    }

    /// <summary>Answers a request that the worker has routed to a function.</summary>
    /// <returns>Nothing more to write.</returns>
    public async Task<IActionResult> AnswerAsync(HttpContext context)
    {
        // What the worker's routing found would keep ours from searching.
        context.SetEndpoint(null);
        context.Request.RouteValues = [];
        await pipeline(context);
        return new EmptyResult();
    }
}
