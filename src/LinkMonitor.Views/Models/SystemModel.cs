namespace LinkMonitor.Views;

/// <summary>The health of the installation, and the work that is set aside.</summary>
public sealed record SystemModel
{
    public required Frame Frame { get; init; }

    /// <summary><c>ok</c>, <c>degraded</c> or <c>failing</c>.</summary>
    public required string Status { get; init; }

    public required string Version { get; init; }

    /// <summary>Ages and counts, each with its name.</summary>
    public required IReadOnlyList<FactLine> Facts { get; init; }

    public required IReadOnlyList<QueueLine> Queues { get; init; }

    public required IReadOnlyList<FailureLine> Failures { get; init; }

    public required IReadOnlyList<SetAsideLine> SetAside { get; init; }

    public required IReadOnlyList<NoticeLine> Notices { get; init; }
}

/// <summary>A queue.</summary>
/// <param name="Oldest">How long the first message has waited, in words.</param>
public sealed record QueueLine(string Name, long Messages, string Oldest, long Failed);

/// <summary>A message that failed too often.</summary>
/// <param name="Path">Its forms post below it.</param>
public sealed record FailureLine(string Path, string Queue, string Text, string Error, Moment At);

/// <summary>Something that is left out so that the rest goes on.</summary>
public sealed record SetAsideLine(string Where, string Problem, string Advice, Moment Since, Moment LastAt);

/// <summary>A notice to the operator.</summary>
public sealed record NoticeLine(Moment At, string Subject, string? Why);

/// <summary>All links of one page.</summary>
/// <param name="Page">The page's URL.</param>
/// <param name="Caption">How many links there are, in words.</param>
public sealed record PageModel(Frame Frame, string Page, string Caption, IReadOnlyList<LinkLine> Links, Moment? Checked, string Said);

/// <summary>The settings of a project.</summary>
/// <param name="Shown">What was shown when the form was opened: a form over something else is stale.</param>
public sealed record SettingsModel(Frame Frame, IReadOnlyList<Field> Fields, IReadOnlyList<string> Problems, string Deletes, string Shown);
