namespace LinkMonitor.Storage.Rows;

/// <summary>Something that was left out so that everything else could go on. It stays where it is and is tried again by itself.</summary>
public sealed record SetAsideNote
{
    public required SetAsideName Name { get; init; }

    /// <summary>What is wrong; holds no secret.</summary>
    public required string Problem { get; init; }

    /// <summary>What to do about it.</summary>
    public required string Advice { get; init; }

    /// <summary>The version of the row that could not be read; null for what is no row.</summary>
    public string? Version { get; init; }
}
