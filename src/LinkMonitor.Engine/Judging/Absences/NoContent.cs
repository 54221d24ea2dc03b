using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Judging.Rules;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Unicode;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Absences;

/// <summary>
/// A page that shows nothing without scripts proves nothing: not one link, and either no text outside noscript, or only a few words that
/// ask for scripts or patience.
/// </summary>
internal sealed class NoContent : IAbsenceRule
{
    // A waiting page says little; an article of this length that mentions JavaScript is an article.
    private const int MaxShellLength = 300;

    private static readonly string[] ShellWords = ["javascript", "loading", "please wait", "redirecting", "enable cookies"];

    public Absence? Explain(AbsenceContext context)
    {
        var page = context.Page;
        if (context.IsKnownPage || page.Links.Count > 0 || (page.Text.Length > page.NoscriptLength && !IsShell(page.Text)))
            return null;

        return new Absence(VerdictState.Unknown, new Reason
        {
            Code = ReasonCode.NoContent,
            Message =
                "The page came without content, like pages that a script writes or that failed half-way, so we cannot tell whether the "
                    + "link is there: " +
                "open it in a browser.",
        });
    }

    private static bool IsShell(string text) =>
        text.Length <= MaxShellLength && ShellWords.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}

/// <summary>
/// A script writes what the page shows: the element that a framework fills came empty, and there is next to no text besides. We run no
/// scripts, so we cannot tell. Source: https://developers.google.com/search/docs/crawling-indexing/javascript/javascript-seo-basics
/// </summary>
internal sealed class ScriptOnly : IAbsenceRule
{
    // A menu and a footer may come from the server; an article does not fit in here.
    private const int LongestShell = 500;

    public Absence? Explain(AbsenceContext context)
    {
        var page = context.Page;
        if (context.IsKnownPage || page.ShellRoot is not { } root || page.Text.Length - page.NoscriptLength > LongestShell)
            return null;

        return Absence.Unknown(
            ReasonCode.ScriptOnly,
            $"The page is an empty shell ({root}) that a script fills in the reader's browser, and we run no scripts, so we cannot tell "
                + $"whether the link is there: " +
            "open it in a browser.",
            root);
    }
}

/// <summary>
/// The page came, but not the part of it in which the link stood: its neighbours are there, and between them stands what a server or a
/// program leaves when it has nothing to put there. An author who takes a link out leaves nothing there, or text in the form of the page's
/// other text. See docs/decisions/0050-parts-that-failed-and-redirectors.md.
/// </summary>
internal sealed class FailedPart : IAbsenceRule
{
    // A message of a program is a sentence or two.
    private const int LongestMessage = 300;

    // A heading that stays above the part, the name of a button.
    private const int MostBeside = 40;

    public Absence? Explain(AbsenceContext context)
    {
        if (context.Memory.Place is not var (before, after) || context.Memory.Known is not { } known)
            return null;
        var page = context.Page;
        var gap = SurvivingPlace.Gap(page.Text, before, after);
        if (gap is var (from, to)
            && (Failed(page, from, to) ?? Login(context, from, to) ?? Instead(context, from, to, before + after, isPart: false)
                ?? Withheld(context, before, after, gap)) is { } atLink)
            return atLink;
        if (PartEdges.Gap(page.Text, known.Beside?.Around, before, after) is var (start, end, edges)
            && ((known.HadFailedPart ? null : Failed(page, start, end)) ?? Instead(context, start, end, edges, isPart: true)
                ?? CutList(context, start, end)) is { } atPart)
            return atPart;
        if (gap is not null)
            return null;
        return !known.HadFailedPart && ServerFailure.InPage(page) is { } sign
            ? Tell(
                ReasonCode.ServerError, $"a part of the page failed on its server ({sign}), and what stood around the link is gone with it")
            : Withheld(context, before, after, null);
    }

    private static Absence? CutList(AbsenceContext context, int from, int to) =>
        new WithheldText(context.Page, context.Memory.Known!, "", "").SignOfList(from, to) is { } sign
            ? Tell(ReasonCode.PageShrunk, sign)
            : null;

