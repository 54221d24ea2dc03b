using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LinkMonitor.Api;
using LinkMonitor.Placements;

namespace LinkMonitor.Dashboard;

/// <summary>
/// A form as the JSON that the API takes: the same readers check both, so that a form and a request are refused for the same reasons, in
/// the same words. A field's name in the form is its path in the JSON, for example <c>terms.cost</c>.
/// </summary>
internal sealed class FormBody(IFormCollection form)
{
    private static readonly char[] Separators = ['\r', '\n', ','];

    private readonly JsonObject _json = [];

    /// <summary>A text; one that is empty is left out.</summary>
    public FormBody Text(string name) => Set(name, form.Text(name) is { Length: > 0 } text ? JsonValue.Create(text) : null);

    /// <summary>A text that an empty field resets (null in the JSON).</summary>
    public FormBody TextOrNull(string name) =>
        Put(name, form.Text(name) is { Length: > 0 } text ? JsonValue.Create(text) : null);

    /// <summary>A text that may be empty.</summary>
    public FormBody AnyText(string name) => Put(name, JsonValue.Create(form.Text(name)));

    /// <summary>A text or number that cannot be empty: one that is goes on as an empty text, for the reader to refuse.</summary>
    public FormBody Needed(string name) => form.ContainsKey(name) ? AnyText(name) : this;

    /// <inheritdoc cref="Needed"/>
    public FormBody NeededNumber(string name) =>
        form.ContainsKey(name) ? Put(name, ReadNumber(form.Text(name)) ?? JsonValue.Create(string.Empty)) : this;

    /// <summary>A number; what is no number goes on as text, for the reader to refuse.</summary>
    public FormBody Number(string name) => Set(name, ReadNumber(form.Text(name)));

    /// <summary>A number that an empty field resets.</summary>
    public FormBody NumberOrNull(string name) => Put(name, ReadNumber(form.Text(name)));

    /// <summary>A choice of <c>yes</c> and <c>no</c>; what is neither goes on as text, for the reader to refuse.</summary>
    public FormBody YesNo(string name) => Set(name, ReadYesNo(form.Text(name)));

    /// <summary>The same; an empty one resets.</summary>
    public FormBody YesNoOrNull(string name) => Put(name, ReadYesNo(form.Text(name)));

    /// <summary>A box: ticked or not.</summary>
    public FormBody Flag(string name) => Put(name, JsonValue.Create(form.ContainsKey(name)));

    /// <summary>A list, one on each line or with commas between.</summary>
    public FormBody List(string name) => Put(
        name,
        new JsonArray(
        [
            .. form[name].ToString().Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(item => (JsonNode)JsonValue.Create(item)),
        ]));

    /// <summary>A value that is not in the form. What is typed goes through the other methods: none of it is guessed.</summary>
    public FormBody Value(string name, JsonNode? value) => Put(name, value);

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(_json, ApiJson.Default.JsonObject);

    // One to three digits before a point and three behind are thousands to half of the world: nobody can say which is meant.
    private bool IsAmbiguous(string text)
    {
        if (Currencies.Decimals(form.Text("terms.currency").ToUpperInvariant()) == 3)
            return false;
        var at = text.IndexOf('.', StringComparison.Ordinal);
        return at is >= 1 and <= 3 && text.Length - at == 4 && text[0] != '0';
    }

    private JsonValue? ReadNumber(string text) => text.Length == 0
        ? null
        : !IsAmbiguous(text) && decimal.TryParse(
            text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
            : JsonValue.Create(text);

    private static JsonValue? ReadYesNo(string text) => text switch
    {
        "" => null,
        "yes" => JsonValue.Create(true),
        "no" => JsonValue.Create(false),
        _ => JsonValue.Create(text),
    };

    private FormBody Set(string name, JsonNode? value) => value is null ? this : Put(name, value);

    private FormBody Put(string name, JsonNode? value)
    {
        var (within, path) = (_json, name.Split('.'));
        foreach (var part in path[..^1])
        {
            if (within[part] is not JsonObject inner)
                within[part] = inner = [];
            within = inner;
        }

        within[path[^1]] = value;
        return this;
    }
}
