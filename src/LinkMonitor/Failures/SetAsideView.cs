using LinkMonitor.Storage.Failures;

namespace LinkMonitor.Failures;

/// <summary>Something that is left out so that the rest goes on, as the API shows it.</summary>
public sealed record SetAsideView
{
    public required string Id { get; init; }

    /// <summary>The table of a row, or the function that leaves something out.</summary>
    public required string Area { get; init; }

    /// <summary>The row's partition key; empty for what is no row.</summary>
    public required string Partition { get; init; }

    /// <summary>The row's key, or the project.</summary>
    public required string Key { get; init; }

    public required string Problem { get; init; }

    /// <summary>What to do about it.</summary>
    public required string Advice { get; init; }

    /// <summary>When it was met first.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it was met last, to the hour.</summary>
    public required DateTimeOffset LastAt { get; init; }

    internal static SetAsideView Of(SetAsideEntry entry) => new()
    {
        Id = entry.Id,
        Area = entry.Note.Name.Area,
        Partition = entry.Note.Name.Partition,
        Key = entry.Note.Name.Key,
        Problem = entry.Note.Problem,
        Advice = entry.Note.Advice,
        Since = entry.Since,
        LastAt = entry.LastAt,
    };
}
