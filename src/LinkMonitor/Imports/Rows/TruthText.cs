using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using LinkMonitor.Engine.Unicode;

namespace LinkMonitor.Imports.Rows;

/// <summary>What a cell says of whether the tool has found the link gone.</summary>
internal enum LossSign
{
    /// <summary>False, nothing, or a word for a link that is there.</summary>
    There,

    /// <summary>True, a day, or a word for a link that is gone.</summary>
    Gone,

    /// <summary>Anything else: nobody may guess which of the two it means.</summary>
    Unknown,
}

/// <summary>
/// Truth values as tools write them, and as spreadsheet programs in other languages save them again: all that LibreOffice has for its
/// locales (<c>i18npool/source/localedata/data</c>, <c>trueWord</c> and <c>falseWord</c>, 7.4), the names of <c>TRUE</c> and <c>FALSE</c>
/// in Excel and Google Sheets, and yes and no in the languages of Office (Unicode CLDR 48, <c>posix/messages</c>). A word that
/// means yes in one of these languages and no in another is left out.
/// </summary>
internal static class TruthText
{
    private const string YesWords =
        """
        adevărat, ano, bai, bana, benar, berdat, beru, braero, bɛ́ɛ̀ni, bẹ́ẹ̀ni, cert, choona, có, da, dhugaa, dogry, doğru,
        düz, egia, egiazkoa, eqqortoq, evet, exacte, eye, fíor, gaskiya, gwir, ha, halale, haqiqiy, hawa, hoi, hə, ie, igaz,
        igen, ih, istina, iva, ja, jah, jetnu, kituufu, kweli, kyllä, leres, marina, mpenzá, ndiyo, ngaŋwa, ngoho, nibyo,
        ntiyiso, oo, oui, patiess, patīss, po, prav, pravda, prawda, prawje, prowda, pudno, qiniso, rast, run, rétt, sand,
        sann, sant, satt, sim, sonn, sí, sɩda, tacno, taip, tak, taâ-tënë, te'ete, teisinga, teisingai, tha, tiesa, tiɲɛ,
        tjukaṟuru, tosi, točno, tru, true, tuod, tá, tõene, tõtõ, uthui, veira, veo, vera, verai, verdadeiro, verdadero,
        veritat, vero, vertat, veru, verum, vrai, vraiy, vre, vêr, waahr, waar, waaw, wahr, waor, wier, wouer, wěrno, ya,
        yebo, yes, yinyaniso, yiw, āe, đúng, ʻoiaʻiʻo, αληθες, αληθης, ναί, σωστό, ақиқат, виде, вярно, вѣ́рнѡ, да, истина,
        иә, ооба, правда, сапраўдна, тĕрĕс, так, тачно, тийм, точно, чын, чындык, істина, үнэн, ҳа, ҳаққонӣ, әйе, այո,
        ճշմարիտ, אמת, כן, ءيا, بله, درست, راست, صح, صحيح, نعم, ها, هو, ھەئە, ہاں, ठीक, सही, हय, होय, সত্য, হ্যাঁ, ਸਹੀ, ખરું,
        ସତ, ஆம், ஸரி, అవును, నిజము, ಸಹೀ, ಹೌದು, അതെ, ഉവ്വ്, ඔව්, จริง, ใช่, ແມ່ນແລ້ວ, ཨིན་, မှန်, კი, ჭეშმარიტი, ሓቂ, አውነት,
        አዎን, እወ, ត្រូវ, បាទ, はい, 是, 真, 确定, 예, 참
        """;

