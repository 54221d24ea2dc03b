using System.Globalization;
using System.Text;
using LinkMonitor.Alerts;

namespace LinkMonitor.Tests.Alerts.Composing;

/// <summary>A summary as text, to be read in an approved file.</summary>
internal static class SummaryText
{
    public static string Of(AlertSummary summary)
    {
        var text = new StringBuilder($"{summary.Headline}\n{summary.Cause}\n");
        foreach (var line in summary.Lines)
            text.Append(
                CultureInfo.InvariantCulture, $"{line.Word} | {line.Gist} | {line.PageText} | {line.TargetText} | {line.Details}\n");
        return text.Append(CultureInfo.InvariantCulture, $"more: {summary.More}\n{summary.Details}\n").ToString();
    }
}
