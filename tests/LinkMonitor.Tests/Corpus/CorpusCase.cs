using System.Globalization;
using System.Text.RegularExpressions;

namespace LinkMonitor.Tests.Corpus;

/// <summary>One file of the corpus; how it is written is told in <c>README.md</c> beside the cases.</summary>
internal sealed partial record CorpusCase
{
    private const string Prose =
        "The lamp on the desk was bought at a small shop by the river, and it has given a warm and quiet light ever since. ";

    private const string BeforeMark = "BEFORE ";

    public required string Name { get; init; }

    /// <summary>What it proves.</summary>
    public required string Proves { get; init; }

    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    public required IReadOnlyList<CorpusAnswer> Answers { get; init; }

    /// <summary>The web at an earlier check, which is remembered; empty for none.</summary>
    public required IReadOnlyList<CorpusAnswer> Before { get; init; }

    /// <summary>The JSON that the outcome must hold.</summary>
    public required string Expected { get; init; }

    public string Page => Settings.GetValueOrDefault("page", "http://blog.example.net/post");

    public string Target => Settings.GetValueOrDefault("target", "http://shop.example.com/lamps");

    public static CorpusCase Read(string path)
    {
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var parts = SectionStart().Split(text);
        var head = parts[0].Split('\n');
        var expected = parts[^1].StartsWith("EXPECT\n", StringComparison.Ordinal)
            ? parts[^1]["EXPECT\n".Length..]
            : throw new FormatException($"{path} does not end with what it expects.");
        return new CorpusCase
        {
            Name = Path.GetFileNameWithoutExtension(path),
            Proves = string.Join(' ', head.TakeWhile(line => line.StartsWith('#')).Select(line => line[1..].Trim())),
            Settings = head.SkipWhile(line => line.StartsWith('#')).Where(line => line.Length > 0).Select(Setting).ToDictionary(),
            Answers = [.. parts[1..^1].Where(part => !IsBefore(part)).Select(part => Answer(path, part))],
            Before = [.. parts[1..^1].Where(IsBefore).Select(part => Answer(path, part[BeforeMark.Length..]))],
            Expected = expected,
        };
    }

    /// <summary>The parts of a setting such as <c>rel=nofollow; anchor=lamps</c>.</summary>
    public IReadOnlyDictionary<string, string> Parts(string setting) => Settings.TryGetValue(setting, out var value)
        ? value.Split(';', StringSplitOptions.TrimEntries).Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1])
        : new Dictionary<string, string>();

    private static bool IsBefore(string part) => part.StartsWith(BeforeMark, StringComparison.Ordinal);

    private static KeyValuePair<string, string> Setting(string line)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        return colon > 0 ? KeyValuePair.Create(line[..colon], line[(colon + 2)..]) : throw new FormatException($"'{line}' is no setting.");
    }

    private static CorpusAnswer Answer(string path, string section)
    {
        var lines = section.Split('\n');
        var end = Array.IndexOf(lines, "");
        if (!lines[0].StartsWith("GET ", StringComparison.Ordinal) || end < 2)
            throw new FormatException($"{path}: '{lines[0]}' begins no answer.");

        var headers = lines[2..end].Select(Setting).ToList();
        var cut = headers.Find(header => header.Key == "Case-Cut-After");
        headers.Remove(cut);
        return new CorpusAnswer(
            lines[0][4..],
            int.Parse(lines[1].Split(' ')[1], CultureInfo.InvariantCulture),
            headers,
            Filled(string.Join('\n', lines[(end + 1)..])),
            cut.Value is null ? null : int.Parse(cut.Value, CultureInfo.InvariantCulture));
    }

    private static string Filled(string body) => Filler().Replace(body, match =>
    {
        var count = int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
        return match.Groups[1].Value == "prose"
            ? string.Concat(Enumerable.Repeat(Prose, (count / Prose.Length) + 1))[..count]
            : string.Concat(Enumerable.Range(1, count).Select(n => $"<a href=/{n}>{n}</a> "));
    });

    [GeneratedRegex("^=== ", RegexOptions.Multiline)]
    private static partial Regex SectionStart();

    [GeneratedRegex(@"\{\{(prose|links) ([0-9]+)\}\}")]
    private static partial Regex Filler();
}
