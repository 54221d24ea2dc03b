using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Engine.Reasons;

namespace LinkMonitor.Wording;

/// <summary>
/// A language of mails. English texts stand in the code where they are said; every other language has a file in <c>Languages</c>, or in a
/// folder of the operator's, that gives its own text for each of them. Tests name a text that a file lacks, one that nothing says any more,
/// and placeholders that differ.
/// </summary>
internal sealed class Language
{
    public const string EnglishCode = "en";

    private readonly FrozenDictionary<string, string> _texts;

    private Language(string code, CultureInfo manner, IReadOnlyDictionary<string, string> texts) =>
        (Code, Manner, _texts) = (code, manner, texts.ToFrozenDictionary(StringComparer.Ordinal));

    public static Language English { get; } = new(EnglishCode, CultureInfo.InvariantCulture, new Dictionary<string, string>());

    private static readonly FrozenDictionary<string, Language> BuiltIn =
        LanguageFile.All().Select(Of).Append(English).ToFrozenDictionary(language => language.Code, StringComparer.Ordinal);

    // Written at the start and the end of the host.
    private static volatile FrozenDictionary<string, Language> _all = BuiltIn;

    /// <summary>The codes of all languages, sorted.</summary>
    public static IReadOnlyList<string> Codes => [.. _all.Keys.Order(StringComparer.Ordinal)];

    /// <summary>What a language is called in English, for example <c>German</c>.</summary>
    /// <param name="code">One of <see cref="Codes"/>.</param>
    public static string NameOf(string code) => CultureInfo.GetCultureInfo(code).EnglishName;

    /// <summary>The languages from now on: those that are built in, and further ones or other words for them.</summary>
    /// <param name="files">Sound ones, see <see cref="LanguageFolder"/>; none for those that are built in alone.</param>
    public static void Use(IEnumerable<LanguageFile> files)
    {
        var all = BuiltIn.ToDictionary(StringComparer.Ordinal);
        foreach (var file in files)
            all[file.Code] = Of(file);
        _all = all.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>ISO 639-1, for example <c>de</c>.</summary>
    public string Code { get; }

    /// <summary>How numbers and dates are written.</summary>
    public CultureInfo Manner { get; }

    public bool IsEnglish => Code == EnglishCode;

    /// <summary>English for a code that this version does not know: a mail in another language is better than none.</summary>
    public static Language Of(string? code) => _all.GetValueOrDefault(code ?? EnglishCode, English);

    private static Language Of(LanguageFile file) => new(file.Code, file.Manner(), file.Texts);

    /// <summary>A text without placeholders.</summary>
    public string Text([ConstantExpected] string english) => Fill(Own(english), []);

    /// <summary>A text whose <c>{placeholders}</c> are replaced by values, which are taken as they are.</summary>
    public string Text([ConstantExpected] string english, params ReadOnlySpan<(string Name, string Value)> values) =>
        Fill(Own(english), values);

    /// <summary>One of two texts, by a count that <c>{count}</c> stands for.</summary>
    public string Count(
        int count, [ConstantExpected] string one, [ConstantExpected] string many,
        params ReadOnlySpan<(string Name, string Value)> values) =>
        Fill(Own(count == 1 ? one : many), [("count", Number(count)), .. values]);

    /// <summary>A text that stands in a catalogue, English.</summary>
    public string Written(string english, params ReadOnlySpan<(string Name, string Value)> values) => Fill(Own(english), values);

    /// <summary>One of two texts of a catalogue, by a count that <c>{count}</c> stands for.</summary>
    public string CountWritten(int count, CountedText english, params ReadOnlySpan<(string Name, string Value)> values) =>
        Fill(Own(count == 1 ? english.One : english.Many), [("count", Number(count)), .. values]);

    /// <summary>For example <c>2,000</c>.</summary>
    public string Number(int number) => number.ToString("N0", Manner);

    /// <summary>As <see cref="WebText.Cut(string, int)"/>.</summary>
    public string Cut(string value, int maxLength) => WebText.Cut(value, maxLength, this);

    /// <summary>For example <c>a, b and c</c>.</summary>
    public string Join(IReadOnlyList<string> parts) => parts.Count < 2
        ? string.Concat(parts)
        : Text("{some} and {last}", ("some", string.Join(", ", parts.Take(parts.Count - 1))), ("last", parts[^1]));

    private string Own(string english) => _texts.GetValueOrDefault(english, english);

    // In one pass, so that braces in a value are only text.
    private static string Fill(string text, ReadOnlySpan<(string Name, string Value)> values)
    {
        if (!text.Contains('{', StringComparison.Ordinal))
            return text;
        var filled = new StringBuilder();
        var at = 0;
        while (text.IndexOf('{', at) is >= 0 and var open)
        {
            var close = text.IndexOf('}', open);
            filled.Append(text, at, open - at).Append(Value(text[(open + 1)..close], values));
            at = close + 1;
        }

        return filled.Append(text, at, text.Length - at).ToString();
    }

    private static string Value(string name, ReadOnlySpan<(string Name, string Value)> values)
    {
        foreach (var value in values)
        {
            if (value.Name == name)
                return value.Value;
        }

        throw new InvalidOperationException($"Nothing was given for {{{name}}}.");
    }
}

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
