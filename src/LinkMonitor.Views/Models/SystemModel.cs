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
/// <param name="Confirmation">When a finding counts.</param>
/// <param name="Shown">What the form is over: saved over something else it is stale.</param>
public sealed record SettingsModel(
    Frame Frame, IReadOnlyList<Field> Fields, IReadOnlyList<ConfirmationRow> Confirmation, IReadOnlyList<string> Problems, string Deletes,
    FormVersion Shown)
{
    /// <summary>Something of the confirmation is wrong, or has changed meanwhile: it is shown unfolded.</summary>
    public bool IsConfirmationOpen =>
        Confirmation.SelectMany(row => row.Fields).Any(one => one.Error is not null || one.Stored is not null);
}

/// <summary>When a kind of finding counts.</summary>
/// <param name="What">For example <c>The domain does not exist</c>.</param>
/// <param name="Said">As it is stored, for example <c>2 looks over 6 hours</c>.</param>
public sealed record ConfirmationRow(string What, string Said, IReadOnlyList<Field> Fields);
