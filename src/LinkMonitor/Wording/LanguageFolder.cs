using System.Text.Json;
using System.Text.RegularExpressions;

namespace LinkMonitor.Wording;

/// <summary>The operator's own language files: what is wrong with them is reported at the start, before a mail would show it.</summary>
/// <param name="Files">Those that can be used.</param>
/// <param name="Failures">Why others cannot be, a sentence each.</param>
/// <param name="Notes">
/// Texts that a file lacks, which are said in English, and texts that nothing says: so it is after an update of LinkMonitor.
/// </param>
internal sealed partial record LanguageFolder(
    IReadOnlyList<LanguageFile> Files, IReadOnlyList<string> Failures, IReadOnlyList<string> Notes)
{
    private const int MaxFiles = 50;
    private const int MaxNamed = 20;

    // The largest is a tenth of it.
    private const long MaxBytes = 1024 * 1024;

    /// <summary>Reads every <c>&lt;code&gt;.json</c> in a folder, the first <see cref="MaxFiles"/> by name.</summary>
    /// <param name="path">Null or empty for none.</param>
    public static LanguageFolder Read(string? path)
    {
        List<LanguageFile> files = [];
        List<string> failures = [];
        List<string> notes = [];
        foreach (var file in FilesIn(path, failures))
        {
            try
            {
                var language = Parse(file);
                failures.AddRange(Problems(language).Select(problem => $"{file}: {problem}"));
                notes.AddRange(Gaps(language).Select(gap => $"{file}: {gap}"));
                files.Add(language);
            }
            catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or InvalidDataException)
            {
                failures.Add(
                    $"{file}: {(e is JsonException json ? $"it is not a language file, see line {json.LineNumber + 1}. Copy the form of "
                        + $"de.json." : e.Message)}");
            }
        }

        return new LanguageFolder(files, failures, notes);
    }

    private static IReadOnlyList<string> FilesIn(string? path, List<string> failures)
    {
        if (string.IsNullOrWhiteSpace(path))
            return [];
        try
        {
            string[] files = [.. Directory.EnumerateFiles(path, "*.json").Order(StringComparer.Ordinal)];
            if (files.Length > MaxFiles)
                failures.Add($"{path} holds {files.Length} language files; at most {MaxFiles} are read.");
            return [.. files.Take(MaxFiles)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            failures.Add($"LinkMonitor:Mail:LanguageFolder is '{path}', which cannot be read: {e.Message}");
            return [];
        }
    }

    private static LanguageFile Parse(string file)
    {
        using var stream = File.OpenRead(file);
        if (stream.Length > MaxBytes)
            throw new InvalidDataException($"it has {stream.Length} bytes; a language file has at most {MaxBytes}.");
        var language = JsonSerializer.Deserialize(stream, LanguageJson.Default.LanguageFile)
            ?? throw new InvalidDataException("it is empty.");
        return language with { Code = Path.GetFileNameWithoutExtension(file) };
    }

    private static IEnumerable<string> Problems(LanguageFile file)
    {
        if (!CodeForm().IsMatch(file.Code))
            yield return "a file is named for its language, for example fr.json or pt-br.json.";
        if (file.Code == Language.EnglishCode)
            yield return "English is built in and has no file.";
        if (file.Months.Count != 12 || file.Days.Count != 7)
            yield return $"it has {file.Months.Count} months and {file.Days.Count} days; 12 and 7 are needed.";
        foreach (var (english, own) in file.Texts.Where(text => LanguageFile.Known.Contains(text.Key)))
        {
            if (string.IsNullOrWhiteSpace(own))
                yield return $"the text for '{english}' is empty.";
            else if (!Placeholders(own).SetEquals(Placeholders(english)))
                yield return $"the text for '{english}' has other placeholders than "
                    + $"{(Placeholders(english) is { Count: > 0 } wanted ? string.Join(", ", wanted) : "none")}.";
            else if (PlaceholderForm().Replace(own, "").AsSpan().ContainsAny('{', '}'))
                yield return $"the text for '{english}' has a brace that is not a placeholder.";
        }
    }

    private static IEnumerable<string> Gaps(LanguageFile file)
    {
        if (Name(LanguageFile.Known.Except(file.Texts.Keys)) is { } missing)
            yield return $"these texts are missing and appear in English: {missing}.";
        if (Name(file.Texts.Keys.Except(LanguageFile.Known)) is { } unknown)
            yield return $"these texts are not known and never appear: {unknown}.";
    }

    private static string? Name(IEnumerable<string> texts)
    {
        string[] all = [.. texts.Order(StringComparer.Ordinal)];
        if (all.Length == 0)
            return null;
        var named = string.Join(", ", all.Take(MaxNamed).Select(text => $"'{text}'"));
        return all.Length > MaxNamed ? $"{named} and {all.Length - MaxNamed} more" : named;
    }

    private static HashSet<string> Placeholders(string text) => [.. PlaceholderForm().Matches(text).Select(match => match.Value)];

    [GeneratedRegex("^[a-z]{2,3}(-[a-z0-9]{2,8})*$", RegexOptions.NonBacktracking)]
    private static partial Regex CodeForm();

    [GeneratedRegex(@"\{\w+\}", RegexOptions.NonBacktracking)]
    private static partial Regex PlaceholderForm();
}
