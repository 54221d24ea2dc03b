using System.Text;
using System.Text.Json;
using LinkMonitor.Imports.Encodings;

namespace LinkMonitor.Imports.Rows;

/// <summary>Our own export as JSON lines: an object of the API a line, read as the same columns as the tables.</summary>
internal static class JsonLines
{
    // Evidence and all: the API's largest link is a tenth of it.
    private const int LongestLine = 1024 * 1024;

    private static readonly string[] Signs = ["\"page\":", "\"target\":", "\"match\":"];

    private static readonly string[] Inside =
        ["vendor", "cost", "currency", "costPeriod", "start", "end", "contact", "invoice"];

    /// <returns>Null when the first line is no link of ours.</returns>
    public static HeaderFound? Find(IReadOnlyList<string> lines)
    {
        if (lines.FirstOrDefault(line => line.Trim().Length > 0) is not { } first || !first.TrimStart().StartsWith('{'))
            return null;
        // The line may be cut where the beginning of the file ends.
        var isLink = Signs.All(name => first.Contains(name, StringComparison.Ordinal));
        return isLink
            ? new HeaderFound(
                new LinkColumns
                {
                    Header = [.. ExportedFile.Given.Select(column => column.Name), .. ExportedFile.Found],
                    Roles = [.. ExportedFile.Given.Select(column => column.Role), .. ExportedFile.Found.Select(_ => ColumnRole.Ignored)],
                    Why = "They are links as the API gives them.",
                    Vendor = VendorSigns.Ours,
                },
                0)
            : null;
    }

    /// <summary>The lines as rows; one that is no JSON is a row that is wrong.</summary>
    public static IEnumerable<CellRow> Rows(TextFile file, CancellationToken cancellationToken)
    {
        using var text = file.Open();
        for (var number = 1; Line(text) is { } line; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (line.AsSpan().Trim().Length > 0)
                yield return Row(number, line);
        }
    }

    private static CellRow Row(int number, string line)
    {
        if (line.Length > LongestLine)
            return new CellRow(number, [], $"The line is longer than {LongestLine / 1024 / 1024} MB.");
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? new CellRow(number, [.. Cells(json.RootElement)])
                : new CellRow(number, [], "The line is no JSON object.");
        }
        catch (JsonException)
        {
            return new CellRow(number, [], "The line is no JSON.");
        }
    }

    private static IEnumerable<string> Cells(JsonElement link)
    {
        var filledIn = List(link, "fromType");
        foreach (var (name, role) in ExportedFile.Given)
        {
            var cell = role switch
            {
                _ when filledIn.Contains(name) => string.Empty,
                // A rel that is ignored is "any", which its own cell says.
                ColumnRole.Ignore => ExportedFile.Join(List(link, name).Except(filledIn).Where(part => part != "rel")),
                ColumnRole.Tags => ExportedFile.Join(List(link, name)),
                _ when Inside.Contains(name) => link.TryGetProperty("terms", out var terms) ? Text(terms, name) : string.Empty,
                _ => Text(link, name),
            };
            yield return CellText.Of(cell);
        }
    }

    private static string Text(JsonElement json, string name) =>
        json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out var value) ? string.Empty : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number => value.GetRawText(),
            _ => string.Empty,
        };

    private static List<string> List(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : [];

    // A line of any length must not take memory of any size: what is beyond the longest is passed over.
    private static string? Line(StreamReader text)
    {
        var (line, isAny) = (new StringBuilder(), false);
        for (var next = text.Read(); next >= 0; next = text.Read())
        {
            isAny = true;
            if (next == '\n')
                break;
            if (line.Length <= LongestLine)
                line.Append((char)next);
        }

        return isAny ? line.ToString() : null;
    }
}
