namespace LinkMonitor.Views;

/// <summary>The projects that a key opens.</summary>
/// <param name="Next">More of them.</param>
/// <param name="NewProject">The form for a new one; empty when the key may not make any.</param>
public sealed record ProjectsModel(Frame Frame, IReadOnlyList<ProjectLine> Projects, Pager Next, IReadOnlyList<Field> NewProject);

/// <summary>A project as a row.</summary>
/// <param name="NotSeen">How many of its links wait for a person: the last check could not tell, and nobody has answered.</param>
public sealed record ProjectLine(string Id, string Name, int Total, IReadOnlyList<StateCountLine> States, int NotSeen)
{
    /// <summary>Its links are being read: there are no numbers yet. Null when there are.</summary>
    public LoadingPart? Loading { get; init; }

    /// <summary>How many more of its links cannot be read.</summary>
    public int Unreadable { get; init; }
}

/// <summary>A project on one screen.</summary>
public sealed record OverviewModel
{
    public required Frame Frame { get; init; }

    /// <summary>Says whether links have changed since the page was made.</summary>
    public required string NewsPath { get; init; }

    public required int Total { get; init; }

    public required IReadOnlyList<StateCountLine> States { get; init; }

    /// <summary>How many links the last check could not tell the state of.</summary>
    public required int NeedsHuman { get; init; }

    public required IReadOnlyList<LinkLine> Human { get; init; }

    /// <summary>Null while it is being made.</summary>
    public required Chart? Chart { get; init; }

    /// <summary>Where the chart is had when it is made.</summary>
    public required string ChartPath { get; init; }

    public required IReadOnlyList<ChangeLine> Changes { get; init; }

    /// <summary>What is paid today for links that are not as agreed, for example <c>EUR 310.00 a month for 4 links</c>.</summary>
    public required IReadOnlyList<string> AtStake { get; init; }

    /// <summary>Open cases, as counts that lead to them; empty for none.</summary>
    public required IReadOnlyList<Chip> Cases { get; init; }

    /// <summary>The first of them.</summary>
    public required IReadOnlyList<EndingLine> Ending { get; init; }

    /// <summary>How many paid terms end soon.</summary>
    public required int EndingTotal { get; init; }

    /// <summary>The list of their links.</summary>
    public required string EndingPath { get; init; }

    /// <summary>The form that adds a link; empty for viewers.</summary>
    public required IReadOnlyList<Field> NewLink { get; init; }
}

/// <summary>A paid term that ends soon.</summary>
public sealed record EndingLine(string Path, string PageWords, string State, string End, string Left, string? Vendor, string? Cost);

/// <summary>How a project's links were on each day.</summary>
/// <param name="Days">The oldest first, at most 90.</param>
public sealed record Chart(IReadOnlyList<ChartDay> Days)
{
    public string Title => Days.Count == 1 ? "Today" : $"The last {Days.Count} days";

    /// <summary>The most links of any day.</summary>
    public int Most => Days.Count == 0 ? 0 : Days.Max(day => day.All);
}

/// <summary>How many links were how on a day (UTC).</summary>
public sealed record ChartDay(DateOnly Day, int Live, int Changed, int Lost, int Unknown)
{
    public int All => Live + Changed + Lost + Unknown;
}

/// <summary>What is shown while a project's links are read for the first time.</summary>
/// <param name="ProgressPath">Where <see cref="LoadingPart"/> is had again.</param>
public sealed record LoadingModel(Frame Frame, string ProgressPath, LoadingPart Part);

/// <summary>How far the reading is.</summary>
/// <param name="ReadSoFar">How far their reading is, a sentence; null when it is done.</param>
/// <param name="Path">The page that waits for them; empty for the one that shows this, which then goes on by itself.</param>
public sealed record LoadingPart(string? ReadSoFar, string Path);
