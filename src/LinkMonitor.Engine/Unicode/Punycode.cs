using System.Globalization;
using System.Text;

namespace LinkMonitor.Engine.Unicode;

/// <summary>
/// Labels beyond ASCII in ASCII: https://www.rfc-editor.org/rfc/rfc3492. Quadratic in the length of a label: who calls it bounds that.
/// </summary>
internal static class Punycode
{
    public const string Prefix = "xn--";

    private const int Base = 36, Least = 1, Most = 26, Skew = 38, Damp = 700, FirstBias = 72, FirstPoint = 0x80, LastPoint = 0x10FFFF;

    /// <summary>Whether it begins with the prefix, in small letters.</summary>
    public static bool IsMarked(ReadOnlySpan<int> label) => label is [(int)'x', (int)'n', (int)'-', (int)'-', ..];

    /// <param name="label">At most 1,000 characters, in which nothing overflows.</param>
    public static string Encode(ReadOnlySpan<int> label)
    {
        var ascii = new StringBuilder();
        foreach (var point in label)
        {
            if (point < FirstPoint)
                ascii.Append((char)point);
        }

        var basics = ascii.Length;
        var done = basics;
        if (basics > 0)
            ascii.Append('-');
        var (next, delta, bias) = (FirstPoint, 0, FirstBias);
        while (done < label.Length)
        {
            var least = Next(label, next);
            delta += (least - next) * (done + 1);
            next = least;
            foreach (var point in label)
            {
                if (point < next)
                    delta++;
                if (point != next)
                    continue;
                AppendNumber(ascii, delta, bias);
                bias = Adapt(delta, done + 1, done == basics);
                delta = 0;
                done++;
            }

            delta++;
            next++;
        }

        return ascii.ToString();
    }

    /// <param name="label">Behind the prefix.</param>
    /// <returns>Null for what no label is written as.</returns>
    public static int[]? Decode(ReadOnlySpan<int> label)
    {
        if (label.ContainsAnyExceptInRange(0, FirstPoint - 1))
            return null;
        var hyphen = label.LastIndexOf('-');
        List<int> points = hyphen > 0 ? [.. label[..hyphen]] : [];
        var rest = hyphen > 0 ? label[(hyphen + 1)..] : label;
        var (point, at, bias) = (FirstPoint, 0, FirstBias);
        while (!rest.IsEmpty)
        {
            if (!TryReadNumber(ref rest, bias, out var number) || number > int.MaxValue - at)
                return null;
            var count = points.Count + 1;
            bias = Adapt(number, count, points.Count == (hyphen > 0 ? hyphen : 0));
            at += number;
            if (at / count > LastPoint - point)
                return null;
            point += at / count;
            at %= count;
            points.Insert(at++, point);
        }

        return [.. points];
    }

    private static int Next(ReadOnlySpan<int> label, int from)
    {
        var least = int.MaxValue;
        foreach (var point in label)
        {
            if (point >= from && point < least)
                least = point;
        }

        return least;
    }

    private static void AppendNumber(StringBuilder ascii, int number, int bias)
    {
        for (var position = Base; ; position += Base)
        {
            var threshold = Threshold(position, bias);
            if (number < threshold)
                break;
            ascii.Append(Digit(threshold + ((number - threshold) % (Base - threshold))));
            number = (number - threshold) / (Base - threshold);
        }

        ascii.Append(Digit(number));
    }

    private static bool TryReadNumber(ref ReadOnlySpan<int> text, int bias, out int number)
    {
        long sum = 0, weight = 1;
        number = 0;
        for (var position = Base; ; position += Base)
        {
            if (text.IsEmpty || Value(text[0]) is not { } digit)
                return false;
            text = text[1..];
            sum += digit * weight;
            if (sum > int.MaxValue)
                return false;
            var threshold = Threshold(position, bias);
            if (digit < threshold)
                break;
            weight *= Base - threshold;
            if (weight > int.MaxValue)
                return false;
        }

        number = (int)sum;
        return true;
    }

    private static int Threshold(int position, int bias) => Math.Clamp(position - bias, Least, Most);

    private static int Adapt(int delta, int count, bool isFirst)
    {
        delta /= isFirst ? Damp : 2;
        delta += delta / count;
        var steps = 0;
        for (; delta > (Base - Least) * Most / 2; steps += Base)
            delta /= Base - Least;
        return steps + ((Base - Least + 1) * delta / (delta + Skew));
    }

    private static char Digit(int value) => (char)(value < 26 ? 'a' + value : '0' + value - 26);

    private static int? Value(int digit) => digit switch
    {
        >= 'a' and <= 'z' => digit - 'a',
        >= 'A' and <= 'Z' => digit - 'A',
        >= '0' and <= '9' => digit - '0' + 26,
        _ => null,
    };
}

/// <summary>Text as a list of characters of Unicode.</summary>
internal static class CodePoints
{
    /// <summary>Half a surrogate pair stays what it is, which is no character.</summary>
    public static IEnumerable<int> Of(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                yield return char.ConvertToUtf32(text[i], text[++i]);
            else
                yield return text[i];
        }
    }

    /// <summary>Numbers in hexadecimal with spaces between them.</summary>
    public static int[] Parse(string numbers) =>
        Array.ConvertAll(numbers.Split(' '), static one => int.Parse(one, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    public static string Text(int[] points)
    {
        var text = new StringBuilder(points.Length);
        foreach (var point in points)
            text.Append(new Rune(point).ToString());
        return text.ToString();
    }
}
