using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Api;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Imports.Encodings;
using LinkMonitor.Imports.Rows;
using Microsoft.AspNetCore.Mvc;

namespace LinkMonitor.Imports;

/// <summary>
/// What somebody says of a file beside what stands in it: kept with the import, so that every reading of the file is the same.
/// </summary>
internal sealed record ImportChoices
{
    public static ImportChoices None { get; } = new();

    /// <summary>Where all links should point, for a file without a column for it.</summary>
    public string? Target { get; init; }

    public string? Match { get; init; }

    public string? Encoding { get; init; }

    public string? Sheet { get; init; }

    /// <summary>The key of a type of link, for rows that say none.</summary>
    public string? Type { get; init; }

    /// <summary>The tool that wrote the file, where the guess is wrong.</summary>
    public string? Vendor { get; init; }

    /// <summary>Roles by the name or number of a column.</summary>
    public IReadOnlyDictionary<string, ColumnRole> Columns { get; init; } = new Dictionary<string, ColumnRole>();

    /// <summary>For all links.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Also watch links that the tool itself has found gone.</summary>
    public bool WithLost { get; init; }

    public RowDefaults ToDefaults() => new(Target, Match) { Encoding = Encoding, Sheet = Sheet, Columns = Columns, WithLost = WithLost };

    public string ToJson() => JsonSerializer.Serialize(this, ImportChoicesJson.Default.ImportChoices);

    /// <exception cref="JsonException">The text is none.</exception>
    public static ImportChoices FromJson(string json) =>
        JsonSerializer.Deserialize(json, ImportChoicesJson.Default.ImportChoices) ?? None;
}

/// <summary>The JSON that choices are kept as.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImportChoices))]
internal sealed partial class ImportChoicesJson : JsonSerializerContext;

/// <summary>The query of a request that brings a file; what is absent is found out.</summary>
internal sealed record ImportQuery
{
    /// <summary>Where all links should point, if the file has no column for it.</summary>
    [FromQuery(Name = "target")]
    public string? Target { get; init; }

    /// <summary>For rows without one: page (default), exact, prefix or host.</summary>
    [FromQuery(Name = "match")]
    public string? Match { get; init; }

    /// <summary>Of a text, where it cannot be told for certain: windows-1250.</summary>
    [FromQuery(Name = "encoding")]
    public string? Encoding { get; init; }

    /// <summary>The one sheet of a workbook to read; all that list links by default.</summary>
    [FromQuery(Name = "sheet")]
    public string? Sheet { get; init; }

    /// <summary>Roles of columns where the guess is wrong: <c>page:2,target:Landing page</c>.</summary>
    [FromQuery(Name = "columns")]
    public string? Columns { get; init; }

    /// <summary>Tags for all links, with commas between them, and a backslash before a comma in a tag.</summary>
    [FromQuery(Name = "tags")]
    public string? Tags { get; init; }

    /// <summary>The key of one of the project's types of links, for rows that say none.</summary>
    [FromQuery(Name = "type")]
    public string? Type { get; init; }

    /// <summary>The tool that wrote the file, for the notes of its figures.</summary>
    [FromQuery(Name = "vendor")]
    public string? Vendor { get; init; }

    /// <summary>Also watch links that the tool itself has found gone.</summary>
    [FromQuery(Name = "withLost")]
    public bool? WithLost { get; init; }

    /// <summary>The name of the file, for people.</summary>
    [FromQuery(Name = "name")]
    public string? Name { get; init; }
}

/// <summary>Reads choices as people write them, and says what is wrong with each.</summary>
internal static class ImportChoicesReader
{
    private const int MostColumns = 60;
    private const int MostText = 200;

    public static ImportChoices Read(ImportQuery query, FieldErrors errors)
    {
        var match = Text(query.Match);
        if (match is not null && ExpectationText.WrongMatch(match) is { } wrongMatch)
            errors.Add("match", wrongMatch);
        var encoding = Text(query.Encoding);
        if (encoding is not null && TextEncodings.WrongName(encoding) is { } wrongEncoding)
            errors.Add("encoding", wrongEncoding);
        var target = Text(query.Target);
        if (target is not null && ExpectationText.WrongUrl("target", target) is { } wrongTarget)
            errors.Add("target", wrongTarget);
        return new ImportChoices
        {
            Target = target,
            Match = match,
            Encoding = encoding,
            Sheet = Short("sheet", query.Sheet, errors),
            Type = Short("type", query.Type, errors)?.ToLowerInvariant(),
            Vendor = Short("vendor", query.Vendor, errors),
            Columns = Columns(query.Columns, problem => errors.Add("columns", problem)),
            Tags = ExportedFile.Split(query.Tags ?? string.Empty, ","),
            WithLost = query.WithLost ?? false,
        };
    }

    /// <summary>What columns are, by name or number: <c>page:2,target:Landing page</c>.</summary>
    /// <param name="tell">Gets what is wrong, a sentence each.</param>
    public static IReadOnlyDictionary<string, ColumnRole> Columns(string? text, Action<string> tell)
    {
        var columns = new Dictionary<string, ColumnRole>(StringComparer.OrdinalIgnoreCase);
        foreach (var one in (text ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (one.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon) || colon == one.Length - 1)
                tell($"'{FieldErrors.Cut(one)}' is no role and column: write for example page:2,target:Landing page.");
            else if (!WireName.TryParse<ColumnRole>(one[..colon].Trim(), out var role))
                tell(FieldErrors.NotOneOf(one[..colon].Trim(), WireName.All<ColumnRole>()));
            else if (!columns.TryAdd(one[(colon + 1)..].Trim(), role))
                tell($"The column '{FieldErrors.Cut(one[(colon + 1)..].Trim())}' is named twice. Say one role for it.");
        }

        if (columns.Count > MostColumns)
            tell($"At most {MostColumns} columns; there are {columns.Count}.");
        return columns;
    }

    /// <summary>What is wrong with such a text; null when nothing is.</summary>
    public static string? WrongColumns(string text)
    {
        List<string> wrong = [];
        return Columns(text, wrong.Add).Count == 0 && wrong.Count == 0
            ? "It names no column: write for example page:2,target:Landing page." : wrong.FirstOrDefault();
    }

    private static string? Short(string field, string? text, FieldErrors errors)
    {
        if (Text(text) is { Length: > MostText } longer)
            errors.Add(field, $"At most {MostText} characters; it has {longer.Length}.");
        return Text(text);
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
