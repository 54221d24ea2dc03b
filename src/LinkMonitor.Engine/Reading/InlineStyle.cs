using System.Globalization;

namespace LinkMonitor.Engine.Reading;

/// <summary>
/// The declarations of a style attribute, as far as they can hide something. Style sheets are not read: what they hide is often shown again
/// by a script. What can be seen but in part, or after a click, is not hidden. Source: https://drafts.csswg.org/css-style-attr/
/// </summary>
internal sealed class InlineStyle
{
    private const double OffScreenPixels = -999;
    private const double PixelsPerEm = 16;

    // A hundredth of the smallest window that pages are laid out for.
    private const double PixelsPerShare = 10;

    /// <summary>Letters of this size or less cannot be made out.</summary>
    public const double SmallestLetters = 1;

    // What an element that comes into view is moved or faded with.
    private static readonly string[] Effects =
    [
        "transform", "-webkit-transform", "translate", "scale", "transition", "animation", "animation-name", "will-change", "filter",
    ];

    private readonly Dictionary<string, (string Value, bool IsImportant)> _declarations = [];
    private StyleTransform? _transform;

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

    /// <summary>
    /// Whether it has a size of its own instead of flowing with the text, which most of what hides asks for; null when the attribute says
    /// nothing of that.
    /// </summary>
    public bool? IsBox => IsOutOfFlow || Value("float") is "left" or "right"
        ? true : Display is { } display ? display is not ("inline" or "contents") : null;

    /// <summary>See-through, without size, or moved off the screen: nothing inside can show itself again.</summary>
    public bool HidesAll(bool isBox) =>
        IsTransparent || IsClipped || IsOffScreen(isBox)
        || (isBox && (HasNoSize || Transform.Hides || Value("content-visibility") is "hidden"));

    /// <summary>Whether the first line begins beyond the edge; null when the attribute says nothing of an indent.</summary>
    public bool? IsIndented => Value("text-indent") is not { } indent ? null
        : Length(indent) is <= OffScreenPixels || (HidesOverflow && (Length(indent) is >= -OffScreenPixels || indent is "100%"));

    /// <summary>Whether text is see-through; null when the attribute says nothing of its colour.</summary>
    public bool? HidesLetters =>
        (Value("-webkit-text-fill-color") ?? Value("color")) is { } color ? IsClear(color) && !ShowsThroughLetters : null;

    private StyleTransform Transform => _transform ??= new StyleTransform(Value);

    private bool IsOutOfFlow => Value("position") is "absolute" or "fixed";

    // Builders of pages write what fades in with the page as see-through, beside what it is moved with.
    private bool IsTransparent =>
        (Value("opacity") is { } opacity && Number(opacity.TrimEnd('%')) is <= 0 && !Array.Exists(Effects, _declarations.ContainsKey))
        || (IsFilteredOut && !Array.Exists(Effects, effect => effect is not "filter" && _declarations.ContainsKey(effect)));

    // https://drafts.fxtf.org/filter-effects/#funcdef-filter-opacity
    private bool IsFilteredOut => Value("filter") is { } filter
        && StyleTransform.Functions(filter).Exists(
            static function => function.Name is "opacity" && Number(function.Arguments.TrimEnd('%')) is <= 0);

    // The gradient behind shows in the shape of the letters.
    private bool ShowsThroughLetters =>
        (Value("background-clip") ?? Value("-webkit-background-clip") ?? Value("background") ?? "").Contains(
            "text", StringComparison.Ordinal)
        || Value("text-shadow") is not (null or "none");

    private bool HidesOverflow => Value("overflow-x") is "hidden" or "clip" || Value("overflow-y") is "hidden" or "clip";

    // What overflows is cut at the edge of the padding.
    private bool HasNoSize =>
        HidesOverflow && IsNoLength("height") && IsNoLength("width")
        && !StyleShorthand.Edges.Any(edge => Value($"padding-{edge}") is { } padding && Length(padding) is not 0);

    // A part of one side only is an accordion that readers open; a pixel is what is shown to screen readers alone.
    private bool IsNoLength(string property)
    {
        var length = Math.Min(Pixels(property) ?? double.MaxValue, Pixels($"max-{property}") ?? double.MaxValue);
        return Value($"min-{property}") is null or "0" or "0px" && (length <= 0 || (length <= 1 && IsOutOfFlow));
    }

    // https://drafts.fxtf.org/css-masking/#clip-property
    private bool IsClipped =>
        (IsOutOfFlow && Value("clip") is { } clip && IsEmptyRectangle(clip))
        || (Value("clip-path") is { } path && StyleTransform.Functions(path) is [var shape] && IsEmptyShape(shape));

