using System.Globalization;

namespace LinkMonitor.Engine.Reading;

/// <summary>
/// The declarations of a style attribute, as far as they can hide something. Style sheets are not read: what they hide is often shown again by a script.
/// Source: https://drafts.csswg.org/css-style-attr/
/// </summary>
internal sealed class InlineStyle
{
    private const double OffScreenPixels = -999;
    private const double PixelsPerEm = 16;
    private static readonly string[] Edges = ["left", "top", "right", "bottom"];
    private readonly Dictionary<string, (string Value, bool IsImportant)> _declarations = [];

    private InlineStyle()
    {
    }

    public static InlineStyle Parse(string? text)
    {
        var style = new InlineStyle();
        foreach (var declaration in Split(text ?? ""))
            style.Add(declaration);
        return style;
    }

    /// <summary><c>none</c>, another value, or null when the attribute says nothing.</summary>
    public string? Display => Value("display");

    public string? Visibility => Value("visibility");

    /// <summary>In pixels, relative units taken at their default size; null when the attribute says nothing we can measure.</summary>
    public double? FontSize => Pixels("font-size");

    /// <summary>See-through, without size, or moved off the screen: nothing inside can show itself again.</summary>
    public bool HidesAll => IsTransparent || HasNoSize || IsOffScreen;

    private bool IsTransparent => Value("opacity") is { } opacity && Number(opacity.TrimEnd('%')) is <= 0;

    private bool HasNoSize =>
        Pixels("width") is 0 && Pixels("height") is 0 && (Value("overflow") ?? "").Split(' ')[0] is "hidden" or "clip";

    private bool IsOffScreen =>
        Pixels("text-indent") is <= OffScreenPixels
        || (Value("position") is "absolute" or "fixed" && Edges.Any(edge => Pixels(edge) is <= OffScreenPixels));

    private string? Value(string property) => _declarations.TryGetValue(property, out var declaration) ? declaration.Value : null;

    private double? Pixels(string property)
    {
        var value = Value(property) ?? "";
        var length = value.AsSpan().TrimEnd("abcdefghijklmnopqrstuvwxyz%").Length;
        if (Number(value[..length]) is not { } number)
            return null;
        return value[length..] switch
        {
            "" or "px" => number,
            "em" or "rem" => number * PixelsPerEm,
            _ => number == 0 ? 0 : null,
        };
    }

    private void Add(string declaration)
    {
        var colon = declaration.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return;
        var property = declaration[..colon].Trim().ToLowerInvariant();
        var value = declaration[(colon + 1)..].Trim().ToLowerInvariant();
        var bang = value.LastIndexOf('!');
        var isImportant = bang >= 0 && value[(bang + 1)..].Trim() == "important";
        if (isImportant)
            value = value[..bang].TrimEnd();
        if (isImportant || !_declarations.TryGetValue(property, out var earlier) || !earlier.IsImportant)
            _declarations[property] = (value, isImportant);
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>At semicolons outside quotes, parentheses and comments; comments are dropped.</summary>
    private static IEnumerable<string> Split(string text)
    {
        var declaration = new System.Text.StringBuilder();
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '/' && i + 1 < text.Length && text[i + 1] == '*')
            {
                i = After(text, "*/", i + 2) - 1;
                continue;
            }

            if (c is '"' or '\'')
            {
                var end = After(text, c.ToString(), i + 1);
                declaration.Append(text, i, end - i);
                i = end - 1;
                continue;
            }

            depth = c switch { '(' => depth + 1, ')' when depth > 0 => depth - 1, _ => depth };
            if (c == ';' && depth == 0)
            {
                yield return declaration.ToString();
                declaration.Clear();
            }
            else
                declaration.Append(c);
        }

        yield return declaration.ToString();
    }

    private static int After(string text, string marker, int from) =>
        text.IndexOf(marker, from, StringComparison.Ordinal) is >= 0 and var found ? found + marker.Length : text.Length;
}
