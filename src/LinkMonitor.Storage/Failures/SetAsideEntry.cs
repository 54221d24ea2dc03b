using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Failures;

/// <summary>Something that is set aside, as it is listed.</summary>
public sealed record SetAsideEntry
{
    public required SetAsideNote Note { get; init; }

    /// <summary>When it was met first.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it was met last; noted once an hour.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>26 base-32 characters, from its name.</summary>
    public string Id => SetAsideKeys.Id(Note.Name);
}