    private const string NoWords =
        """
        a si ngoho, ala, ao, aplams, asiyonyaniso, aʼa, been, breug, bɛ́ɛ̀kɔ́, bẹ́ẹ̀kọ́, cha, chabodza, chan eil, daabi,
        diso, déedet, ei, epätosi, eqqunngitsoq, ez, fals, falsa, falsch, false, falsk, falskt, falso, falsum, faltsua, falz,
        farsu, faus, faux, fauz, fałsz, fo, fäso, fås, gezurra, giaman, gua'u, hamis, hapana, hayir, hewa, hindi, jitfa,
        karya, không, klaidinga, kāo, laž, le, lepat, mamala, mba, mpenzá tɛ́, mpya, na, narobe, ne, nee, nei, nein, nej,
        nem, nepravda, net wier, netacno, neteisingai, netiesa, netočno, ngunti, nie, njewěrno, nkalon, no, no berdat, non,
        nu, não, níl, onwaar, oploms, palso, palsu, rangt, sai, salah, sibyo, sikweli, soba, soxta, ssi kituufu, teigha,
        tidak, ubbaw, usann, vals, vunwa, väär, võlsś, wopak, wätäkä, xara, yanlış, yox, yo‘q, zĩri, ósatt, ósonn, üi,
        ýalňyş, ýok, şaş, λάθος, ψευδες, ψευδης, авиде, брехня, жалган, жалған, жок, жоқ, йўқ, ло́жнѡ, ложь, не, невярно,
        неправда, несапраўдна, нет, нетачно, неточно, ні, суя, хибність, худал, юк, ялган, қалбакӣ, үгүй, կեղծ, ոչ, לא,
        פֿאַלש, שקר, جوق, خاطئ, خطأ, غلط, لا, نادرست, نه, نہيں, نہیں, ياق, يالغان, गलत, नहीं, नाही, बेठीक, होइन, নহয়,
        মিথ্যা, ਗਲਤ, ਨਹੀਂ, ખોટું, નહીં, ମିଛ, இல்லை, தப்ப, అపాదము, వద్దు, ಇಲ್ಲ, ಗಲತ್, അല്ല, නැත, เท็จ, ไม่ใช่, ບໍ່ແມ່ນ, མེན་,
        არა, მცდარი, ሓሶት, ሔሰት, አይ, ኣይፋልን, ខុស, ὄχι, いいえ, 伪, 假, 偽, 否, 否定, 거짓, 아니요
        """;

    private const int MostWord = 40;

    private static readonly SearchValues<char> ZeroTime = SearchValues.Create("T 0:.Z+");
    private static readonly SearchValues<char> ZeroDate = SearchValues.Create("0-/.: ");
    private static readonly SearchValues<char> BetweenDate = SearchValues.Create("-/.:");
    private static readonly SearchValues<char> NoWord = SearchValues.Create("#()<>/?!");

    private static readonly FrozenSet<string> Yes = Words(YesWords, ["1", "1.0", "1,0", "y", "x", "+"]);

    private static readonly FrozenSet<string> No = Words(NoWords, ["0", "0.0", "0,0", "0.00", "0,00", "n"]);

    private static readonly FrozenSet<string> Nothing = Words(
        string.Empty,
        ["", "-", "--", "–", "—", "null", "(null)", "<null>", "\\n", "none", "n/a", "n.a.", "na", "nan", "nat", "nil", "undefined"]);

    // What programs write for a time that is none: the zeros of their clocks.
    private static readonly FrozenSet<string> ZeroDays = FrozenSet.ToFrozenSet(
        ["0000-00-00", "0001-01-01", "1601-01-01", "1899-12-30", "1899-12-31", "1900-01-00", "1900-01-01", "1904-01-01", "1970-01-01"]);

    public static bool IsTrue(string? cell) => cell is not null && Has(Yes, cell);

    public static bool IsFalse(string? cell) => cell is not null && Has(No, cell);

    /// <summary>An empty cell, or a word for one.</summary>
    public static bool IsNothing(string cell) => Has(Nothing, cell) || IsZeroDay(cell);

    /// <summary>What a cell of a column for losses says: a truth value, when the link was lost, or in a word how it is.</summary>
    public static LossSign Loss(string cell) =>
        IsFalse(cell) || IsNothing(cell) || LossWords.SayThere(cell) ? LossSign.There
            : IsTrue(cell) || LossWords.SayGone(cell) || DayText.IsDay(cell) ? LossSign.Gone
            : LossSign.Unknown;

