namespace LinkMonitor.Hosting.Functions;

/// <summary>A definition together with what runs it.</summary>
/// <param name="RunAsync">Resolves the function from the given scope and runs it; the text is the message, or empty for a timer.</param>
internal sealed record FunctionRegistration(
    FunctionDefinition Definition, Func<IServiceProvider, string, CancellationToken, Task> RunAsync);
