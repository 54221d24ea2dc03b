using System.Text.Json;
using LinkMonitor.IntegrationTests.Support.FunctionsHost.Protocol;

namespace LinkMonitor.IntegrationTests.Support.FunctionsHost;

/// <summary>A function as the worker announced it.</summary>
internal sealed class HostedFunction(RpcFunctionMetadata metadata)
{
    private readonly IReadOnlyList<JsonElement> _bindings = [.. metadata.RawBindings.Select(binding => JsonElement.Parse(binding))];

    /// <summary>What was announced, word for word, for the request to load it.</summary>
    public RpcFunctionMetadata Metadata => metadata;

    public string Name => metadata.Name;

    public string Id => metadata.FunctionId;

    /// <summary>For example <c>queueTrigger</c>.</summary>
    public string TriggerType => Text("type");

    /// <summary>The method's parameter that gets the trigger's data.</summary>
    public string TriggerName => Text("name");

    /// <summary>What starts it, for example <c>queueTrigger page-checks</c>.</summary>
    public string Trigger => TriggerType switch
    {
        "queueTrigger" => $"{TriggerType} {QueueName}",
        "timerTrigger" => $"{TriggerType} {Text("schedule")}",
        "httpTrigger" => $"{TriggerType} {Text("route")} {Text("authLevel")} {Methods}",
        var other => other,
    };

    /// <summary>The queue of a queue trigger.</summary>
    public string QueueName => Text("queueName");

    private string Methods => _bindings[0].TryGetProperty("methods", out var methods) ? methods.GetRawText() : "every method";

    private string Text(string property) => _bindings[0].GetProperty(property).GetString()!;
}
