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
