namespace LinkMonitor.Views;

/// <summary>A project's cases.</summary>
/// <param name="Chips">Short ways to a filter.</param>
/// <param name="Found">Whether the project has any case, whatever the filter.</param>
public sealed record CaseListModel(Frame Frame, IReadOnlyList<CaseLine> Cases, IReadOnlyList<Chip> Chips, bool Found, Pager Pager);

/// <summary>A case as a row.</summary>
/// <param name="Status">For example <c>written off</c>.</param>
/// <param name="Page">The whole URL of the linking page; <paramref name="PageWords"/> is the same, short.</param>
/// <param name="Target">The whole URL of the target; <paramref name="TargetWords"/> is the same, short.</param>
/// <param name="State">The link's state after the last change of the case, on the wire.</param>
/// <param name="Why">The link's reasons then, in words.</param>
/// <param name="Days">The due and the promised day, in words; null for none.</param>
/// <param name="IsLate">One of them is past, and the case is open.</param>
public sealed record CaseLine(
    string Path, string Status, bool IsOpen, string State, string Page, string PageWords, string Target, string TargetWords, string Why,
    string? Owner, string? Days, bool IsLate, Moment Opened, Moment Updated);

/// <summary>One case with everything that happened in it.</summary>
public sealed record CaseModel
{
    public required Frame Frame { get; init; }

    public required CaseLine Case { get; init; }

    /// <summary>The link's page in the dashboard.</summary>
    public required string LinkPath { get; init; }

    /// <summary>How it ended, in a sentence; null while it is open.</summary>
    public string? Ended { get; init; }

    /// <summary>The link is no longer watched.</summary>
    public required bool IsLinkGone { get; init; }

    public required IReadOnlyList<CaseEntryLine> Timeline { get; init; }

    /// <summary>The version that the forms are for.</summary>
    public required string Version { get; init; }

    /// <summary>The statuses that a button leads to: value and words; empty for viewers.</summary>
    public required IReadOnlyList<(string Value, string Words)> Statuses { get; init; }

    /// <summary>The promised and the due day, and the owner.</summary>
    public required IReadOnlyList<Field> Fields { get; init; }

    public required Field Note { get; init; }

    /// <summary>What is wrong beside the fields, a sentence each.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    public DraftModel? Draft { get; init; }
}

/// <summary>An entry of a case's timeline.</summary>
/// <param name="Who">For example <c>Anna</c>, or <c>LinkMonitor</c>.</param>
/// <param name="What">A sentence.</param>
/// <param name="Note">What somebody wrote down; null for all else.</param>
public sealed record CaseEntryLine(Moment At, string Who, string What, string? Note);

/// <summary>The case of a link, on the link's page.</summary>
/// <param name="Path">Null when the link has none; then one can be opened.</param>
/// <param name="Words">For example <c>open since 3 days, Anna</c>.</param>
public sealed record LinkCaseModel(string? Path, string Words, bool CanOpen);
