using System.Text.RegularExpressions;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Unicode;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Absences;

/// <summary>
/// The page answers with success, and says in its title, its heading or its few words that there is no such page; or it is a copy of the
/// home page. Source: https://developers.google.com/search/docs/crawling-indexing/troubleshoot-crawling-errors#soft-404-errors
/// </summary>
internal sealed class Soft404 : IAbsenceRule
{
    // What says so anywhere in its text must be little else.
    private const int LongestMessage = 400;

    private const int LongestQuoted = 120;

    // A copy of a page this short may be any empty template.
    private const int ShortestCopy = 100;

    public Absence? Explain(AbsenceContext context)
    {
        if (PlaceOf(context) is not { } place)
            return null;

        return new Absence(VerdictState.Lost, new Reason
        {
            Code = ReasonCode.Soft404,
            Message = (place == "home page"
                ? "The page shows a copy of the site's home page instead of its own content: "
                : context.Observation.Status is { } status
                    ? $"The page answers with a success status ({status}), but its {place} says that there is no such page "
                        + $"({Said(context, place)}): "
                    : $"The {place} of the page says that there is no such page ({Said(context, place)}): ") + Advice(context),
            Found = place,
        });
    }

    private static string Said(AbsenceContext context, string place)
    {
        var said = place switch { "title" => context.Page.Title, "heading" => context.Page.Heading, _ => context.Page.Text };
        return $"“{ShortText.Cut(said, LongestQuoted)}”";
    }

    // Nothing can be brought back that nobody has seen there.
    private static string Advice(AbsenceContext context) => context.Baseline is null && context.Memory.Known is null
        ? "check its address, or ask the site's owner where the page is."
        : "ask the site's owner to bring it back.";

    private static string? PlaceOf(AbsenceContext context)
    {
        var page = context.Page;
        if (NotFoundPhrases.IsIn(page.Title))
            return "title";
        if (NotFoundPhrases.IsIn(page.Heading))
            return "heading";
        if (page.Text.Length <= LongestMessage && NotFoundPhrases.IsSaidIn(page.Text))
            return "text";
        return IsHomePage(context) ? "home page" : null;
    }

    private static bool IsHomePage(AbsenceContext context)
    {
        var page = context.Page;
        return !PageRedirected.IsHome(page.Url)
            && page.Canonical is { } canonical && PageRedirected.IsHome(canonical)
            && context.Observation.Canonical?.Reading is { } home
            && page.Text.Length >= ShortestCopy
            && page.Title == home.Title && page.Text == home.Text;
    }
}

/// <summary>
/// The table of what pages call themselves that are not there, in several languages. "Not available" is not among it: it is said as much of
/// a page that comes back in a minute.
/// </summary>
internal static partial class NotFoundPhrases
{
    private const int ShortestSaid = 9;

    // Chinese and its like say it in five characters.
    private const int ShortestSaidElsewhere = 5;

