namespace LinkMonitor.Imports.Encodings;

/// <summary>How words of western European languages are written, as far as it tells encodings apart.</summary>
internal static class WesternLanguages
{
    // Words of western languages have no four accented letters in a row; Cyrillic, Greek, Hebrew or Japanese words have little else.
    private const int LongestAccentedRun = 3;

    /// <summary>
    /// The letters beyond ASCII of German, French, Spanish, Portuguese, Italian, Catalan, the Nordic languages, Dutch and Estonian.
    /// </summary>
    private static readonly string[] Alphabets =
    [
        "äöüßéàê", "àâæçéèêëîïôœùûüÿ", "áéíóúüñç", "áâãàçéêíóôõúü", "àèéìíòóùî", "àèéíïòóúüç", "æøåéòôêü", "åäöéàüšž", "ëïéèöüáíóúêç",
            "äöüõšž",
    ];

    private static readonly string[] NoPrefix = [];

    /// <summary>
    /// How words begin that have one of these capitals and then small letters. The same bytes are small letters in other encodings, with
    /// which many words begin (é, ê, ö).
    /// </summary>
    private static readonly Dictionary<char, string[]> Beginnings = new()
    {
        ['Ú'] = ["lti", "nic", "til", "rsu", "bed", "lce"],
        ['Í'] = ["ndi", "nti", "ntr", "nte", "nfi", "con", "car", "dol", "tac", "tal", "tem", "ber"],
        ['Ó'] = ["sca", "pti", "per", "rga", "rde", "xid", "leo", "mni", "bit", "val"],
        ['È'] = ["ve", "re"],
        ['Ê'] = ["tre", "tes"],
        ['Â'] = ["ge", "me"],
        ['Œ'] = ["uv", "il", "dip", "so", "no", "cu"],
        ['Ë'] = NoPrefix,
        ['Ã'] = NoPrefix,
        ['Ò'] = NoPrefix,
        ['Ì'] = NoPrefix,
        ['Ù'] = NoPrefix,
        ['Û'] = NoPrefix,
        ['Ï'] = NoPrefix,
        ['Ý'] = NoPrefix,
        ['Ô'] = NoPrefix,
    };

    public static bool IsVowel(char letter) =>
        "aeiouyäöüáéíóúýàèùìòâêîôûëïåæøœąęěůőűăãõ".Contains(char.ToLowerInvariant(letter), StringComparison.Ordinal);

    /// <summary>No western word is written so.</summary>
    public static bool IsForeign(string word)
    {
        var run = 0;
        foreach (var letter in word)
        {
            run = letter > '\u007F' ? run + 1 : 0;
            if (run > LongestAccentedRun)
                return true;
        }

        return !Array.Exists(Alphabets, alphabet => word.All(letter =>
            letter <= '\u007F' || alphabet.Contains(char.ToLowerInvariant(letter), StringComparison.Ordinal)));
    }

    /// <summary>Stricter: what no western language has in this place of a word, though it has the letter.</summary>
    public static bool IsUnlikely(string word)
    {
        if (IsForeign(word) || "ìòùëïûñßôÿœ".Contains(word[0], StringComparison.Ordinal)
            || "ñîïûôâçæœÆŒ".Contains(word[^1], StringComparison.Ordinal))
            return true;
        if (Beginnings.TryGetValue(word[0], out var rest) && word.Length > 1 && char.IsLower(word[1])
            && !Array.Exists(rest, begin => word.AsSpan(1).StartsWith(begin, StringComparison.Ordinal)))
            return true;
        if (word.Length > 1 && word[0] is 'Á' or 'á' && IsVowel(word[1]))
            return true;
        for (var at = 0; at < word.Length; at++)
        {
            if (word[at] <= '\u007F')
                continue;
            var (before, after, next) = (At(word, at - 1), At(word, at + 1), At(word, at + 2));
            if (char.IsUpper(word[at]) && (char.IsLower(after) ? at > 0 : char.IsUpper(after) && char.IsLower(next)))
                return true;
            if (char.ToLowerInvariant(word[at]) switch
            {
                'ù' or 'ì' => at + 1 < word.Length,
                'õ' => after is not ('e' or 'E'),
                'ã' => after is not (' ' or 'o' or 'e' or 's' or 'O' or 'E' or 'S'),
                'ñ' => !IsVowel(after),
                'û' => !" trlcmgTRLCMG".Contains(after, StringComparison.Ordinal),
                'ë' => before is 'i' or 'I',
                'ß' => !IsSharp(word, at, before),
                'ä' => after is 'e',
                'ú' => after is 'u' or 'i',
                _ => false,
            })
                return true;
        }

        return false;
    }

    /// <summary>ß stands behind a long vowel or a diphthong.</summary>
    private static bool IsSharp(string word, int at, char before) => char.ToLowerInvariant(before) switch
    {
        'i' => At(word, at - 2) is 'e' or 'a' or 'E' or 'A',
        'u' => At(word, at - 2) is not ('c' or 'q'),
        _ => IsVowel(before),
    };

    private static char At(string word, int at) => at >= 0 && at < word.Length ? word[at] : ' ';
}

