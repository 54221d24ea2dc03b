using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LinkMonitor.Engine.Unicode;

namespace LinkMonitor.Wording;

/// <summary>
/// Names of hosts as people read them: <c>bücher.example</c> in place of <c>xn--bcher-kva.example</c>, where it cannot be taken for another
/// name. The rule is that of browsers (Chromium, https://chromium.googlesource.com/chromium/src/+/main/docs/idn.md), and stricter where
/// theirs rests on lists of well-known sites: each label is of one script, or of those that one language is written with (Unicode UTS 39,
/// section 5.2, single script); Latin mixes with none; and a label of look-alikes of Latin alone stays as it is below an ASCII top level.
/// One label that breaks the rule leaves the whole name as it is.
/// </summary>
internal static partial class ReadableHost
{
    private const string Prefix = "xn--";

    // A letter that only some scripts have in common, as the Japanese prolonged sound, is listed with each.
    private static readonly (Scripts Script, char From, char To)[] Ranges =
    [
        (Scripts.Latin, 'a', 'z'), (Scripts.Latin, 'ß', 'ö'), (Scripts.Latin, 'ø', '\u0130'), (Scripts.Latin, '\u0132', '\u0137'),
        (Scripts.Latin, '\u0139', '\u0148'), (Scripts.Latin, '\u014A', '\u017E'), (Scripts.Latin, '\u0219', '\u021B'),
        (Scripts.Latin, '\u1EA0', '\u1EF9'),
        (Scripts.Greek, '\u03AC', '\u03CE'),
        (Scripts.Cyrillic, '\u0430', '\u045F'), (Scripts.Cyrillic, '\u0491', '\u0493'), (Scripts.Cyrillic, '\u0497', '\u049B'),
        (Scripts.Cyrillic, '\u04A3', '\u04A3'), (Scripts.Cyrillic, '\u04AF', '\u04B1'), (Scripts.Cyrillic, '\u04D9', '\u04D9'),
        (Scripts.Cyrillic, '\u04E9', '\u04E9'),
        (Scripts.Hebrew, '\u05D0', '\u05EA'),
        (Scripts.Arabic, '\u0620', '\u063A'), (Scripts.Arabic, '\u0641', '\u064A'), (Scripts.Arabic, '\u0671', '\u06D3'),
        (Scripts.Devanagari, '\u0901', '\u0939'), (Scripts.Devanagari, '\u093C', '\u094D'),
        (Scripts.Thai, '\u0E01', '\u0E3A'), (Scripts.Thai, '\u0E40', '\u0E4E'),
        (Scripts.Hangul, '\uAC00', '\uD7A3'),
        (Scripts.Kana, '\u3041', '\u3096'), (Scripts.Kana, '\u30A1', '\u30FA'), (Scripts.Kana, '\u30FC', '\u30FE'),
        (Scripts.Bopomofo, '\u3105', '\u312F'),
        (Scripts.Han, '\u3005', '\u3007'), (Scripts.Han, '\u3400', '\u4DBF'), (Scripts.Han, '\u4E00', '\u9FFF'),
    ];

    // What one language is written with.
    private static readonly Scripts[] Mixed = [Scripts.Han | Scripts.Kana, Scripts.Han | Scripts.Hangul, Scripts.Han | Scripts.Bopomofo];

    // Letters, with and without marks, that are taken for Latin ones or for digits (kWholeScriptConfusables in Chromium's
    // idn_spoof_checker.cc).
    private static readonly FrozenSet<char> LookAlikes =
        "асԁеһіјӏорԛѕԝхуъьҽпгѵѡзбёїўαικνρυωηοτάίόύώήϊϋΐΰדוחיןסทนบพรหเแดลปฟม".ToFrozenSet();

    /// <summary>A name of a host; what is none, or is no safer to read, is given back.</summary>
    public static string Of(string host)
    {
        if (!host.Contains(Prefix, StringComparison.OrdinalIgnoreCase))
            return host;
        var labels = host.Split('.');
        var read = Array.ConvertAll(labels, Decoded);
        var top = read[^1];
        return read.All(label => label is not null && IsSafe(label, top ?? "")) && !IsTurned(read) ? string.Join('.', read) : host;
    }

    /// <summary>The same for each name of a host in a text or a URL: where a word begins, and after <c>//</c>.</summary>
    public static string In(string text) => !text.Contains(Prefix, StringComparison.OrdinalIgnoreCase)
        ? text
        : Name().Replace(
            text,
            name => name.ValueSpan.Contains(Prefix, StringComparison.OrdinalIgnoreCase) && BeginsHost(text, name.Index)
                ? Of(name.Value) : name.Value);

    private static bool BeginsHost(string text, int at) => at == 0 || char.IsWhiteSpace(text[at - 1])
        || text[at - 1] is '\'' or '"' or '(' or '“' or '‘' || text.AsSpan(0, at).EndsWith("//");

    // Null for what does not come back as it was: then it is not the name of this host.
    private static string? Decoded(string label) =>
        !label.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? label
        : IdnName.ToUnicode(label) is { } read
            && string.Equals(IdnName.ToAscii(read, isHost: true), label, StringComparison.OrdinalIgnoreCase) ? read : null;

    private static bool IsSafe(string label, string top)
    {
        if (Ascii.IsValid(label))
            return true;
        var scripts = Scripts.None;
        foreach (var sign in label)
        {
            if (char.IsAsciiDigit(sign) || sign == '-')
                continue;
            if (ScriptOf(sign) is not { } script)
                return false;
            scripts |= script;
        }

        var isOne = (scripts & (scripts - 1)) == 0 || Mixed.Any(mixed => (scripts | mixed) == mixed);
        return isOne && (scripts == Scripts.Latin || !Ascii.IsValid(top) || !IsLookAlike(label));
    }

    private static bool IsLookAlike(string label) => label.All(
        sign => char.IsAsciiDigit(sign) || sign == '-' || LookAlikes.Contains(sign)
            || char.GetUnicodeCategory(sign) == UnicodeCategory.NonSpacingMark);

    // A number beside a label that is read from the right changes places with it.
    private static bool IsTurned(string?[] labels) =>
        labels.Any(label => label!.Any(sign => ScriptOf(sign) is Scripts.Hebrew or Scripts.Arabic))
        && labels.Any(label => label!.Any(char.IsAsciiDigit));

    private static Scripts? ScriptOf(char sign)
    {
        foreach (var (script, from, to) in Ranges)
        {
            if (sign >= from && sign <= to && (script != Scripts.Arabic || char.IsLetter(sign)))
                return script;
        }

        return null;
    }

    [GeneratedRegex(@"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")]
    private static partial Regex Name();

    [Flags]
    private enum Scripts
    {
        None = 0,
        Latin = 1,
        Greek = 2,
        Cyrillic = 4,
        Hebrew = 8,
        Arabic = 16,
        Devanagari = 32,
        Thai = 64,
        Hangul = 128,
        Kana = 256,
        Bopomofo = 512,
        Han = 1024,
    }
}
