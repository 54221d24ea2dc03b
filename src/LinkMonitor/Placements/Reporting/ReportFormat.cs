namespace LinkMonitor.Placements.Reporting;

/// <summary>How a report is written.</summary>
internal enum ReportFormat
{
    Json,
    Csv,
    Html,
}
