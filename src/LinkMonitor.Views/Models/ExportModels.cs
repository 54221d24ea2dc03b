namespace LinkMonitor.Views;

/// <summary>What leaves the project as files and at addresses.</summary>
public sealed record ExportsModel
{
    public required Frame Frame { get; init; }

    /// <summary>The filter line as it was asked for.</summary>
    public required string Filter { get; init; }

    /// <summary>What is wrong with the filter, a sentence each.</summary>
    public IReadOnlyList<string> FilterProblems { get; init; } = [];

    /// <summary>How many links the filter finds.</summary>
    public required int Found { get; init; }

    /// <summary>The files, with where they are.</summary>
    public required IReadOnlyList<(string Words, string Path)> Files { get; init; }

    public required IReadOnlyList<AddressLine> Addresses { get; init; }

    /// <summary>Those of the form that makes an address.</summary>
    public required IReadOnlyList<Field> Fields { get; init; }

    /// <summary>What is wrong with the form beside its fields, a sentence each.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}

/// <summary>An address of a view.</summary>
/// <param name="Gives">What it gives, in words.</param>
/// <param name="Opened">When it was last opened; null for never.</param>
/// <param name="RevokePath">Where a POST revokes it.</param>
public sealed record AddressLine(string Gives, string View, string By, Moment At, Moment? Opened, string RevokePath);

/// <summary>A disavow file before it is made.</summary>
/// <param name="Fields">Those that choose the links.</param>
/// <param name="Confirm">The field that the name of the project is typed into; null while nothing was chosen.</param>
/// <param name="Lines">The first lines of the file.</param>
/// <param name="Count">How many lines it has.</param>
/// <param name="Left">The first links that were chosen and are not in it, each with why.</param>
/// <param name="LeftCount">How many there are.</param>
/// <param name="Hidden">What the form that makes it brings along.</param>
public sealed record DisavowModel(
    Frame Frame, IReadOnlyList<Field> Fields, IReadOnlyList<string> Problems, Field? Confirm, IReadOnlyList<string> Lines, int Count,
    IReadOnlyList<(string Page, string Why)> Left, int LeftCount, IReadOnlyList<(string Name, string Value)> Hidden);
