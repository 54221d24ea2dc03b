namespace LinkMonitor.Hosting.Functions;

/// <summary>A definition together with the method that runs it.</summary>
/// <param name="RunAsync">
/// Makes the method's class from the given scope and calls the method; the text is the message, or empty for a timer.
/// </param>
internal sealed record FunctionRegistration(
    FunctionDefinition Definition, Func<IServiceProvider, string, CancellationToken, Task> RunAsync);