    private static Absence? Withheld(AbsenceContext context, string before, string after, (int From, int To)? gap) =>
        new WithheldText(context.Page, context.Memory.Known!, before, after).Sign(gap) is { } sign
            ? Tell(ReasonCode.PageShrunk, sign)
            : null;

    // Forums show links to their members only. The anchor that stays without its link is the author's doing.
    private static Absence? Login(AbsenceContext context, int from, int to)
    {
        var page = context.Page;
        var text = page.Text[from..to].Trim();
        var isLogin = text.Length is > 0 and <= LongestMessage && !KeepsAnchor(context, text) && !LeadsOut(page, from, to)
            && page.Links.Any(link => link.TextStart >= from && link.TextEnd <= to && link.TextEnd > link.TextStart
                && link.Url is { IsHttp: true } url && SiteTies.IsOfAccounts(url));
        return isLogin ? Tell(ReasonCode.Blocked, $"in the link's place readers are asked to log in: {Quoted(text)}") : null;
    }

    private static Absence? Failed(PageReading page, int from, int to)
    {
        foreach (var part in page.Shape.StandIns)
        {
            if (part.Kind is StandInKind.Directive && part.Start >= from && part.Start <= to)
                return Tell(
                    ReasonCode.ServerError, $"in the link's place stands an order to the server that it did not carry out ({part.Name})");
        }

        var text = page.Text[from..to].Trim();
        return ServerFailure.Of(text) is { } sign
            ? Tell(ReasonCode.ServerError, $"in the link's place stands {sign}: {Quoted(text)}")
            : null;
    }

    /// <summary>What a program shows instead of its content: dressed unlike the page's own text, and with no link to go to.</summary>
    /// <param name="isPart">Whether it is the place of a list or another part; there a form may have stood as well.</param>
    private static Absence? Instead(AbsenceContext context, int from, int to, string around, bool isPart)
    {
        var page = context.Page;
        var text = page.Text[from..to].Trim();
        if (text.Length is 0 or > LongestMessage || KeepsAnchor(context, text) || LeadsOut(page, from, to))
            return null;
        var parts = page.Shape.StandIns.Where(part => part.End > part.Start && part.Start >= from && part.End <= to);
        foreach (var part in parts)
        {
            var own = page.Text[part.Start..part.End].Trim();
            if (around.Contains(own, StringComparison.Ordinal) || !IsAlone(page, part, own, text)
                || (isPart && part.Kind is StandInKind.Button && !IsNew(context, part, own)))
                continue;
            return Tell(ReasonCode.PageShrunk, $"in the link's place stands {Word(part)} instead of content: {Quoted(text)}");
        }

        return null;
    }

    // The text of the link that stayed without it is the author's doing.
    private static bool KeepsAnchor(AbsenceContext context, string text) =>
        (context.Memory.LastAnchor ?? context.Baseline?.Anchor) is { Length: > 0 } anchor && AnchorText.IsIn(anchor, text);

    private static bool LeadsOut(PageReading page, int from, int to) => page.Links.Any(
        link => link.TextStart >= from && link.TextEnd <= to
            && link.Url is { IsHttp: true } url && LinkMark.HostOf(url) != LinkMark.HostOf(page.Url));

    // A button that others are like ("Reply") belongs to the page.
    private static bool IsAlone(PageReading page, StandIn part, string own, string text) => part.Kind is StandInKind.Button
        ? page.Shape.StandIns.Count(other => other.Kind is StandInKind.Button && page.Text[other.Start..other.End].Trim() == own) == 1
        : text.Length - own.Length <= MostBeside;

    private static bool IsNew(AbsenceContext context, StandIn button, string name) =>
        button.Name != StandIn.OfForm && context.Memory.Known?.Controls?.Contains(PageControl.MarkOf(name)) == false;

    private static string Word(StandIn part) => part.Kind switch
    {
        StandInKind.Button => "a button",
        StandInKind.Notice => $"a notice ({part.Name})",
        _ => $"a block unlike the page's other text ({part.Name})",
    };

