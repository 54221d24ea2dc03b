namespace LinkMonitor.Api.Limits;

/// <summary>What every answer says unless it says otherwise itself: its type is as declared, and no cache keeps it.</summary>
internal static class DefaultHeaders
{
    public static void UseAnswerHeaders(this IApplicationBuilder app) => app.Use(next => context =>
    {
        context.Response.OnStarting(
            static state =>
            {
                var headers = ((HttpResponse)state).Headers;
                headers.XContentTypeOptions = "nosniff";
                if (headers.CacheControl.Count == 0)
                    headers.CacheControl = "no-store";
                return Task.CompletedTask;
            },
            context.Response);
        return next(context);
    });
}
