namespace LinkMonitor.CommandLine.Rows;

/// <summary>A file of links cannot be read as a whole; the message says why and what to do.</summary>
/// <param name="exitCode"><see cref="ExitCodes.BadData"/> for a file that is none of ours; <see cref="ExitCodes.WrongUsage"/> for one that
/// was written wrongly.</param>
internal sealed class UnreadableFileException(string message, int exitCode = ExitCodes.BadData) : Exception(message)
{
    public int ExitCode => exitCode;
}
