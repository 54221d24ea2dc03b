using System.Globalization;

namespace LinkMonitor.CommandLine.Rows;

/// <summary>A row that is no link, and why.</summary>
/// <param name="Line">Where it begins, from 1.</param>
internal sealed record BadRow(int Line, string Why)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Line {Line}: {Why}");
}
