using System.Text.Json;

namespace LinkMonitor.Hosting.Triggers;

/// <summary>
/// Reads the JSON the Functions host sends with a trigger call: <c>{"Data":{"binding":value},"Metadata":{...}}</c>. Metadata is never
/// read: properties of a JSON message are merged into it and replace the host's own.
/// </summary>
internal static class TriggerBody
{
    /// <summary>
    /// The text of a queue message. The host serialises it twice, so the value is a string that holds a JSON string; documentation shows
    /// the plain value, which is taken as it is.
    /// </summary>
    /// <exception cref="FormatException">The body is not a call with exactly one binding.</exception>
    public static string Message(JsonElement body)
    {
        var value = Binding(body);
        return value.ValueKind == JsonValueKind.String ? Unwrap(value.GetString()!) : value.GetRawText();
    }

    /// <summary>Whether a timer run makes up for a tick that was missed while no host ran.</summary>
    /// <exception cref="FormatException">The body is not a call with exactly one binding, which is a timer's.</exception>
    public static bool IsPastDue(JsonElement body)
    {
        var timer = Binding(body);
        if (timer.ValueKind != JsonValueKind.Object)
            throw new FormatException($"A timer's data is an object, not {timer.ValueKind}.");
        return timer.TryGetProperty("IsPastDue", out var isPastDue) && isPastDue.ValueKind == JsonValueKind.True;
    }

    private static JsonElement Binding(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("Data", out var data) || data.ValueKind != JsonValueKind.Object)
            throw new FormatException("The body has no Data object.");
        var bindings = data.EnumerateObject().ToList();
        return bindings is [var only]
            ? only.Value
            : throw new FormatException($"The body has {bindings.Count} bindings instead of one.");
    }

    private static string Unwrap(string text)
    {
        if (text is not ['"', .., '"'])
            return text;
        try
        {
            return JsonSerializer.Deserialize(text, TriggerJson.Default.String)!;
        }
        catch (JsonException)
        {
            // A plain value that only looks quoted.
            return text;
        }
    }
}