    private static Absence Tell(ReasonCode code, string sign) => Absence.Unknown(
        code,
        $"The part of the page where the link stood did not come: {sign}. We cannot tell whether the link is there: open it in a browser.",
        sign);

    private static string Quoted(string text) => $"“{ShortText.Cut(text, 120)}”";
}

/// <summary>
/// A text that readers get in full at a click: the one that held the link was cut off, or a comment was folded away. What tells is the
/// control that stands in its place, and was not there before: a button, or a link to the page itself.
/// </summary>
/// <param name="known">The page when the link was last seen on it.</param>
/// <param name="before">What stood before the link.</param>
/// <param name="after">What stood after it.</param>
internal sealed class WithheldText(PageReading page, KnownPage known, string before, string after)
{
    private const int LongestLabel = 40;

    // From the control to what stood below the text that it withholds: "Reply", a number of hearts.
    private const int MostBetween = 200;

    // Pages that offer more are no text that was cut.
    private const int MostControls = 200;

    private readonly PageControl[] _controls = [.. PageControl.Of(page).Take(MostControls)];

    /// <summary>What stands there, as the end of a sentence; null for nothing of the kind.</summary>
    /// <param name="gap">The place between the link's neighbours, when both are there.</param>
    public string? Sign((int From, int To)? gap)
    {
        if (gap is null && IsThere(before, fromEnd: true))
            return null;
        foreach (var control in _controls)
        {
            var isInGap = gap is var (from, to) && control.Start >= from && control.End <= to;
            if (WasThere(control) || !(isInGap || (gap is null && Follows(control.End, MostBetween))))
                continue;
            if (IsCut(control.Start))
                return $"the text that held the link is cut off ({Quoted(control)})";
            if (IsOfComments && IsOffer(control) && IsOnly(control) && (isInGap || Follows(control.End, LongestLabel)))
                return $"the comment that held the link is folded away ({Quoted(control)})";
        }

        return IsOfComments && gap is null && !IsBelowThere && NewButton() is { } button
            ? $"the comments about the link are folded away ({Quoted(button)})" : null;
    }

    /// <summary>
    /// The same of a list that shows its first entries only, above a control that is new and the only one of its name: what stood below the
    /// list is below that now.
    /// </summary>
    /// <param name="from">Where the list begins.</param>
    /// <param name="to">Where what stood below it begins.</param>
    public string? SignOfList(int from, int to)
    {
        if (IsOfComments)
            return null;
        foreach (var control in _controls)
        {
            if (!control.IsOfForm && control.Start > from && control.End <= to
                && page.Text.AsSpan(control.End, to - control.End).IsWhiteSpace()
                && known.Controls?.Contains(PageControl.MarkOf(Label(control))) == false
                && Array.FindAll(_controls, other => Label(other) == Label(control)).Length == 1)
                return $"the list that held the link shows only its beginning ({Quoted(control)})";
        }

        return null;
    }

    private bool IsOfComments => known.Beside is { Placement: Placement.Comments };

    private bool IsBelowThere => IsThere(known.Beside!.EdgeBelow, fromEnd: false) || IsThere(after, fromEnd: false);

    private bool HadNoButton => known.Unfilled is { } names && !names.Contains("button");

    private PageControl? NewButton() => HadNoButton
        ? page.Shape.Unfilled
            .Where(part => part is { Name: "button", Placement: Placement.Comments, TextLength: > 0 })
            .Select(part => (PageControl?)new PageControl(part.TextAt, part.TextAt + part.TextLength, IsButton: true))
            .FirstOrDefault()
        : null;

    private string Label(PageControl control) => page.Text[control.Start..control.End].Trim();

    private string Quoted(PageControl control) =>
        $"“{ShortText.Cut(LinkSurroundings.Slice(page.Text, control.Start - LongestLabel, control.End), 2 * LongestLabel)}”";

    private bool IsCut(int at) => page.Text.AsSpan(0, at).TrimEnd() is [.., '…'] or [.., '.', '.', '.'];

    // A form's button sends a comment.
    private bool IsOffer(PageControl control) => control.IsButton && page.Shape.Unfilled.Any(
        part => part is { Name: "button", Placement: Placement.Comments } && part.TextAt == control.Start);

