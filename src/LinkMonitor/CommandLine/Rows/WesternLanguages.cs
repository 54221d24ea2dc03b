namespace LinkMonitor.CommandLine.Rows;

/// <summary>How words of western European languages are written, as far as it tells encodings apart.</summary>
internal static class WesternLanguages
{
    // Words of western languages have no four accented letters in a row; Cyrillic, Greek, Hebrew or Japanese words have little else.
    private const int LongestAccentedRun = 3;

    /// <summary>The letters beyond ASCII of German, French, Spanish, Portuguese, Italian, Catalan, the Nordic languages, Dutch and Estonian.</summary>
    private static readonly string[] Alphabets =
    [
        "äöüßéàê", "àâæçéèêëîïôœùûüÿ", "áéíóúüñç", "áâãàçéêíóôõúü", "àèéìíòóùî", "àèéíïòóúüç", "æøåéòôêü", "åäöéàüšž", "ëïéèöüáíóúêç", "äöüõšž",
    ];

    private static readonly string[] NoPrefix = [];

    /// <summary>
    /// How words begin that have one of these capitals and then small letters. The same bytes are small letters in other encodings, with which many words
    /// begin (é, ê, ö).
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
        ['Ë'] = NoPrefix, ['Ã'] = NoPrefix, ['Ò'] = NoPrefix, ['Ì'] = NoPrefix, ['Ù'] = NoPrefix, ['Û'] = NoPrefix, ['Ï'] = NoPrefix, ['Ý'] = NoPrefix, ['Ô'] = NoPrefix,
    };

    public static bool IsVowel(char letter) => "aeiouyäöüáéíóúýàèùìòâêîôûëïåæøœąęěůőűăãõ".Contains(char.ToLowerInvariant(letter), StringComparison.Ordinal);

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
        if (IsForeign(word) || "ìòùëïûñßôÿœ".Contains(word[0], StringComparison.Ordinal) || "ñîïûôâçæœÆŒ".Contains(word[^1], StringComparison.Ordinal))
            return true;
        if (Beginnings.TryGetValue(word[0], out var rest) && word.Length > 1 && char.IsLower(word[1])
            && !Array.Exists(rest, begin => word.AsSpan(1).StartsWith(begin, StringComparison.Ordinal)))
            return true;
        if (word.Length > 2 && word[0] > '\u007F' && char.IsUpper(word[0]) && char.IsUpper(word[1]) && char.IsLower(word[2]))
            return true;
        if (word.Length > 1 && word[0] is 'Á' or 'á' && IsVowel(word[1]))
            return true;
        for (var at = 0; at < word.Length; at++)
        {
            var (before, after) = (at > 0 ? word[at - 1] : ' ', at + 1 < word.Length ? word[at + 1] : ' ');
            if (word[at] switch
            {
                'ù' or 'ì' => at + 1 < word.Length,
                'õ' or 'Õ' => after is not ('e' or 'E'),
                'ß' => !IsVowel(before),
                'ä' => after is 'e',
                'ú' => after is 'u' or 'i',
                _ => false,
            })
                return true;
        }

        return false;
    }
}
