using LinkMonitor.Storage.Border;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace LinkMonitor.Hosting.Serving;

/// <summary>
/// The console of a standalone server, for people: the time (UTC), how grave it is, and the words. A storage that fails is told with its reason; only what
/// nobody foresaw comes with a stack trace.
/// </summary>
internal sealed class PlainConsole(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "plain";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var text = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.Write($"{time.GetUtcNow():HH:mm:ss} {Grade(logEntry.LogLevel)} {text.ReplaceLineEndings(" ")}");
        if (Foreseen(logEntry.Exception) is { } reason)
            textWriter.Write($" {reason.Message.ReplaceLineEndings(" ")}");
        else if (logEntry.Exception is { } unforeseen)
            textWriter.Write($"{Environment.NewLine}{unforeseen}");
        textWriter.WriteLine();
    }

    private static string Grade(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info ",
        LogLevel.Warning => "warn ",
        _ => "error",
    };

    private static StorageFailureException? Foreseen(Exception? exception) => exception switch
    {
        StorageFailureException failure => failure,
        AggregateException { InnerExceptions: [var only] } => Foreseen(only),
        { InnerException: { } inner } => Foreseen(inner),
        _ => null,
    };
}
