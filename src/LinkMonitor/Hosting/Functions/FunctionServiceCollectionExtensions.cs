namespace LinkMonitor.Hosting.Functions;

/// <summary>One line per function: its definition and the type that does the work.</summary>
internal static class FunctionServiceCollectionExtensions
{
    /// <summary>Registers a function; <typeparamref name="TFunction"/> is made anew for every message.</summary>
    public static IServiceCollection AddQueueFunction<TFunction>(this IServiceCollection services, QueueFunctionDefinition definition)
        where TFunction : class, IQueueFunction
    {
        services.AddScoped<TFunction>();
        return services.AddSingleton(new FunctionRegistration(definition, static (scope, message, cancellationToken) =>
            scope.GetRequiredService<TFunction>().RunAsync(message, cancellationToken)));
    }

    /// <summary>Registers a function; <typeparamref name="TFunction"/> is made anew for every tick.</summary>
    public static IServiceCollection AddTimerFunction<TFunction>(this IServiceCollection services, TimerFunctionDefinition definition)
        where TFunction : class, ITimerFunction
    {
        services.AddScoped<TFunction>();
        return services.AddSingleton(new FunctionRegistration(definition, static (scope, _, cancellationToken) =>
            scope.GetRequiredService<TFunction>().RunAsync(cancellationToken)));
    }
}
