namespace LinkMonitor.CommandLine.Rows;

/// <summary>What a row of a file says, as it is written there.</summary>
internal sealed record RowText
{
    /// <summary>Where the row begins, from 1.</summary>
    public required int Line { get; init; }

    public required string Page { get; init; }

    public required string? Target { get; init; }

    public string? Match { get; init; }

    public string? Rel { get; init; }

    public string? Anchor { get; init; }

    /// <summary>The cells of the user's own columns, in the order of <see cref="LinkTable.OwnColumns"/>.</summary>
    public IReadOnlyList<string> Own { get; init; } = [];

    /// <summary>The tool that wrote the file has found the link gone.</summary>
    public bool WasLost { get; init; }
}