    /// <summary>rect(0,0,0,0), also with units and with corners that leave a pixel.</summary>
    private static bool IsEmptyRectangle(string clip) =>
        StyleTransform.Functions(clip) is [("rect", var arguments)]
        && Array.ConvertAll(arguments.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries), Length) is
            [{ } top, { } right, { } bottom, { } left]
        && (right - left <= 1 || bottom - top <= 1);

    // https://drafts.csswg.org/css-shapes/#basic-shape-functions
    private static bool IsEmptyShape((string Name, string Arguments) shape)
    {
        var words = shape.Arguments.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        switch (shape.Name)
        {
            case "inset":
                var sides = StyleShorthand.Four(words.TakeWhile(static word => word != "round").ToArray());
                return sides is not null && (Share(sides[0]) + Share(sides[2]) >= 1 || Share(sides[1]) + Share(sides[3]) >= 1);
            case "circle" or "ellipse":
                return words.TakeWhile(static word => word != "at").Any(static word => word == "0%" || Length(word) is 0);
            case "polygon":
                var corners = words.SkipWhile(static word => word is "nonzero" or "evenodd").ToArray();
                return corners.Length > 1 && (IsOne(corners.Where((_, at) => at % 2 == 0)) || IsOne(corners.Where((_, at) => at % 2 == 1)));
            default:
                return false;
        }
    }

    private static double Share(string side) => side.EndsWith('%') && Number(side[..^1]) is { } share ? share / 100 : 0;

    private static bool IsOne(IEnumerable<string> lengths) =>
        lengths.Select(static length => Length(length)?.ToString(CultureInfo.InvariantCulture) ?? length).Distinct().Count() == 1;

    private static bool IsClear(string color)
    {
        var text = color.Replace(" ", "", StringComparison.Ordinal);
        return text is "transparent"
            || (text is ['#', _, _, _, '0'] or ['#', _, _, _, _, _, _, '0', '0'])
            || (text.EndsWith(",0)", StringComparison.Ordinal) && (text.StartsWith("rgba(", StringComparison.Ordinal)
            || text.StartsWith("hsla(", StringComparison.Ordinal)))
            || text.EndsWith("/0)", StringComparison.Ordinal) || text.EndsWith("/0%)", StringComparison.Ordinal);
    }

    // What is moved to the right or down can be scrolled to, except from where it is out of the flow, which is done to hide it. A margin
    // that padding makes up for moves nothing.
    private bool IsOffScreen(bool isBox) =>
        IsBeyond((Pixels("margin-left") ?? 0) + (Pixels("padding-left") ?? 0), "width")
        || (isBox && IsBeyond((Pixels("margin-top") ?? 0) + (Pixels("padding-top") ?? 0), "height"))
        || (Value("position") is "absolute" or "fixed" or "relative"
            && (IsBeyond(Pixels("left"), "width") || IsBeyond(Pixels("top"), "height")))
        || (IsOutOfFlow && (Pixels("right") is <= OffScreenPixels || Pixels("bottom") is <= OffScreenPixels))
        || (isBox && (IsBeyond(Transform.Right, "width") || IsBeyond(Transform.Down, "height")));

    // A row of slides stands in the window with another part of it.
    private bool IsBeyond(double? shift, string size) => shift is <= OffScreenPixels && !(Pixels(size) > -shift);

    private string? Value(string property) => _declarations.TryGetValue(property, out var declaration) ? declaration.Value : null;

    private double? Pixels(string property) => Length(Value(property) ?? "");

    /// <summary>In pixels; null for a share, for what is no length, and for a number without a unit, which is none but for zero.</summary>
    internal static double? Length(string value)
    {
        var length = value.AsSpan().TrimEnd("abcdefghijklmnopqrstuvwxyz%").Length;
        if (Number(value[..length]) is not { } number)
            return null;
        return value[length..] switch
        {
            "px" => number,
            "em" or "rem" => number * PixelsPerEm,
            "vw" or "vh" or "vmin" or "vmax" => number * PixelsPerShare,
            "pt" => number * 4 / 3,
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
        foreach (var (name, part) in StyleShorthand.Parts(property, value))
        {
            if (isImportant || !_declarations.TryGetValue(name, out var earlier) || !earlier.IsImportant)
                _declarations[name] = (part, isImportant);
        }
    }

    internal static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The declarations: parted at semicolons outside quotes, parentheses and comments, which are dropped.</summary>
    internal static IEnumerable<string> Split(string text)
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

/// <summary>The parts that one declaration sets at once: https://drafts.csswg.org/css-cascade/#shorthand</summary>
internal static class StyleShorthand
{
    public static readonly string[] Edges = ["top", "right", "bottom", "left"];

    public static IEnumerable<(string Property, string Value)> Parts(string property, string value)
    {
        if (property is not ("margin" or "padding" or "inset" or "overflow" or "font"))
            return [(property, value)];

        // Spaces in a function are none between values.
        var words = value.Contains('(', StringComparison.Ordinal) ? [value] : value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return property switch
        {
            "margin" or "padding" when Four(words) is { } sides => Edges.Zip(sides, (edge, side) => ($"{property}-{edge}", side)),
            "inset" when Four(words) is { } sides => Edges.Zip(sides),
            "overflow" when words is [var across, ..] => [("overflow-x", across), ("overflow-y", words[^1])],
            "font" => [(property, value), ("font-size", Array.Exists(words, IsNothing) ? "0" : "1em")],
            _ => [(property, value)],
        };
    }

    /// <summary>One to four values as those of the top, right, bottom and left; null for another number.</summary>
    public static string[]? Four(string[] words) => words switch
    {
        [var all] => [all, all, all, all],
        [var ends, var sides] => [ends, sides, ends, sides],
        [var top, var sides, var bottom] => [top, sides, bottom, sides],
        [_, _, _, _] => words,
        _ => null,
    };

    // "0/0 a", of which no letter can be seen.
    private static bool IsNothing(string word) => InlineStyle.Length(word.Split('/')[0]) is >= 0 and <= InlineStyle.SmallestLetters;
}

/// <summary>
/// Where an element is moved to, and whether it keeps a size: https://drafts.csswg.org/css-transforms/#transform-functions
/// </summary>
internal sealed class StyleTransform
{
    // In pixels: the width of a window.
    private const double MostSlides = 1_000;

    public StyleTransform(Func<string, string?> value)
    {
        foreach (var (name, arguments) in Functions(value("transform") ?? value("-webkit-transform") ?? ""))
            Add(name, arguments.Split(',', StringSplitOptions.TrimEntries));
        Add("translate", (value("translate") ?? "").Split(' '));
        Add("scale", (value("scale") ?? "").Split(' '));
    }

    /// <summary>In pixels.</summary>
    public double Right { get; private set; }

    public double Down { get; private set; }

    /// <summary>Whether nothing of it is left, or only its edge.</summary>
    public bool Hides { get; private set; }

    /// <summary>The functions of a value with their arguments.</summary>
    public static List<(string Name, string Arguments)> Functions(string value)
    {
        var functions = new List<(string, string)>();
        for (var at = 0; value.IndexOf('(', at) is >= 0 and var open && value.IndexOf(')', open) is >= 0 and var close; at = close + 1)
            functions.Add((value[at..open].Trim(), value[(open + 1)..close].Trim()));
        return functions;
    }

    private void Add(string name, string[] arguments)
    {
        switch (name)
        {
            case "translate" or "translate3d":
                Right += Pixels(arguments[0]);
                Down += arguments.Length > 1 ? Pixels(arguments[1]) : 0;
                break;
            case "translatex":
                Right += Pixels(arguments[0]);
                break;
            case "translatey":
                Down += Pixels(arguments[0]);
                break;
            case "scale" or "scale3d" or "scalex" or "scaley":
                Hides |= arguments.Take(2).Any(static factor => InlineStyle.Number(factor.TrimEnd('%')) is 0);
                break;
            case "rotatex" or "rotatey":
                Hides |= arguments[0] is "90deg" or "-90deg" or "270deg" or "-270deg";
                break;
            case "matrix" when Array.ConvertAll(arguments, InlineStyle.Number) is [{ } a, { } b, { } c, { } d, { } right, { } down]:
                Hides |= (a * d) - (b * c) == 0;
                Right += right;
                Down += down;
                break;
        }
    }

    // A share of its own size, when it is ten times that. By the window's size a row of slides is moved, one at a time.
    private static double Pixels(string length) => length.EndsWith("vw", StringComparison.Ordinal)
        ? InlineStyle.Length(length) is { } shift && Math.Abs(shift) > MostSlides ? shift : 0
        : InlineStyle.Length(length)
            ?? (length.EndsWith('%') && InlineStyle.Number(length[..^1]) is { } share && Math.Abs(share) >= 999 ? share : 0);
}
