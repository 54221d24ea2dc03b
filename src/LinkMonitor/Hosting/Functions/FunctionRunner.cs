namespace LinkMonitor.Hosting.Functions;

/// <summary>Runs a function once, in a service scope of its own.</summary>
internal sealed class FunctionRunner(IServiceScopeFactory scopes)
{
    /// <param name="message">The text of the message; empty for a timer.</param>
    public async Task RunAsync(FunctionRegistration registration, string message, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await registration.RunAsync(scope.ServiceProvider, message, cancellationToken);
    }
}
