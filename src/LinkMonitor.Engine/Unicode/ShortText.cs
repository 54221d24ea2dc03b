using System.Diagnostics.CodeAnalysis;

namespace LinkMonitor.Engine.Unicode;

/// <summary>Cuts text from the web to what evidence has room for.</summary>
internal static class ShortText
{
    public const string Ellipsis = "…";

    /// <summary>A text that was cut ends with an ellipsis, within the length.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Cut(string? text, int longest)
    {
        if (text is null || text.Length <= longest)
            return text;

        // Half a surrogate pair is not valid text and would not survive JSON.
        var end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return string.Concat(text.AsSpan(0, end), Ellipsis);
    }
}
