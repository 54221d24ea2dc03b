using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Links;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LinkMonitor.CommandLine.Files;

/// <summary>
/// A list of links in YAML or JSON, as it is kept in git: either the links alone, or an object with <c>links</c> and, if wished,
/// <c>defaults</c> for what a link does not say. The fields are those of a link in the API (<see cref="WatchListFields"/>).
/// </summary>
/// <param name="Links">Never empty.</param>
internal sealed record WatchList(IReadOnlyList<WatchListLink> Links)
{
    /// <summary>In bytes: what people edit by hand is far below it.</summary>
    public const int MaxLength = 32 * 1024 * 1024;

    /// <summary>A link with terms in a list in an object has four; the parser would recurse into any number.</summary>
    private const int MaxDepth = 20;

    private const string Shape = "The file lists links, each with 'page' and 'target': see docs/command-line.md, 'Lists in git'.";

    /// <summary>Reads a list to its end.</summary>
    /// <param name="errors">All that is wrong, each with its line: nothing may be written then.</param>
    /// <returns>The links that could be read, though something else is wrong; null when there are none.</returns>
    public static WatchList? Read(string text, List<string> errors)
    {
        var links = new List<WatchListLink>();
        try
        {
            text = text.TrimStart('\uFEFF');
            var stream = new YamlStream();
            if (TooDeep(text) is { } line)
                errors.Add($"Line {line}: more than {MaxDepth} lists and objects stand in one another here. {Shape}");
            else
                stream.Load(new StringReader(text));
            if (errors.Count > 0)
                return null;
            if (stream.Documents.Count > 1)
                errors.Add($"Line {Line(stream.Documents[1].RootNode)}: a second document begins here; a file has one.");
            else if (stream.Documents is [{ RootNode: var root }])
                ReadRoot(root, links, errors);
            else
                errors.Add($"The file is empty. {Shape}");
        }
        catch (YamlException broken)
        {
            errors.Add($"Line {broken.Start.Line}: this is no YAML. {broken.Message}");
        }

        if (errors.Count == 0 && links.Count == 0)
            errors.Add($"The file lists no link. {Shape}");
        return links.Count > 0 ? new WatchList(links) : null;
    }

    private static long? TooDeep(string text)
    {
        var parser = new Parser(new StringReader(text));
        for (var depth = 0; parser.MoveNext();)
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > MaxDepth)
                return parser.Current.Start.Line;
        }

        return null;
    }

    private static void ReadRoot(YamlNode root, List<WatchListLink> links, List<string> errors)
    {
        var (list, defaults) = (root, (YamlNode?)null);
        if (root is YamlMappingNode parts)
        {
            foreach (var (key, _) in parts.Children.Where(part => Text(part.Key) is not ("links" or "defaults")))
                errors.Add($"Line {Line(key)}: '{Text(key)}' is not known. A list has 'links' and, if wished, 'defaults'.");
            (list, defaults) = (Part(parts, "links") ?? new YamlSequenceNode(), Part(parts, "defaults"));
        }

        var common = defaults is null ? new JsonObject() : WatchListFields.Read(defaults, errors) ?? [];
        if (list is not YamlSequenceNode items)
        {
            errors.Add($"Line {Line(list)}: the links are a list; each begins with '- '. {Shape}");
            return;
        }

        foreach (var item in items.Children)
            if (WatchListFields.Read(item, errors) is { } own)
                links.Add(new WatchListLink(Line(item), WithDefaults(own, common)));
    }

    // What a link says goes before the defaults, field by field, also within its terms.
    private static JsonObject WithDefaults(JsonObject own, JsonObject common)
    {
        foreach (var (name, value) in common)
        {
            if (!own.ContainsKey(name))
                own[name] = value?.DeepClone();
            else if (own[name] is JsonObject inner && value is JsonObject innerCommon)
                WithDefaults(inner, innerCommon);
        }

        return own;
    }

    private static YamlNode? Part(YamlMappingNode parts, string name) =>
        parts.Children.FirstOrDefault(part => Text(part.Key) == name).Value;

    private static string? Text(YamlNode node) => (node as YamlScalarNode)?.Value;

    private static long Line(YamlNode node) => node.Start.Line;
}

/// <summary>A link of a list.</summary>
/// <param name="Line">Where it begins in the file, from 1.</param>
/// <param name="Body">As the API takes it.</param>
internal sealed record WatchListLink(long Line, JsonObject Body);

/// <summary>
/// Reads what a list says of one link. Which fields there are, and which of them are texts, numbers, lists or objects, is what the API's
/// own request says (<see cref="LinkRequest"/>); whether a value is right is for the service.
/// </summary>
internal static class WatchListFields
{
    /// <param name="errors">All that is wrong, each with its line.</param>
    /// <returns>The object as the API takes it; null when it is none.</returns>
    public static JsonObject? Read(YamlNode node, List<string> errors) => ReadObject(node, LinkJson.Default.LinkRequest, "a link", errors);

    private static JsonObject? ReadObject(YamlNode node, JsonTypeInfo type, string what, List<string> errors)
    {
        if (node is not YamlMappingNode fields)
        {
            errors.Add($"Line {node.Start.Line}: {what} is an object with fields such as {Names(type)}.");
            return null;
        }

        var read = new JsonObject();
        foreach (var (key, value) in fields.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? string.Empty;
            if (type.Properties.FirstOrDefault(property => property.Name == name) is { } property)
                read[property.Name] = ReadValue(value, property, errors);
            else
                errors.Add($"Line {key.Start.Line}: '{name}' is no field of {what}. There are {Names(type)}.");
        }

        return read;
    }

    private static JsonNode? ReadValue(YamlNode node, JsonPropertyInfo property, List<string> errors)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (node is YamlScalarNode { Value: var text, Style: var style })
        {
            if (style == ScalarStyle.Plain && text is null or "" or "~" or "null")
                errors.Add($"Line {node.Start.Line}: '{property.Name}' has no value. Give one, or leave the field out.");
            else
                return ReadScalar(text!, type, style == ScalarStyle.Plain);
            return null;
        }

        if (node is YamlSequenceNode list)
            return new JsonArray([.. list.Children.Select(item => (JsonNode?)(item as YamlScalarNode)?.Value ?? new JsonObject())]);
        return LinkJson.Default.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Object } inner
            ? ReadObject(node, inner, $"'{property.Name}'", errors)
            : new JsonObject();
    }

    // A text stays one though it looks like a number; what is neither of what it should be goes as it is, for the service to refuse.
    private static JsonValue ReadScalar(string text, Type type, bool isPlain)
    {
        if (isPlain && type == typeof(bool) && bool.TryParse(text, out var truth))
            return JsonValue.Create(truth);
        return isPlain && type == typeof(decimal)
            && decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
                out var number)
                ? JsonValue.Create(number)
                : JsonValue.Create(text);
    }

    private static string Names(JsonTypeInfo type) => string.Join(", ", type.Properties.Select(property => property.Name));
}