    private bool IsOnly(PageControl control) =>
        HadNoButton || Array.FindAll(_controls, other => other.IsButton && Label(other) == Label(control)).Length == 1;

    // What stood above the link's block was kept to the letter.
    private bool WasThere(PageControl control) =>
        known.Beside is { EdgeAbove: var above } && above.Contains(Label(control), StringComparison.Ordinal);

    private bool IsThere(string side, bool fromEnd)
    {
        var length = Math.Min(side.Length, SurvivingPlace.ShortestPiece);
        var piece = fromEnd ? side[^length..] : side[..length];
        return length >= SurvivingPlace.ShortestWhole && page.Text.Contains(piece, StringComparison.Ordinal);
    }

    /// <summary>Whether what stood behind the link, or below its block, begins not far behind a place.</summary>
    private bool Follows(int at, int farthest)
    {
        var text = page.Text.AsSpan(at, Math.Min(page.Text.Length - at, farthest + SurvivingPlace.ShortestPiece));
        foreach (var side in new[] { known.Beside?.EdgeBelow ?? "", after })
        {
            // The end of the link's own sentence went with it.
            for (var from = 0; side.Length - from >= SurvivingPlace.ShortestWhole; from++)
            {
                var piece = side.AsSpan(from, Math.Min(side.Length - from, SurvivingPlace.ShortestPiece));
                if (piece.Length < SurvivingPlace.ShortestPiece && side.Length > SurvivingPlace.ShortestPiece)
                    break;
                if (text.Contains(piece, StringComparison.Ordinal))
                    return true;
            }
        }

        return false;
    }
}

/// <summary>
/// The answer was a redirect that leads nowhere, or a choice of pages. Browsers show what comes with it, so a link in it is there; but
/// without the link it is most likely not the page.
/// </summary>
internal sealed class RedirectPage : IAbsenceRule
{
    public Absence? Explain(AbsenceContext context) => context.Observation.Status is >= 300 and < 400 and var status
        ? new Absence(VerdictState.Unknown, new Reason { Code = ReasonCode.Unreachable, Message = StatusText.DetailOf(status) })
        : null;
}

/// <summary>Whether an answer is HTML.</summary>
internal static class ContentFormat
{
    private static readonly string[] UnknownTypes = ["", "unknown/unknown", "application/unknown", "*/*"];

    /// <summary>
    /// The patterns of https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type; each must be followed by a
    /// space or &gt;.
    /// </summary>
    private static readonly string[] Openings =
    [
        "<!DOCTYPE HTML", "<HTML", "<HEAD", "<SCRIPT", "<IFRAME", "<H1", "<DIV", "<FONT", "<TABLE", "<A", "<STYLE", "<TITLE", "<B", "<BODY",
        "<BR", "<P",
    ];

    /// <summary>
    /// By the Content-Type; by the first bytes when the header is absent or says nothing. XHTML counts, also when it comes as XML. An empty
    /// body without a type counts, too: it is a page with nothing on it.
    /// </summary>
    public static bool IsHtml(string? contentType, ReadOnlySpan<byte> body)
    {
        var type = (contentType ?? "").Split(';', ',')[0].Trim().ToLowerInvariant();
        if (type is "text/html" or "application/xhtml+xml")
            return true;
        if (XhtmlParser.Accepts(type))
            return XhtmlParser.IsXhtml(body, contentType);
        return (UnknownTypes.Contains(type) || !type.Contains('/', StringComparison.Ordinal)) && LooksLikeHtml(body);
    }

    private static bool LooksLikeHtml(ReadOnlySpan<byte> body)
    {
        var start = (body is [0xEF, 0xBB, 0xBF, ..] ? body[3..] : body).TrimStart("\t\n\f\r "u8);
        if (start.IsEmpty || start.StartsWith("<!--"u8))
            return true;
        foreach (var opening in Openings)
        {
            if (start.Length > opening.Length
                && System.Text.Ascii.EqualsIgnoreCase(start[..opening.Length], opening)
                && start[opening.Length] is (byte)' ' or (byte)'>')
                return true;
        }

        return false;
    }
}
