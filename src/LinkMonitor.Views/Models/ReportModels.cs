namespace LinkMonitor.Views;

/// <summary>A project's reports for clients.</summary>
public sealed record ReportListModel(Frame Frame, IReadOnlyList<ReportLine> Reports, Pager Pager);

/// <summary>A report as a row.</summary>
/// <param name="Client">Null for nobody named.</param>
/// <param name="Filter">Empty for all links.</param>
public sealed record ReportLine(
    string Path, string Number, string Title, string? Client, string Period, string Filter, int Links, Moment At, string By);

/// <summary>The form of a report to be made, and what it would say.</summary>
/// <param name="Problems">What is wrong beside the fields, a sentence each.</param>
/// <param name="Figures">What it would say; empty before anybody asked.</param>
/// <param name="Compared">With what it would be compared, in a sentence; null before anybody asked.</param>
/// <param name="Hidden">What makes the report as it was looked at; empty while something is wrong.</param>
public sealed record ReportFormModel(
    Frame Frame, IReadOnlyList<Field> Fields, IReadOnlyList<TopicBox> Sections, IReadOnlyList<string> Problems,
    IReadOnlyList<FigureLine> Figures, string? Compared, IReadOnlyList<(string Name, string Value)> Hidden);

/// <summary>A figure of a report.</summary>
/// <param name="Since">How it differs from the last report; null where there is nothing to compare.</param>
public sealed record FigureLine(string Words, string Value, string? Since);

/// <summary>A report with those who have an address of it.</summary>
public sealed record ReportDetailModel
{
    public required Frame Frame { get; init; }

    public required string Path { get; init; }

    /// <summary>What it is about: name and value.</summary>
    public required IReadOnlyList<(string Name, string Value)> Facts { get; init; }

    public required IReadOnlyList<FigureLine> Figures { get; init; }

    /// <summary>With what it is compared, in a sentence.</summary>
    public required string Compared { get; init; }

    public required IReadOnlyList<ShareLine> Shares { get; init; }

    /// <summary>The form of a new address; none where nobody can reach this installation.</summary>
    public required IReadOnlyList<Field> NewShare { get; init; }

    /// <summary>What a new recipient sees.</summary>
    public required IReadOnlyList<TopicBox> Sections { get; init; }

    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Why no address can be made; null when one can.</summary>
    public required string? WhyNoShare { get; init; }
}

/// <summary>An address of a report as a row.</summary>
/// <param name="State"><c>open</c>, <c>revoked</c> or <c>ended</c>.</param>
/// <param name="Opened">When it was opened last; null before.</param>
public sealed record ShareLine(
    string Path, string Recipient, string Sections, string State, Moment Ends, Moment? Opened, int Count, bool IsOpen);

/// <summary>How reports to come will look.</summary>
/// <param name="LogoUrl">A URL that contains the logo; null for none.</param>
public sealed record ReportBrandModel(Frame Frame, IReadOnlyList<Field> Fields, IReadOnlyList<string> Problems, string? LogoUrl);

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