/// <summary>
/// Whether a word may be one of the languages that windows-1250 is for. Most of its letters are those of windows-1252; a word with one of
/// the others is checked letter by letter, and letters that French and Spanish have in that place only are none of these languages'.
/// </summary>
internal static class CentralLanguages
{
    /// <summary>
    /// Polish, Czech, Slovak, Hungarian, Romanian, and Croatian with Slovene: letters beyond ASCII, and ASCII letters that are not used.
    /// </summary>
    private static readonly (string Letters, string Unused)[] Alphabets =
    [
        ("ąćęłńóśźż", "qvx"), ("áčďéěíňóřšťúůýž", "qwx"), ("áäčďéíĺľňóôŕšťúýž", "qwx"), ("áéíóöőúüű", "qwx"), ("ăâîşţ", "qwyk"),
            ("čćđšž", "qwxy"),
    ];

    private static readonly string[] GraveEndings = ["re", "me", "te", "ge", "ve", "de", "se", "le", "ne", "ze", "be", "pe", "ce", "que",
        "che", "gne", "gue", "tre", "vre", "gle", "cle", "bre", "dre"];

    public static bool IsPossible(string text)
    {
        var word = text.ToLowerInvariant();
        if (!Array.Exists(Alphabets, alphabet => word.All(letter => letter <= '\u007F'
            ? !alphabet.Unused.Contains(letter, StringComparison.Ordinal)
            : alphabet.Letters.Contains(letter, StringComparison.Ordinal))))
            return false;
        for (var at = 0; at < word.Length; at++)
        {
            if (word[at] > '\u007F' && !IsInPlace(word, at))
                return false;
        }

        return true;
    }

    private static bool IsInPlace(string word, int at)
    {
        var (before, after) = (at > 0 ? word[at - 1] : ' ', at + 1 < word.Length ? word[at + 1] : ' ');
        var (isFirst, isLast) = (before == ' ', after == ' ');
        return word[at] switch
        {
            // Before a vowel Polish writes an i instead of the stroke; Spanish has ñ nowhere else, French œ mostly.
            'ń' => !isFirst && WesternLanguages.IsVowel(before) && !WesternLanguages.IsVowel(after),
            'ś' or 'ź' => !WesternLanguages.IsVowel(after),
            'č' => !IsGrave(word, at) && !(isLast && before is 'f'),
            'ę' => !isFirst && (before is 'i' || !WesternLanguages.IsVowel(before)) && !IsCircumflex(word, at)
                && !word.AsSpan(at + 1).StartsWith("tre", StringComparison.Ordinal)
                && !word.AsSpan(at + 1).StartsWith("me", StringComparison.Ordinal),
            'ŕ' or 'ĺ' => !isFirst && !isLast && !WesternLanguages.IsVowel(before) && !WesternLanguages.IsVowel(after)
                && before is not ('r' or 'l') && after is not ('r' or 'l'),
            'ů' => !isFirst && !WesternLanguages.IsVowel(before) && !WesternLanguages.IsVowel(after),
            'ő' or 'ű' => (before is 'y' || !WesternLanguages.IsVowel(before))
                && !(before is 'l' or 'r' && at > 1 && !WesternLanguages.IsVowel(word[at - 2])),
            'ň' => before is 'ŕ' || WesternLanguages.IsVowel(before),
            'ď' => isLast || WesternLanguages.IsVowel(after) || after is 'k' or 'm',
            'ř' => before is not 'r' && after is not 'r',
            'ă' => after is not 'o',
            'ł' => !isLast || before is not 'm',
            _ => true,
        };
    }

    /// <summary>The place of ê in French before t: 'fête', 'forêt'.</summary>
    private static bool IsCircumflex(string word, int at)
    {
        var rest = word.AsSpan(at + 1);
        return rest.StartsWith("te", StringComparison.Ordinal)
            ? word[at - 1] is 'f' or 't' or 'b' or 'h'
            : rest is "t" or "ts" && word[at - 1] == 'r' && at > 1 && (WesternLanguages.IsVowel(word[at - 2]) || word[at - 2] == 'r');
    }

    /// <summary>Slavic words end in -ične and -ičce, the latter behind another syllable: French has 'pièce'.</summary>
    private static bool IsSlavicEnding(string word, int at, ReadOnlySpan<char> rest) => rest[0] switch
    {
        'n' or 's' => true,
        'c' => !rest.StartsWith("cle", StringComparison.Ordinal) && word[..(at - 1)].Any(WesternLanguages.IsVowel),
        _ => false,
    };

    /// <summary>
    /// The place of è in French: behind a consonant or i, and before the last syllable, which has a mute e; or before the last s.
    /// </summary>
    private static bool IsGrave(string word, int at)
    {
        var before = at > 0 ? word[at - 1] : ' ';
        if (before == ' ' || (WesternLanguages.IsVowel(before) && before is not ('i' or 'u')))
            return false;
        var rest = word.AsSpan(at + 1);
        if (rest is "s")
            return true;
        var isSyllabic = before is 'r' or 'l' && at > 1 && !WesternLanguages.IsVowel(word[at - 2]);
        if (rest.Length == 0 || (before is 'i' or 'u' && IsSlavicEnding(word, at, rest)) || (isSyllabic && rest[0] is 'n'))
            return false;
        foreach (var ending in GraveEndings)
        {
            if (rest.StartsWith(ending, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