    /// <summary>The same of a column that says why a link was lost: then any words do, but not an error of a formula.</summary>
    public static LossSign Reason(string cell) =>
        Loss(cell) is not LossSign.Unknown and var sign ? sign : cell.StartsWith('#') ? LossSign.Unknown : LossSign.Gone;

    /// <summary>The same of a column that says whether the link is there.</summary>
    public static LossSign Live(string cell) =>
        IsTrue(cell) || IsNothing(cell) || LossWords.SayThere(cell) ? LossSign.There
            : IsFalse(cell) || LossWords.SayGone(cell) ? LossSign.Gone
            : LossSign.Unknown;

    private static bool IsZeroDay(string cell)
    {
        var text = cell.Trim();
        return (text.Length >= 10 && ZeroDays.Contains(text[..10]) && text.AsSpan(10).IndexOfAnyExcept(ZeroTime) < 0)
            || (text.Length >= 6 && text.AsSpan().IndexOfAnyExcept(ZeroDate) < 0 && text.AsSpan().ContainsAny(BetweenDate));
    }

    private static bool Has(FrozenSet<string> words, string cell) =>
        words.Contains(cell.Trim().ToLowerInvariant()) || (Plain(cell) is { Length: > 0 } plain && words.Contains(plain));

    private static FrozenSet<string> Words(string text, IEnumerable<string> others) => FrozenSet.ToFrozenSet(
        text.Split([',', '\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Plain).Concat(others));

    /// <summary>
    /// Letters without case and marks: programs change both (<c>YANLIŞ</c>, <c>ΣΩΣΤΟ</c>). Empty for what is no word or two.
    /// </summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        if (text.Length > MostWord || text.AsSpan().ContainsAny(NoWord))
            return string.Empty;
        foreach (var character in UnicodeText.WithoutMarks(text.ToLowerInvariant()))
        {
            if (char.IsDigit(character))
                return string.Empty;
            if (char.IsLetter(character))
                plain.Append(character switch { 'ı' => 'i', 'ς' => 'σ', 'ł' => 'l', 'đ' => 'd', 'ø' => 'o', _ => character });
        }

        return plain.ToString();
    }
}

/// <summary>A day, or a moment, as tools write it and as spreadsheet programs save it again.</summary>
internal static class DayText
{
    // Nobody has watched links before, and none was lost after.
    private const int FirstYear = 1990;
    private const int LastYear = 2199;

    // Days as Excel counts them, and seconds of Unix, of these years.
    private const double FirstSerial = 32_874;
    private const double LastSerial = 109_575;
    private const long FirstSecond = 631_152_000;
    private const long LastSecond = 7_258_118_400;

    private const int MostLength = 40;
    private const int MostMark = 4;

    private static readonly FrozenSet<string> Names = MonthsAndDays();

    public static bool IsDay(string cell)
    {
        var text = cell.Trim();
        return text.Length is > 0 and <= MostLength && (IsNumber(text) || IsDate(text));
    }

    private static bool IsNumber(string text) =>
        double.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && (IsPlainDay(text) || number is >= FirstSerial and <= LastSerial || number is >= FirstSecond and <= LastSecond
            || number is >= FirstSecond * 1000d and <= LastSecond * 1000d);

    private static bool IsPlainDay(string text) =>
        DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is >= FirstYear and <= LastYear;

    /// <summary>A year and a day or month in numbers, and beside them only names of months, days and zones.</summary>
    private static bool IsDate(string text)
    {
        if (Numbers(text) is not { Count: >= 2 } numbers)
            return false;
        return numbers.Exists(number => number is { Length: 4, Value: >= FirstYear and <= LastYear })
            ? numbers.Exists(number => number is { Length: <= 2, Value: >= 1 and <= 31 })
            : numbers.Count >= 3 && numbers.Take(3).All(number => number is { Length: <= 2, Value: >= 1 and <= 99 });
    }

    /// <summary>The numbers of a text, each with its count of digits; null when something else than a date is between them.</summary>
    private static List<(int Value, int Length)>? Numbers(string text)
    {
        List<(int Value, int Length)> numbers = [];
        for (var at = 0; at < text.Length;)
        {
            var end = at + 1;
            if (char.IsDigit(text[at]))
            {
                var value = 0;
                for (end = at; end < text.Length && char.IsDigit(text[end]); end++)
                    value = (int)Math.Min(1_000_000L, value * 10L + CharUnicodeInfo.GetDecimalDigitValue(text[end]));
                numbers.Add((value, end - at));
            }
            else if (char.IsLetter(text[at]))
            {
                while (end < text.Length && IsOfWord(text[end]))
                    end++;
                if (!IsName(text[at..end]))
                    return null;
            }
            else if (!IsBetween(text[at]))
            {
                return null;
            }

            at = end;
        }

        return numbers;
    }

    private static bool IsBetween(char character) => char.IsWhiteSpace(character)
        || "-/.,:+()'’،‐–".Contains(character, StringComparison.Ordinal) || char.GetUnicodeCategory(character) == UnicodeCategory.Format;

    // Marks are as short as T, Z, UTC, GMT, AM, de, г, 年: with a few letters nobody says that a link was not lost.
    private static bool IsName(string word) => Names.Contains(word.ToLowerInvariant()) || IsMark(word);

    private static bool IsMark(string word) => word is "T" or "Z" or "年" or "月" or "日" or "г" or "р" or "de" or "del" or "d"
        || (word.Length <= MostMark
            && word.ToUpperInvariant() is "UTC" or "GMT" or "AM" or "PM" or "CET" or "CEST" or "EST" or "EDT" or "PST" or "PDT");

    /// <summary>As ICU has them for all cultures.</summary>
    private static FrozenSet<string> MonthsAndDays() => CultureInfo.GetCultures(CultureTypes.NeutralCultures)
        .Select(culture => culture.DateTimeFormat)
        .SelectMany(format => (IEnumerable<string>)
        [
            .. format.MonthNames, .. format.MonthGenitiveNames, .. format.AbbreviatedMonthNames, .. format.AbbreviatedMonthGenitiveNames,
            .. format.DayNames, .. format.AbbreviatedDayNames,
        ])
        .Select(name => name.Trim('.', ' ').ToLowerInvariant()).Where(name => name.Length > 0 && name.All(IsOfWord))
        .ToFrozenSet();

    private static bool IsOfWord(char character) =>
        char.IsLetter(character) || char.GetUnicodeCategory(character) == UnicodeCategory.NonSpacingMark;
}

/// <summary>Words by which tools say of a link that it is there, or gone, in a column that may say other things in other files.</summary>
internal static class LossWords
{
    private static readonly FrozenSet<string> Gone = FrozenSet.ToFrozenSet(
    [
        "lost", "removed", "deleted", "gone", "dead", "missing", "dropped", "disappeared", "not found", "link lost", "link removed",
        "link not found", "lost link", "link deleted", "backlink lost", "not live", "not active", "nicht gefunden", "non trouvé",
        "no encontrado", "non trovato", "não encontrado", "niet gevonden", "nie znaleziono", "не найдена",
    ], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> There = FrozenSet.ToFrozenSet(
    [
        "live", "active", "found", "ok", "alive", "online", "new", "link found", "found link", "link active", "link live", "not lost",
        "still live", "aktiv", "gefunden", "neu", "actif", "trouvé", "activo", "encontrado", "attivo", "trovato", "ativo", "actief",
        "gevonden", "aktywny", "znaleziono", "активна", "найдена", "有効", "有效",
    ], StringComparer.OrdinalIgnoreCase);

    // How "lost", "removed" and "deleted" begin where they are inflected, without accents.
    private static readonly string[] Stems =
    [
        "verlor", "verlust", "entfernt", "gelosch", "perdu", "supprim", "perdid", "elimina", "borrad", "perduto", "rimoss", "removid",
        "excluid", "verwijderd", "utracon", "usuniet", "ztrac", "odstran", "straten", "izgub", "uklonjen", "izbris", "forlorad", "borttag",
        "mistet", "fjernet", "slettet", "menetet", "poistet", "kadon", "elvesz", "torolt", "eltavolit", "pierdut", "sters", "kaybed",
        "silindi", "silinmis", "kaldırıl", "kayıp", "потер", "утрач", "удал", "втрач", "видал", "изгубен", "премахнат", "изтрит", "χαμέν",
        "διαγραμμέν", "hilang", "dihapus",
    ];

    private static readonly FrozenSet<string> Whole = FrozenSet.ToFrozenSet(
    [
        "lost", "removed", "deleted", "gone", "dead", "dropped", "disappeared", "perso", "persa", "persi", "perse", "perte",
        "perdida", "tabt", "tapt", "fjernet", "kwijt", "אבוד", "אבד", "נמחק", "הוסר", "مفقود", "محذوف", "ضائع",
    ]);

    private static readonly string[] Signs =
    [
        "消失", "削除", "失われた", "喪失", "被リンク切れ", "丢失", "丟失", "失效", "已删除", "已刪除", "遗失", "遺失", "流失", "손실", "삭제", "유실",
        "소실",
    ];

    private static readonly string[] Reasons =
        ["reason", "grund", "ursache", "motif", "raison", "motivo", "causa", "powod", "причина", "cause", "理由", "原因", "이유"];

    /// <summary>The word says one or the other.</summary>
    public static bool IsKnown(string cell) => SayGone(cell) || SayThere(cell);

    public static bool SayGone(string? cell) => cell is not null && !SayThere(cell)
        && (Gone.Contains(cell.Trim()) || (Tokens(cell) is [var only] && IsGone(only)));

    public static bool SayThere(string cell) => There.Contains(cell.Trim());

    /// <summary>The name of a column has a word for a loss in it: <c>Lien perdu</c>, <c>FlagDeleted</c>, <c>Removed</c>.</summary>
    public static bool IsNameOfLosses(string name) => Tokens(name).Any(IsGone);

    /// <summary>The column says why a link was lost.</summary>
    public static bool IsNameOfReasons(string name) =>
        HeaderNames.LossReasons.Contains(HeaderNames.Plain(name)) || Tokens(name).Any(token => Array.Exists(Reasons, token.Contains));

    private static bool IsGone(string token) =>
        Whole.Contains(token) || Array.Exists(Stems, token.StartsWith) || Array.Exists(Signs, token.Contains);

    /// <summary>The words of a name, parted also where a capital letter follows a small one.</summary>
    private static List<string> Tokens(string name)
    {
        var (tokens, start) = (new List<string>(), 0);
        name = UnicodeText.Compose(name);
        for (var at = 0; at <= name.Length; at++)
        {
            var isEnd = at == name.Length || !char.IsLetter(name[at]);
            if (!isEnd && !(at > start && char.IsUpper(name[at]) && char.IsLower(name[at - 1])))
                continue;
            if (HeaderNames.Plain(name[start..at]) is { Length: > 0 } token)
                tokens.Add(token);
            start = isEnd ? at + 1 : at;
        }

        return tokens;
    }
}

/// <summary>Words by which tools say that a page reaches the target otherwise than by an anchor.</summary>
internal static class KindWords
{
    private static readonly string[] NoAnchor =
        [
            "frame", "iframe", "form", "redirect", "canonical", "mention", "rss", "alternate", "script", "framelink", "redirectlink",
            "mentionlink",
        ];

    public static bool SayNoAnchor(string cell) => NoAnchor.Contains(HeaderNames.Plain(cell));
}
