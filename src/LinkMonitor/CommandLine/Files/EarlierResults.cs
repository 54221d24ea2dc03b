using System.Globalization;
using System.Text.Json;
using LinkMonitor.CommandLine.Output;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.CommandLine.Files;

/// <summary>The results of an earlier run, to compare with. Of a link that stands twice in the file each row has the line of its own.</summary>
internal sealed class EarlierResults
{
    private readonly Dictionary<(string Page, string Target), Queue<BaselineLine>> _lines = [];

    public static EarlierResults None { get; } = new();

    /// <summary>Reads all lines; every line that is wrong is named in <paramref name="errors"/>.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static EarlierResults Read(TextReader file, List<string> errors)
    {
        var results = new EarlierResults();
        var number = 0;
        while (file.ReadLine() is { } text)
        {
            number++;
            if (string.IsNullOrWhiteSpace(text))
                continue;
            if (Parse(text) is { } line && WebUrl.TryParse(line.Page, out var page) && WebUrl.TryParse(line.Target, out var target))
                results.Add(page, target, line);
            else
                errors.Add(string.Create(CultureInfo.InvariantCulture, $"Line {number} of the baseline is no result. Give a file that 'check --file … --output results.jsonl' wrote."));
        }

        return results;
    }

    /// <summary>What is known of a link; <see cref="LinkMemory.None"/> when no earlier run found it.</summary>
    public (LinkMemory Memory, KnownView? Known) Take(WebUrl page, Expectation expectation)
    {
        if (!_lines.TryGetValue(Key(page, expectation.Target), out var lines) || !lines.TryDequeue(out var line) || line.Known is not { } known)
            return (LinkMemory.None, null);
        return (known.ToMemory(), known);
    }

    private void Add(WebUrl page, WebUrl target, BaselineLine line)
    {
        var key = Key(page, target);
        if (!_lines.TryGetValue(key, out var lines))
            _lines[key] = lines = new Queue<BaselineLine>();
        lines.Enqueue(line);
    }

    private static BaselineLine? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, CliJson.Compact.BaselineLine);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static (string Page, string Target) Key(WebUrl page, WebUrl target) => (UrlKeys.PageIdentity(page).Href, target.Href);
}
