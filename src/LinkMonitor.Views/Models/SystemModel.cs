namespace LinkMonitor.Views;

/// <summary>The health of the installation, and the work that is set aside.</summary>
public sealed record SystemModel
{
    public required Frame Frame { get; init; }

    /// <summary>The status of an installation that works and keeps up, but for what is set aside.</summary>
    public const string NeedsAttention = "needs attention";

    /// <summary><c>ok</c>, <see cref="NeedsAttention"/>, <c>degraded</c> or <c>failing</c>.</summary>
    public required string Status { get; init; }

    public required string Version { get; init; }

    /// <summary>Ages and counts, each with its name.</summary>
    public required IReadOnlyList<FactLine> Facts { get; init; }

    public required IReadOnlyList<QueueLine> Queues { get; init; }

    public required IReadOnlyList<FailureLine> Failures { get; init; }

    public required IReadOnlyList<SetAsideLine> SetAside { get; init; }

    /// <summary>How many of them are not shown, a sentence; null for none.</summary>
    public required string? SetAsideMore { get; init; }

    public required IReadOnlyList<NoticeLine> Notices { get; init; }
}

/// <summary>A queue.</summary>
/// <param name="Oldest">How long the first message has waited, in words.</param>
public sealed record QueueLine(string Name, long Messages, string Oldest, long Failed);

/// <summary>A message that failed too often.</summary>
/// <param name="Path">Its forms post below it.</param>
public sealed record FailureLine(string Path, string Queue, string Text, string Error, Moment At);

/// <summary>Something that is left out so that the rest goes on.</summary>
/// <param name="Where">What it is and whose, for example <c>Link of Example Widgets</c>.</param>
public sealed record SetAsideLine(string Where, string Problem, string Advice, Moment Since, Moment LastAt)
{
    /// <summary>What people know it by: the address of a link's page, or a name; null where it does not say.</summary>
    public string? About { get; init; }

    /// <summary>The page that shows it, or the list that it is of; null for none.</summary>
    public string? Path { get; init; }

    /// <summary>Table, partition and key, for whoever repairs it; null for what is no row.</summary>
    public string? Row { get; init; }
}

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

/// <summary>The types of a project's links.</summary>
public sealed record TypesModel(Frame Frame, IReadOnlyList<TypeLine> Types);

/// <summary>A type as a row.</summary>
/// <param name="Key">As links and filters name it.</param>
/// <param name="Origin">Whose it is: <c>built in</c>, <c>built in, changed here</c> or <c>your own</c>.</param>
/// <param name="Expects">What it expects, a line for each part; none where it says nothing.</param>
/// <param name="AtOnce">What is mailed at once, in words.</param>
/// <param name="Links">How many links have it.</param>
/// <param name="LinksPath">The list of them.</param>
/// <param name="EditPath">Its form.</param>
public sealed record TypeLine(
    string Key, string Name, string Origin, IReadOnlyList<string> Expects, string AtOnce, int Links, string LinksPath, string EditPath);

/// <summary>The form of a type.</summary>
/// <param name="Action">Where it goes.</param>
/// <param name="Topics">What can be mailed at once.</param>
/// <param name="Follows">Which links follow a change and which do not, a sentence each; none for a new type.</param>
/// <param name="Problems">What is wrong beside the fields, a sentence each.</param>
public sealed record TypeFormModel(
    Frame Frame, string Action, IReadOnlyList<Field> Fields, IReadOnlyList<TopicBox> Topics, IReadOnlyList<string> Follows,
    IReadOnlyList<string> Problems)
{
    /// <summary>The version that was opened; empty for a new type.</summary>
    public required FormVersion Shown { get; init; }

    /// <summary>Another act of the page, in a form of its own; null for none.</summary>
    public SecondForm? Second { get; init; }
}

/// <summary>A topic with its box.</summary>
public sealed record TopicBox(string Topic, string Words, bool IsOn)
{
    /// <summary>Whether it is stored so now, where that is not what was chosen; null otherwise.</summary>
    public bool? IsStored { get; init; }
}
