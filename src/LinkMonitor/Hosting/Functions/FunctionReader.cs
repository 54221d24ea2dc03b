using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace LinkMonitor.Hosting.Functions;

/// <summary>Reads from a method's attributes what the Functions host reads from them, and calls the method as the worker does.</summary>
internal static class FunctionReader
{
    /// <returns>Null when the method is no function, or one that answers HTTP: a web server does that without us.</returns>
    /// <exception cref="InvalidOperationException">We could not start the function ourselves, so it would run on Azure alone.</exception>
    public static FunctionRegistration? Read(MethodInfo method)
    {
        if (method.GetCustomAttribute<FunctionAttribute>() is not { } function)
            return null;
        var parameters = method.GetParameters();
        if (Attribute<HttpTriggerAttribute>(parameters) is not null)
            return null;
        if (method.ReturnType != typeof(Task) || !method.IsPublic || method.IsStatic || method.DeclaringType is not { } type)
            throw new InvalidOperationException($"The function {function.Name} must be a public instance method that returns a Task.");

        var definition = Definition(function.Name, parameters);
        Func<string, CancellationToken, object>[] arguments = [.. parameters.Select(parameter => Argument(definition, parameter))];
        var create = ActivatorUtilities.CreateFactory(type, []);
        return new FunctionRegistration(definition, (scope, message, cancellationToken) =>
            (Task)method.Invoke(
                create(scope, null),
                BindingFlags.DoNotWrapExceptions,
                null,
                [.. arguments.Select(argument => argument(message, cancellationToken))],
                null)!);
    }

    private static FunctionDefinition Definition(string name, ParameterInfo[] parameters)
    {
        if (Attribute<QueueTriggerAttribute>(parameters) is { } queue)
            return new QueueFunctionDefinition(name, queue.QueueName);
        if (Attribute<TimerTriggerAttribute>(parameters) is { } timer)
            return new TimerFunctionDefinition(name, timer.Schedule);
        throw new InvalidOperationException($"The function {name} has no trigger that the standalone loops know.");
    }

    private static Func<string, CancellationToken, object> Argument(FunctionDefinition function, ParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(CancellationToken))
            return static (_, cancellationToken) => cancellationToken;
        if (parameter.ParameterType == typeof(string) && function is QueueFunctionDefinition)
            return static (message, _) => message;
        if (parameter.ParameterType == typeof(TimerInfo) && function is TimerFunctionDefinition)
            return static (_, _) => new TimerInfo();
        throw new InvalidOperationException($"Nothing provides the function {function.Name} with its parameter '{parameter.Name}'.");
    }

    private static TAttribute? Attribute<TAttribute>(ParameterInfo[] parameters) where TAttribute : Attribute =>
        parameters.Select(parameter => parameter.GetCustomAttribute<TAttribute>()).FirstOrDefault(found => found is not null);
}
