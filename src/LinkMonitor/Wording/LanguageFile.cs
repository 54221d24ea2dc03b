using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinkMonitor.Wording;

/// <summary>The file of a language, <c>&lt;code&gt;.json</c>: built into the program, or the operator's own.</summary>
internal sealed record LanguageFile
{
    private const string Prefix = "LinkMonitor.Languages.";
    private const string Suffix = ".json";

    /// <summary>The file's name.</summary>
    [JsonIgnore]
    public string Code { get; init; } = "";

    /// <summary>What the language calls itself.</summary>
    public required string Name { get; init; }

    /// <summary>Short names, January first.</summary>
    public required IReadOnlyList<string> Months { get; init; }

    /// <summary>Short names, Sunday first.</summary>
    public required IReadOnlyList<string> Days { get; init; }

    public required string DecimalSeparator { get; init; }

    public required string GroupSeparator { get; init; }

    /// <summary>The language's own text by the English one.</summary>
    public required IReadOnlyDictionary<string, string> Texts { get; init; }

    /// <summary>Every English text that is said: a language that is built in has each of them, and no other.</summary>
    [JsonIgnore]
    public static IReadOnlySet<string> Known { get; } = All()[0].Texts.Keys.ToHashSet(StringComparer.Ordinal);

    /// <summary>Those that are built in.</summary>
    public static IReadOnlyList<LanguageFile> All() =>
    [
        .. typeof(LanguageFile).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => Read(name) with { Code = name[Prefix.Length..^Suffix.Length] }),
    ];

    /// <summary>Not the operating system's idea of the language: a mail has the same words on every machine.</summary>
    public CultureInfo Manner()
    {
        var manner = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        string[] months = [.. Months, ""];
        manner.DateTimeFormat.AbbreviatedMonthNames = months;
        manner.DateTimeFormat.AbbreviatedMonthGenitiveNames = months;
        manner.DateTimeFormat.AbbreviatedDayNames = [.. Days];
        manner.NumberFormat.NumberDecimalSeparator = DecimalSeparator;
        manner.NumberFormat.NumberGroupSeparator = GroupSeparator;
        return CultureInfo.ReadOnly(manner);
    }

    private static LanguageFile Read(string resource)
    {
        using var stream = typeof(LanguageFile).Assembly.GetManifestResourceStream(resource)!;
        return JsonSerializer.Deserialize(stream, LanguageJson.Default.LanguageFile)
            ?? throw new InvalidDataException($"{resource} is empty.");
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(LanguageFile))]
internal sealed partial class LanguageJson : JsonSerializerContext;
