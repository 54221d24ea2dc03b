using System.Text.Json;
using LinkMonitor.CommandLine.Output;
using LinkMonitor.Engine.Explaining;

namespace LinkMonitor.CommandLine.Results;

/// <summary>A compact JSON object per line (https://jsonlines.org/).</summary>
/// <param name="ownColumns">The names of the user's own columns; of a name that stands twice the last counts.</param>
internal sealed class JsonLinesFormat(IReadOnlyList<string> ownColumns) : IResultFormat
{
    public string Header => string.Empty;

    public string Write(CheckView check, IReadOnlyList<string> own, Explanation? explanation)
    {
        var view = check with
        {
            Columns = own.Count == 0 ? null : Named(own),
            Explanation = explanation is null ? null : ExplanationView.Of(explanation),
        };
        return JsonSerializer.Serialize(view, CliJson.Compact.CheckView) + "\n";
    }

    private Dictionary<string, string> Named(IReadOnlyList<string> own)
    {
        var named = new Dictionary<string, string>(own.Count, StringComparer.Ordinal);
        foreach (var (at, cell) in own.Index())
            named[ownColumns[at]] = cell;
        return named;
    }
}
