using System.Text;
using AngleSharp.Common;
using AngleSharp.Dom;
using AngleSharp.Html;

namespace LinkMonitor.Engine.Reading;

/// <summary>
/// Mends what AngleSharp's tokenizer makes of two kinds of character references that browsers read otherwise:
/// https://html.spec.whatwg.org/multipage/parsing.html#character-reference-state
/// </summary>
internal sealed class CharacterReferences : IEntityProviderExtended
{
    private const string NoCharacter = "&#xFFFD;";

    // What fits into them is a number that the tokenizer does not overflow at.
    private const int MostDigits = 9;
    private const int MostHexDigits = 7;

    /// <summary>The names of HTML.</summary>
    public static CharacterReferences Names { get; } = new();

    // An ampersand and a semicolon are just that; the tokenizer would lose the semicolon.
    public string? GetSymbol(StringOrMemory name) =>
        name.Memory.Span is ";" ? "&;" : HtmlEntityProvider.ResolverExtended.GetSymbol(name);

    /// <summary>
    /// The page with numbers that are no character's written as one that is: the tokenizer counts in 32 bits, so that they would wrap round
    /// to a character. The text of <c>xmp</c>, <c>plaintext</c> and CDATA, where nothing is a reference, is mended with it; such numbers do
    /// not occur there.
    /// </summary>
    public static string WithoutOverflow(string html)
    {
        StringBuilder? mended = null;
        var copied = 0;
        for (var at = html.IndexOf("&#", StringComparison.Ordinal); at >= 0; at = html.IndexOf("&#", at + 2, StringComparison.Ordinal))
        {
            if (EndOfOverflow(html, at + 2) is not { } end)
                continue;
            (mended ??= new StringBuilder(html.Length)).Append(html, copied, at - copied).Append(NoCharacter);
            copied = end;
        }

        return mended is null ? html : mended.Append(html, copied, html.Length - copied).ToString();
    }

    /// <summary>Where the number ends, its semicolon included; null when it is small enough.</summary>
    private static int? EndOfOverflow(string html, int start)
    {
        var isHex = start < html.Length && html[start] is 'x' or 'X';
        var first = isHex ? start + 1 : start;
        while (first < html.Length && html[first] == '0')
            first++;
        var end = first;
        while (end < html.Length && (isHex ? char.IsAsciiHexDigit(html[end]) : char.IsAsciiDigit(html[end])))
            end++;
        if (end - first <= (isHex ? MostHexDigits : MostDigits))
            return null;
        return end < html.Length && html[end] == ';' ? end + 1 : end;
    }
}
