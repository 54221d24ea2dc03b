namespace LinkMonitor.Views;

/// <summary>The table of links.</summary>
public sealed record LinksModel
{
    public required Frame Frame { get; init; }

    /// <summary>The filter line as it was asked for.</summary>
    public required string Filter { get; init; }

    /// <summary>What is wrong with the filter, a sentence each.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>How many links the filter finds.</summary>
    public required int Found { get; init; }

    /// <summary>How many links the project has.</summary>
    public required int Total { get; init; }

    /// <summary>Both in words, for example <c>3 of 500 links</c>.</summary>
    public required string Caption { get; init; }

    public required IReadOnlyList<LinkLine> Links { get; init; }

    public required IReadOnlyList<Chip> Chips { get; init; }

    public IReadOnlyList<Chip> Views { get; init; } = [];

    /// <summary>What the visitor sees of the saved views.</summary>
    public IReadOnlyList<SavedChip> Saved { get; init; } = [];

    /// <summary>The filter as it is saved; null when there is nothing to save, or it is a view already.</summary>
    public string? ToSave { get; init; }

    /// <summary>The types that links can be given: key and name.</summary>
    public IReadOnlyList<(string Key, string Name)> Types { get; init; } = [];

    /// <summary>The links that the filter finds as files, with where they are.</summary>
    public IReadOnlyList<(string Words, string Path)> Files { get; init; } = [];

    /// <summary>Ways to sort.</summary>
    public IReadOnlyList<Chip> Orders { get; init; } = [];

    /// <summary>Says whether links have changed since the page was made.</summary>
    public required string NewsPath { get; init; }

    /// <summary>What was done and can be undone now, the newest first.</summary>
    public IReadOnlyList<RecentAct> Recent { get; init; } = [];

    public required Pager Pager { get; init; }
}

/// <summary>An act that can be undone now.</summary>
/// <param name="What">A short sentence without a full stop.</param>
/// <param name="UndoPath">Where a POST undoes it.</param>
public sealed record RecentAct(Moment At, string By, string What, string UndoPath);

/// <summary>A short way to a filter.</summary>
/// <param name="IsOn">It is a part of the filter now; the path takes it out again.</param>
/// <param name="Count">How many links it finds; null when that was not counted.</param>
public sealed record Chip(string Words, string Path, bool IsOn, int? Count = null);

/// <summary>A filter under a name that somebody saved.</summary>
/// <param name="DeletePath">Where a POST deletes it; null when the visitor may not.</param>
public sealed record SavedChip(Chip Chip, bool IsShared, string? DeletePath)
{
    /// <summary>What deleting it is meant for; null before it is stored.</summary>
    public required string? Version { get; init; }
}

/// <summary>Links as a table.</summary>
/// <param name="CanSelect">Each row has a box.</param>
public sealed record LinkListTable(string Caption, IReadOnlyList<LinkLine> Links, bool CanSelect);

/// <summary>Such an act with its form.</summary>
/// <param name="Token">Of the form.</param>
public sealed record RecentCard(RecentAct Act, string Token, string Place);
