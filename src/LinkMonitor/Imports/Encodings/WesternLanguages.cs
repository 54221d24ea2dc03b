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
