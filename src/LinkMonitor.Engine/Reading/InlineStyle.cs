using System.Globalization;
using System.Text.RegularExpressions;

namespace LinkMonitor.Engine.Reading;

/// <summary>
/// The declarations of a style attribute, as far as they can hide something. Style sheets are not read: what they hide is often shown again
/// by a script. Source: https://drafts.csswg.org/css-style-attr/
/// </summary>
internal sealed partial class InlineStyle
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
    public bool HidesAll => IsTransparent || HasNoSize || IsOffScreen || IsClipped || IsShrunk;

    /// <summary>Whether text is see-through; null when the attribute says nothing of its colour.</summary>
    public bool? HidesLetters => Value("color") is { } color ? IsClear(color) && !ShowsThroughLetters : null;

    private bool IsTransparent => Value("opacity") is { } opacity && Number(opacity.TrimEnd('%')) is <= 0;

    // The gradient behind shows in the shape of the letters.
    private bool ShowsThroughLetters =>
        (Value("background-clip") ?? Value("-webkit-background-clip") ?? Value("background") ?? "").Contains(
            "text", StringComparison.Ordinal)
        || Value("-webkit-text-fill-color") is { } fill && !IsClear(fill)
        || Value("text-shadow") is not (null or "none");

    private bool HasNoSize =>
        (Value("overflow") ?? "").Split(' ')[0] is "hidden" or "clip"
        && IsNoLength("height") && IsNoLength("width");

    // A part of one side only is an accordion that readers open; a pixel is what is shown to screen readers alone.
    private bool IsNoLength(string property) =>
        Pixels(property) is 0 || (Pixels(property) is <= 1 && Value("position") is "absolute" or "fixed");

    // clip: https://drafts.fxtf.org/css-masking/#clip-property, clip-path: https://drafts.fxtf.org/css-masking/#the-clip-path
    private bool IsClipped =>
        (Value("position") is "absolute" or "fixed" && Value("clip") is { } clip && IsEmptyRectangle(clip))
        || Value("clip-path") is { } path
            && NoSpaces(path) is "inset(100%)" or "inset(50%)" or "circle(0)" or "circle(0px)" or "circle(0%)" or "polygon(00,00,00,00)"
        || Value("clip-path") is { } inset && NoSpaces(inset).StartsWith("inset(100%", StringComparison.Ordinal);

    // https://drafts.csswg.org/css-transforms/#transform-functions
    private bool IsShrunk =>
        Value("scale") is { } scale && scale.Split(' ').Any(part => Number(part) is 0)
        || Value("zoom") is { } zoom && Number(zoom) is 0
        || Value("transform") is { } transform && ShrinkingFunction().IsMatch(transform);

    /// <summary>rect(0,0,0,0), also with units and with corners that leave a pixel.</summary>
    private static bool IsEmptyRectangle(string clip)
    {
        if (!clip.StartsWith("rect(", StringComparison.Ordinal) || !clip.EndsWith(')'))
            return false;
        var sides = clip[5..^1].Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(Length).ToArray();
        return sides is [{ } top, { } right, { } bottom, { } left] && (right - left <= 1 || bottom - top <= 1);
    }

    private static bool IsClear(string color)
    {
        var text = NoSpaces(color);
        return text is "transparent" or "#0000" or "#00000000"
            || (text is ['#', _, _, _, '0'] or ['#', _, _, _, _, _, _, '0', '0'])
            || (text.EndsWith(",0)", StringComparison.Ordinal) && (text.StartsWith("rgba(", StringComparison.Ordinal)
            || text.StartsWith("hsla(", StringComparison.Ordinal)))
            || text.EndsWith("/0)", StringComparison.Ordinal) || text.EndsWith("/0%)", StringComparison.Ordinal);
    }

    private static string NoSpaces(string value) => value.Replace(" ", "", StringComparison.Ordinal);

    private bool IsOffScreen =>
        Pixels("text-indent") is <= OffScreenPixels
        || Edges.Any(edge => Pixels($"margin-{edge}") is <= OffScreenPixels)
        || Margins().Any(margin => margin <= OffScreenPixels)
        || (Value("position") is "absolute" or "fixed" && Edges.Any(edge => Pixels(edge) is <= OffScreenPixels));

    private string? Value(string property) => _declarations.TryGetValue(property, out var declaration) ? declaration.Value : null;

    private double? Pixels(string property) => Length(Value(property) ?? "");

    private IEnumerable<double> Margins() => (Value("margin") ?? "").Split(' ').Select(Length).OfType<double>();

    private static double? Length(string value)
    {
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

    [GeneratedRegex(
        @"\bscale(?:3d|x|y|z)?\(\s*(?:[\d.]+\s*,\s*)*0?\.?0+%?\s*[,)]"
            + @"|\btranslate(?:3d|x|y)?\([^)]*-(?:\d{4,}|999)(?:\.\d+)?(?:px|%)|\brotate(?:x|y)\(\s*90deg",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex ShrinkingFunction();

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
