using System.Globalization;
using System.Text.Json;

namespace LinkMonitor.Api.Bodies;

/// <summary>What is said of a body that is no JSON, in place of the parser's words.</summary>
internal static class JsonWords
{
    public const string HalfCharacter = "The name of a field holds half a surrogate pair (U+D800 to U+DFFF), which is no character. Take it out.";

    /// <param name="isEmpty">Whether there was no body at all.</param>
    public static string Detail(JsonException problem, bool isEmpty)
    {
        if (isEmpty)
            return "The body is empty. Send a JSON object, for example {}.";
        if (problem.Message == HalfCharacter)
            return HalfCharacter;
        return problem is { LineNumber: { } line, BytePositionInLine: { } column }
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"It cannot be read from line {line + 1}, byte {column + 1} on. Look there for a missing or surplus quote, comma or bracket, and nest at most 64 levels.")
            : "It cannot be read. Look for a missing or surplus quote, comma or bracket, and nest at most 64 levels.";
    }
}
