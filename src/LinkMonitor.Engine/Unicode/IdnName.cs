namespace LinkMonitor.Engine.Unicode;

/// <summary>
/// Names of hosts between Unicode and ASCII by UTS #46, not transitional, with the checks of joiners and of directions, as the URL standard
/// and Chromium have it. The characters are those of <see cref="IdnaTable"/>, on every machine.
/// Source: https://www.unicode.org/reports/tr46/#Processing
/// </summary>
public static class IdnName
{
    // DNS carries 253 characters, and Punycode costs time quadratic in the label. Chromium stops at 1,000 characters of a label, too.
    private const int LongestName = 2_000;
    private const int LongestLabel = 1_000;
    private const int LongestLabelOfDns = 63;
    private const int LongestNameOfDns = 253;

    /// <param name="isHost">Only names that DNS can carry, and in ASCII letters, digits and hyphens only (RFC 952).</param>
    /// <returns>The name in lower case; null when it is not valid, or longer than 2,000 characters.</returns>
    public static string? ToAscii(string name, bool isHost)
    {
        if (Process(name, isHost) is not { } labels)
            return null;
        var ascii = string.Join('.', labels.Select(Encoded));
        return isHost && !IsCarried(ascii) ? null : ascii;
    }

    /// <param name="name">With labels that begin with <c>xn--</c>.</param>
    /// <returns>The name in Unicode; null when it is not valid, or longer than 2,000 characters.</returns>
    public static string? ToUnicode(string name) =>
        Process(name, isHost: true) is { } labels ? string.Join('.', labels.Select(CodePoints.Text)) : null;

    private static List<int[]>? Process(string name, bool isHost)
    {
        if (name.Length > LongestName)
            return null;
        var labels = Split(IdnaTable.Current.Compose(IdnaTable.Current.Map(name)));
        for (var i = 0; i < labels.Count; i++)
        {
            if (labels[i].Length > LongestLabel)
                return null;
            if (!Punycode.IsMarked(labels[i]))
                continue;
            if (Punycode.Decode(labels[i].AsSpan(Punycode.Prefix.Length)) is not { } decoded || !IsDecoded(decoded))
                return null;
            labels[i] = decoded;
        }

        var isBidi = labels.Exists(static label => Array.Exists(label, IdnLabel.IsRightToLeft));
        return labels.TrueForAll(label => IdnLabel.IsValid(label, isHost, isBidi)) ? labels : null;
    }

    private static List<int[]> Split(List<int> name)
    {
        var labels = new List<int[]>();
        for (var start = 0; start <= name.Count;)
        {
            var dot = name.IndexOf('.', start);
            var end = dot < 0 ? name.Count : dot;
            labels.Add([.. name[start..end]]);
            start = end + 1;
        }

        return labels;
    }

    // A label is written in Punycode only when it must be, and in one way only.
    private static bool IsDecoded(int[] label) =>
        label.Length <= LongestLabel && Array.Exists(label, static point => point >= 0x80) && !Punycode.IsMarked(label)
            && IdnaTable.Current.Compose(label).SequenceEqual(label);

    private static string Encoded(int[] label) => Array.Exists(label, static point => point >= 0x80)
        ? Punycode.Prefix + Punycode.Encode(label) : CodePoints.Text(label);

    // The name of the root has no length.
    private static bool IsCarried(string name)
    {
        var withoutRoot = name.EndsWith('.') ? name[..^1] : name;
        return withoutRoot.Length <= LongestNameOfDns
            && withoutRoot.Split('.').All(static label => label.Length is > 0 and <= LongestLabelOfDns);
    }
}

/// <summary>Whether a label may be one: https://www.unicode.org/reports/tr46/#Validity_Criteria.</summary>
internal static class IdnLabel
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    public static bool IsRightToLeft(int point) => IdnaTable.Current.Bidi(point) is BidiClass.R or BidiClass.AL or BidiClass.AN;

    /// <param name="label">Without Punycode, in form C.</param>
    /// <param name="isHost">Letters, digits and hyphens only, and these where they mean nothing else.</param>
    /// <param name="isBidi">Whether a label of the name has a letter that is written from the right.</param>
    public static bool IsValid(int[] label, bool isHost, bool isBidi)
    {
        if (label.Length == 0)
            return true;
        var table = IdnaTable.Current;
        return !table.IsMark(label[0])
            && Array.TrueForAll(label, point => point != '.' && table.IsValid(point) && !(isHost && IsNoLetterOfHosts(point)))
            && !(isHost && HasOddHyphen(label))
            && AreJoinersInPlace(label)
            && !(isBidi && IsMixed(label));
    }

    private static bool IsNoLetterOfHosts(int point) =>
        point < 0x80 && !(char.IsAsciiLetterLower((char)point) || char.IsAsciiDigit((char)point) || point == '-');

    private static bool HasOddHyphen(int[] label) => label[0] == '-' || label[^1] == '-' || label is [_, _, (int)'-', (int)'-', ..];

    /// <summary>https://www.rfc-editor.org/rfc/rfc5892#appendix-A.1 and A.2.</summary>
    private static bool AreJoinersInPlace(int[] label)
    {
        for (var i = 0; i < label.Length; i++)
        {
            if (label[i] is not (ZeroWidthJoiner or ZeroWidthNonJoiner))
                continue;
            var isBehindVirama = i > 0 && IdnaTable.Current.IsVirama(label[i - 1]);
            if (!isBehindVirama && !(label[i] == ZeroWidthNonJoiner && IsBetweenJoining(label, i)))
                return false;
        }

        return true;
    }

    private static bool IsBetweenJoining(int[] label, int at)
    {
        var table = IdnaTable.Current;
        var (before, after) = (at - 1, at + 1);
        while (before >= 0 && table.Joining(label[before]) == 'T')
            before--;
        while (after < label.Length && table.Joining(label[after]) == 'T')
            after++;
        return before >= 0 && after < label.Length
            && table.Joining(label[before]) is 'L' or 'D' && table.Joining(label[after]) is 'R' or 'D';
    }

    /// <summary>Whether it breaks the rule of https://www.rfc-editor.org/rfc/rfc5893#section-2.</summary>
    private static bool IsMixed(int[] label)
    {
        BidiClass[] classes = [.. label.Select(IdnaTable.Current.Bidi)];
        var last = Array.FindLast(classes, static one => one is not BidiClass.NSM);
        return classes[0] switch
        {
            BidiClass.R or BidiClass.AL =>
                Array.Exists(classes, static one => one is BidiClass.L)
                || last is not (BidiClass.R or BidiClass.AL or BidiClass.EN or BidiClass.AN)
                || (classes.Contains(BidiClass.EN) && classes.Contains(BidiClass.AN)),
            BidiClass.L =>
                Array.Exists(classes, static one => one is BidiClass.R or BidiClass.AL or BidiClass.AN)
                || last is not (BidiClass.L or BidiClass.EN),
            _ => true,
        };
    }
}
