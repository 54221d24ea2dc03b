using System.Text.Json;
using LinkMonitor.Hosting.Functions;
using Microsoft.AspNetCore.Http.Features;

namespace LinkMonitor.Hosting.Triggers;

/// <summary>
/// Runs a function for a genuine call of the Functions host and hands every other request on. Triggers are not routes: nothing that
/// routing does to a path (case, decoding, trailing slashes) can lead to one, and a public request for a trigger's path gets the very
/// answer any unknown path gets.
/// </summary>
internal sealed partial class TriggerGate(
    RequestDelegate next, GenuineCall genuineCall, FunctionCatalog catalog, FunctionRunner runner, ILogger<TriggerGate> logger)
{
    /// <summary>A message of 64 KiB grows by escaping it twice and is repeated in the metadata; this is well above the worst case.</summary>
    public const long MaxBodyBytes = 4 * 1024 * 1024;

    public Task InvokeAsync(HttpContext context)
    {
        if (genuineCall.FunctionName(context.Request) is { } name && catalog.Find(name) is { } function)
            return RunAsync(context, function);
        // Were a later host to call differently, every trigger would be refused: this line is what tells.
        if (context.Request.Path.Value is ['/', .. var segment] && catalog.Find(segment) is { Definition.Name: var refused })
            Log.NotGenuine(logger, refused, context.Request.Method);
        return next(context);
    }

    private async Task RunAsync(HttpContext context, FunctionRegistration function)
    {
        var name = function.Definition.Name;
        try
        {
            var message = await ReadAsync(context.Request, function.Definition, context.RequestAborted);
            await runner.RunAsync(function, message, context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            Log.Aborted(logger, name);
            return;
        }
        catch (Exception exception)
        {
            // The edge of the process: the host must be told, and it retries or poisons the message.
            Log.Failed(logger, name, exception);
            await FailAsync(context, name, exception);
            return;
        }

        await context.Response.WriteAsJsonAsync(TriggerReply.Empty, TriggerJson.Default.TriggerReply, cancellationToken: context.RequestAborted);
    }

    private async Task<string> ReadAsync(HttpRequest request, FunctionDefinition function, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBodyBytes;
        using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken);
        if (function is QueueFunctionDefinition)
            return TriggerBody.Message(body.RootElement);
        if (TriggerBody.IsPastDue(body.RootElement))
            Log.PastDue(logger, function.Name);
        return "";
    }

    private static Task FailAsync(HttpContext context, string name, Exception exception)
    {
        var status = exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            new TriggerProblem($"{name} failed", status, $"{exception.GetType().Name}; the log has the details."),
            TriggerJson.Default.TriggerProblem, "application/problem+json", context.RequestAborted);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A {Method} request for {Function} was not a call of the Functions host itself and is treated as public.")]
        public static partial void NotGenuine(ILogger logger, string function, string method);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Function} failed.")]
        public static partial void Failed(ILogger logger, string function, Exception exception);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Function} was given up: the Functions host closed the connection.")]
        public static partial void Aborted(ILogger logger, string function);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Function} makes up for a missed tick.")]
        public static partial void PastDue(ILogger logger, string function);
    }
}
