using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Links;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LinkMonitor.CommandLine.Files;

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
