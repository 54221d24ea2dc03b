using System.CommandLine;
using System.Text;

namespace LinkMonitor.CommandLine.Files;

/// <summary>Where results go: a file, or the console.</summary>
internal sealed class ResultTarget : IAsyncDisposable
{
    private readonly TextWriter? _file;
    private readonly StringWriter? _held;
    private readonly TextWriter _console;

    private ResultTarget(TextWriter? file, StringWriter? held, TextWriter console, IResultWriter writer)
    {
        _file = file;
        _held = held;
        _console = console;
        Writer = writer;
    }

    public IResultWriter Writer { get; }

    /// <summary>Opens the target before anything is fetched, so that a path that cannot be written costs no work.</summary>
    /// <exception cref="IOException">The file cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">We may not create the file.</exception>
    public static ResultTarget Open(FileCheckSettings settings, InvocationConfiguration console)
    {
        if (settings.Output is { } output)
        {
            var file = new StreamWriter(output.FullName, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            return new ResultTarget(file, null, console.Output, IsJsonLines(output) ? new JsonLinesResultWriter(file) : new CsvResultWriter(file));
        }

        // Lines printed under a progress bar would tear it apart.
        var held = Console.IsErrorRedirected ? null : new StringWriter();
        var text = held ?? console.Output;
        return new ResultTarget(null, held, console.Output, settings.Json ? new JsonLinesResultWriter(text) : new TextResultWriter(text));
    }

    /// <summary>Null when the ending is one that can be written; otherwise what is wrong.</summary>
    public static string? WrongEnding(FileInfo output) =>
        IsJsonLines(output) || output.Extension.Equals(".csv", StringComparison.OrdinalIgnoreCase)
            ? null
            : $"'{output.Name}' must end in .csv or .jsonl.";

    public async ValueTask DisposeAsync()
    {
        Writer.Flush();
        if (_file is not null)
            await _file.DisposeAsync();
        if (_held is not null)
            await _console.WriteAsync(_held.ToString());
    }

    private static bool IsJsonLines(FileInfo output) => output.Extension.Equals(".jsonl", StringComparison.OrdinalIgnoreCase);
}
