namespace LinkMonitor.CommandLine.Results;

/// <summary>Chooses how results are written.</summary>
internal static class ResultFormats
{
    /// <summary>By the ending of the output; on the console as text or JSON lines.</summary>
    public static IResultFormat For(FileInfo? output, bool json, IReadOnlyList<string> ownColumns, bool explains)
    {
        if (output is null ? json : IsJsonLines(output))
            return new JsonLinesFormat(ownColumns);
        return output is null ? new TextFormat() : new CsvFormat(ownColumns, explains);
    }

    /// <summary>Null when the ending is one that can be written; otherwise what is wrong.</summary>
    public static string? WrongEnding(FileInfo output) =>
        IsJsonLines(output) || output.Extension.Equals(".csv", StringComparison.OrdinalIgnoreCase)
            ? null
            : $"'{output.Name}' must end in .csv or .jsonl.";

    private static bool IsJsonLines(FileInfo output) => output.Extension.Equals(".jsonl", StringComparison.OrdinalIgnoreCase);
}
