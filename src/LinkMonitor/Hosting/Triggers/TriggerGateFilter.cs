namespace LinkMonitor.Hosting.Triggers;

/// <summary>
/// Puts the gate in front of the whole pipeline, whatever the application adds. It must see the headers as they came: the forwarded
/// headers middleware, which an environment variable alone can switch on, takes away those that mark a public request.
/// </summary>
internal sealed class TriggerGateFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<TriggerGate>();
        next(app);
    };
}