    /// <summary>Whole parts of titles and headings, in lower case, without punctuation at the ends.</summary>
    private static readonly HashSet<string> Whole = new(StringComparer.Ordinal)
    {
        // English
        "not found", "page not found", "the page was not found", "page cannot be found", "page can't be found", "that page can't be found",
        "oops! that page can't be found", "oops, that page can't be found", "this page can't be found",
        "page doesn't exist", "page does not exist", "this page does not exist",
        "this page doesn't exist", "the page you requested was not found", "the requested page could not be found",
        "the page you are looking for could not be found", "the page you were looking for doesn't exist", "we can't find that page",
        "we couldn't find that page", "we can't find the page you're looking for", "sorry, page not found", "oops! page not found",
        "article not found", "post not found", "content not found", "file not found", "document not found", "product not found",
        "nothing found", "page has been removed", "this page has been removed", "this article is no longer available",
        "this page is no longer available", "content no longer available", "error 404", "404 error", "404 not found", "404 page not found",
        "http 404", "404", "410 gone", "page gone",

        // German
        "seite nicht gefunden", "seite wurde nicht gefunden", "die seite wurde nicht gefunden", "diese seite wurde nicht gefunden",
        "nicht gefunden", "seite existiert nicht", "diese seite existiert nicht", "artikel nicht gefunden",
        "fehler 404", "404 fehler", "inhalt nicht gefunden",

        // French
        "page non trouvée", "page introuvable", "page non trouvee", "cette page n'existe pas", "cette page est introuvable",
        "la page demandée n'existe pas", "erreur 404",
        "page inexistante", "contenu introuvable", "article introuvable",

        // Spanish
        "página no encontrada", "pagina no encontrada", "no encontrado", "la página no existe", "esta página no existe",
        "no se encontró la página", "no se ha encontrado la página",
        "contenido no encontrado",

        // Italian
        "pagina non trovata", "la pagina non esiste", "questa pagina non esiste", "contenuto non trovato", "errore 404",
        "pagina inesistente",

        // Portuguese
        "página não encontrada", "pagina nao encontrada", "não encontrado", "esta página não existe", "erro 404", "conteúdo não encontrado",

        // Dutch
        "pagina niet gevonden", "niet gevonden", "deze pagina bestaat niet", "de pagina is niet gevonden", "fout 404",

        // Polish, Czech, Slovak, Hungarian, Romanian
        "nie znaleziono strony", "strona nie została znaleziona", "strona nie istnieje", "błąd 404", "stránka nenalezena",
        "stránka nebyla nalezena", "stránka neexistuje", "stránka sa nenašla", "chyba 404", "az oldal nem található",
        "a keresett oldal nem található", "pagina nu a fost găsită", "pagina nu a fost gasita",

        // Danish, Norwegian, Swedish, Finnish
        "siden blev ikke fundet", "siden findes ikke", "siden ble ikke funnet", "siden finnes ikke", "sidan kunde inte hittas",
        "sidan hittades inte", "sidan finns inte",
        "sivua ei löytynyt", "sivua ei löydy", "fejl 404", "fel 404",

        // Russian, Ukrainian, Turkish, Greek
        "страница не найдена", "страница не существует", "ошибка 404", "сторінку не знайдено", "помилка 404", "sayfa bulunamadı",
        "hata 404", "η σελίδα δεν βρέθηκε",

        // Japanese, Chinese, Korean, Vietnamese, Indonesian, Arabic, Hebrew
        "ページが見つかりません", "ページが見つかりませんでした", "お探しのページは見つかりません", "お探しのページは見つかりませんでした", "页面不存在", "页面未找到", "找不到页面", "找不到網頁",
        "頁面不存在", "您访问的页面不存在", "페이지를 찾을 수 없습니다", "không tìm thấy trang", "halaman tidak ditemukan", "الصفحة غير موجودة", "הדף לא נמצא",
    };

    /// <summary>
    /// Whether a title or heading, or one of its parts, is such a phrase. One that only talks of it ("How to fix Page not found") is not.
    /// </summary>
    public static bool IsIn(string title) =>
        TitleParts.Of(title).Any(
            part => Whole.Contains(part)
                || (NumberFirst().Match(part) is { Success: true } match && Whole.Contains(match.Groups[1].Value)));

    /// <summary>Whether a text this short says so anywhere.</summary>
    public static bool IsSaidIn(string text)
    {
        var lower = text.ToLowerInvariant().Replace('’', '\'');
        return Whole.Any(
            phrase => phrase.Length >= (char.IsAscii(phrase[0]) ? ShortestSaid : ShortestSaidElsewhere)
                && lower.Contains(phrase, StringComparison.Ordinal));
    }

    /// <summary>"404 page not found", "error 404: page not found".</summary>
    [GeneratedRegex(@"^(?:error |http )?404\W*(.+)$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex NumberFirst();
}
