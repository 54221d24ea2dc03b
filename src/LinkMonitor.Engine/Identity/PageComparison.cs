using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reading.Trees;

namespace LinkMonitor.Engine.Identity;

/// <summary>What became of a known page.</summary>
/// <param name="Before">The page when its link was last seen.</param>
/// <param name="Kept">How much of its text is still there, 0 to 1; null when the text is not known.</param>
internal sealed record PageComparison(KnownPage Before, double? Kept)
{
    /// <summary>Nothing is missing but what an edit of a sentence takes away.</summary>
    public const double Whole = 0.9;

    // Nearly half of a text is not found again by chance: two pages of one site share their menus, two pages of one language a twentieth.
    private const double Mostly = 0.45;
    private const double MostlyRenamed = 0.75;
    private const double Partly = 0.15;
    private const double MostlyOld = 0.6;

    // Of the page's text: less than this is no rewritten article.
    private const double Collapsed = 0.45;

    // Of the text on one side of a link: less is a line or two that stand there by themselves, as an author's name does. So is all of what
    // is below the link when that is not a sentence.
    private const double Remaining = 0.25;
    private const double Standing = 0.5;
    private const int LeastBelow = 80;
    private const int MuchBelow = 500;

    // A list of links is worth a page without its introduction.
    private const int LeastList = 6;

    // Of the links below the link, one in three.
    private const int FewLinks = 3;

    // Below these sizes a page says nothing by them.
    private const int LeastText = 1_000;
    private const int LeastLinks = 15;

    // Shorter than any wall or error page that explains itself.
    private const int LittleText = 150;
    private const int ShrunkShare = 5;

    public required bool HasSameUrl { get; init; }

    public required bool? HasSameTitle { get; init; }

    public required bool? HasSameHeading { get; init; }

    public required bool IsNameless { get; init; }

    /// <summary>
    /// The links to other sites in the article. Those in the frame of the page are the site's, and every answer of it has them.
    /// </summary>
    public required (int Known, int Kept) Outbound { get; init; }

    public required (int Text, int Main, int Links) Now { get; init; }

    public required IReadOnlyList<string> NewCookies { get; init; }

    public required int NowProse { get; init; }

    /// <summary>What is compared with the page as it was.</summary>
    public required PageReading Page { private get; init; }

    public static PageComparison Of(KnownPage before, IdentityQuestion question)
    {
        var page = question.Page;
        return new PageComparison(before, KeptOf(before, page))
        {
            HasSameUrl = page.Url.Href.StartsWith(before.FinalUrl, StringComparison.Ordinal),
            HasSameTitle = Alike(before.Title, page.Title) ?? Alike(before.Title, page.Heading),
            HasSameHeading = NameComparison.IsOfSite(before.Heading, before.Title, page.Title)
                ? null : Alike(before.Heading, page.Heading) ?? Alike(before.Heading, page.Title),
            IsNameless = NameComparison.IsEmpty(before.Title) && NameComparison.IsEmpty(before.Heading),
            Outbound = before.Beside?.ArticleLinks is { } links
                ? (links.Count, BesideLink.CountKept(links, page))
                : (question.OutboundKnown, question.OutboundKept),
            Now = (page.Text.Length, page.Shape.MainText.Length, page.Links.Count),
            NowProse = page.Shape.ProseText.Length,
            NewCookies = [.. question.Cookies.Except(before.Cookies)],
            Page = page,
        };
    }

    // A text that says one thing again and again is found again in a part of it, so no more is kept than there is room for.
    private static double? KeptOf(KnownPage before, PageReading page)
    {
        if (TextShares.Of(before.Text, page) is not { } share)
            return null;
        var (length, now) =
            before.ProseLength is >= TextSample.ShortestMain and var prose
                ? (prose, page.Shape.ProseText.Length)
                : (before.TextLength, page.Text.Length);
        return Math.Min(share, (double)now / Math.Max(1, length));
    }

    public bool KnowsText => Kept is not null;

    /// <summary>Nearly all text under the same name at the same place.</summary>
    public bool IsSame => Kept >= Whole && HasSameUrl && HasSameTitle != false && HasSameHeading != false;

    /// <summary>Most of the text, and more of it when the name is another: pages of one site share some.</summary>
    public bool IsMostlyKept => Kept >= (IsRenamed ? MostlyRenamed : Mostly);

    /// <summary>Some of the text under the old heading, or most of several other outbound links.</summary>
    public bool IsPartlyKept => (Kept >= Partly && HasSameHeading == true && !HasCollapsed) || KeepsOutbound;

    /// <summary>The title or the heading is still the page's, and the other one does not contradict.</summary>
    public bool KeepsName => (HasSameTitle, HasSameHeading) is (true, not false) or (not false, true);

    /// <summary>Both title and heading are, and not a title alone that the whole site may share.</summary>
    public bool KeepsFullName => (HasSameTitle, HasSameHeading) is (true, true);

    /// <summary>What is left is little, and nearly all of it is the old text: it was not rewritten, the rest of it is missing.</summary>
    public bool IsOnlyBeginning => HasCollapsed && Kept * (Before.ProseLength ?? Before.TextLength) >= NowProse * MostlyOld;

    /// <summary>
    /// Neither text nor links of the page are left, and not its name; or next to none of its text, whatever the name: who rewrites an
    /// article leaves some of its links, while a notice or a list of other stories under the old title has none of them. A title with
    /// another heading may be the whole site's.
    /// </summary>
    public bool IsAnother => !KeepsOutbound
        && (((IsRenamed || (IsNameless && !HasSameUrl)) && Kept < Partly * 2)
            || (Kept < Partly && (Outbound.Known > 1 || HasSameHeading == false)));

    /// <summary>What is left is less than a page rewritten by its author would be.</summary>
    public bool HasCollapsed => Before.ProseLength is >= TextSample.ShortestMain and var prose
        ? NowProse < prose * Collapsed
        : Now.Main < (Before.MainLength ?? Before.TextLength) * Collapsed;

    /// <summary>The page never was more than a line or two, so that having little on it says nothing.</summary>
    public bool WasAsLittle => Before.TextLength < LittleText;

    /// <summary>
    /// What is left is a part of the old text and nothing new, and it ends above the link: what stood right above the link's block, or
    /// much of what stood below it, is missing, with nearly all that followed in the article. Who takes a link out leaves what stood below
    /// it; a teaser does not.
    /// </summary>
    public bool EndsAboveLink => HasLostText && HasNothingNew && Before.Beside?.Placement is Placement.Main
        && Beside is { } beside && !(beside.Below >= Remaining && Before.Beside.BelowLength >= LeastBelow)
        && (beside.LinksBelow == 0 || beside.LinksBelow * FewLinks < Before.Beside!.LinksBelow.Count)
        && (beside.Above < Standing || Before.Beside!.BelowLength >= MuchBelow);

    /// <summary>Hardly anything is left of what stood on either side of the link.</summary>
    public bool HasLostSurroundings => Beside is { } beside && !(beside.Above >= Standing) && !(beside.Below >= Standing);

    public bool HasShrunk => Now.Text < Before.TextLength * Whole;

    /// <summary>More is missing than the sentence with a link.</summary>
    public bool HasLostText => Kept < Whole;

    /// <summary>Only a part of the page came, and no more than a few of the article's links with it.</summary>
    public bool IsPart => !KeepsOutbound && (HasShrunkFar || IsOnlyBeginning);

    /// <summary>The frame of the page and its name, with a sentence or two in the place of its text.</summary>
    public bool IsEmptied => !IsRenamed && !IsNameless && (IsPart || (HasLostAll && NowProse < TextSample.ShortestMain));

    /// <summary>Next to nothing of the text is left, and what stands there is too short to be the page rewritten.</summary>
    public bool HasLostAll => HasCollapsed && Kept < Partly && !WasAsLittle && !(KeepsOutbound && Outbound.Kept >= LeastList);

    /// <summary>A fifth of the text or of the links of a page that had many.</summary>
    public bool HasShrunkFar => LessText || FewerLinks;

    /// <summary>Most of several other outbound links.</summary>
    public bool KeepsOutbound => Outbound is ( >= 2, var kept) && kept * 2 >= Outbound.Known;

    public string OtherSign() => IsRenamed || IsNameless
        ? $"title, heading, text and other links of the page are all gone; its title was {Quoted(Before.Title)}"
        : Text($"under the page's own name stands another text, with {Outbound.Kept} of the {CountText.Of(Outbound.Known, "link")} to ")
            + "other sites that it had";

    public string AboveSign() =>
        Text($"what is left is a part of the old text, {CountText.Of(Now.Text, "character")} of {Before.TextLength:N0}, and it ends above ")
        + "the place of the link, as does what readers see who have not paid";

    public string ShrunkSign() =>
        Text($"the page came with {CountText.Of(Now.Text, "character")} of text and {CountText.Of(Now.Links, "link")}; ")
        + Text($"it had {Before.TextLength:N0} and {Before.LinkCount:N0} when the link was last seen");

    /// <summary>Each thing that was compared.</summary>
    public IReadOnlyList<string> Told()
    {
        List<string> told =
        [
            HasSameUrl ? "address as before" : "another address",
            $"title {Word(HasSameTitle)}",
            $"heading {Word(HasSameHeading)}",
            Kept is { } kept ? Text($"{kept * 100:0} % of the text kept") : "earlier text not known",
            Text($"{CountText.Of(Now.Text, "character")} ({Before.TextLength:N0} before)"),
            Text($"{CountText.Of(Now.Links, "link")} ({Before.LinkCount:N0} before)"),
        ];
        if (Outbound.Known > 0)
            told.Add(Text($"{Outbound.Kept} of {CountText.Of(Outbound.Known, "other link")} to other sites in the article kept"));
        if (HasLostText && Beside is { } beside)
            told.Add(
                Text($"right above the link {Share(beside.Above)} kept, below it {Share(beside.Below)} and {beside.LinksBelow} of ")
                + Text($"{CountText.Of(Before.Beside!.LinksBelow.Count, "link")} to other sites"));
        if (NewCookies.Count > 0)
            told.Add(Text($"{NewCookies.Count} new cookies"));
        return told;
    }

    // How much of the text above and below the link is still there; null when that is not known. Looked up when it is asked for: of most
    // pages nothing is missing.
    private (double? Above, double? Below, int LinksBelow)? Beside => field ??= Before.Beside is { } beside
        ? (TextShares.Of(beside.Above, Page), TextShares.Of(beside.Below, Page), BesideLink.CountKept(beside.LinksBelow, Page))
        : null;

    private bool HasNothingNew => Kept is { } kept && (Before.ProseLength is >= TextSample.ShortestMain and var prose
        ? kept * prose >= NowProse * MostlyOld
        : kept * Before.TextLength >= Now.Text * MostlyOld);

    private bool LessText => Before.TextLength >= LeastText && Now.Text * ShrunkShare < Before.TextLength;

    private bool FewerLinks => Before.LinkCount >= LeastLinks && Now.Links * ShrunkShare < Before.LinkCount;

    private bool IsRenamed => !IsNameless && HasSameTitle != true && HasSameHeading != true;

    /// <summary>Null when the page had no such name.</summary>
    private static bool? Alike(string? before, string now) => NameComparison.IsEmpty(before)
        ? null : NameComparison.IsAlike(before, KnownPage.NameOf(now));

    private static string Share(double? share) => share is { } kept ? Text($"{kept * 100:0} % of the text") : "no text";

    private static string Word(bool? isSame) => isSame switch { true => "as before", false => "another", null => "not known" };

    private static string Quoted(string? name) => string.IsNullOrEmpty(name) ? "nothing" : $"“{name}”";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Whether two titles or headings are one name of one page.</summary>
internal static class NameComparison
{
    // Half of the pairs of letters: "Ten lamps" and "Ten good lamps", but not two titles that only share the name of the site.
    private const double Alike = 0.55;

    // What keeps a site's name apart from a page's, with or without spaces; and what does only beside a space,
    // or a letter of a script without them.
    private const string Separators = "|｜·•»«_";
    private const string Dashes = "-–—:：/⋆";

    /// <summary>
    /// The same letters and digits, or nearly, without what both begin or end with as the name of their site; two names without any are
    /// never alike.
    /// </summary>
    public static bool IsAlike(string? one, string? other)
    {
        var (first, second) = (Letters(one), Letters(other));
        if (first.Length == 0 || second.Length == 0)
            return false;
        if (first == second)
            return true;
        var (before, after) = OfSite(one!, other!);
        return Share(Letters(one![before..^after]), Letters(other![before..^after])) >= Alike;
    }

    /// <summary>
    /// Whether a heading is the name of the site, which two different titles begin or end with: many sites have it as the main
    /// heading of all pages.
    /// </summary>
    public static bool IsOfSite(string? heading, string? one, string? other)
    {
        if (IsEmpty(heading) || IsEmpty(one) || IsEmpty(other) || IsAlike(one, other))
            return false;
        var (before, after) = OfSite(one!, other!);
        var name = Letters(heading);
        return Letters(one![..before]).Contains(name, StringComparison.Ordinal)
            || Letters(one[^after..]).Contains(name, StringComparison.Ordinal);
    }

    /// <summary>How many characters two different titles share as the name of their site, at the beginning and at the end.</summary>
    private static (int Before, int After) OfSite(string one, string other)
    {
        var shortest = Math.Min(one.Length, other.Length);
        var (before, after) = (0, 0);
        while (before < shortest && char.ToLowerInvariant(one[before]) == char.ToLowerInvariant(other[before]))
            before++;
        while (before > 0 && !(IsBetween(one, before - 1) && IsBetween(other, before - 1)))
            before--;
        while (after < shortest - before && char.ToLowerInvariant(one[^(after + 1)]) == char.ToLowerInvariant(other[^(after + 1)]))
            after++;
        while (after > 0 && !(IsBetween(one, one.Length - after) && IsBetween(other, other.Length - after)))
            after--;
        if (after > 0 && (IsEmpty(one[before..^after]) || IsEmpty(other[before..^after])))
            after = 0;
        return before > 0 && (IsEmpty(one[before..^after]) || IsEmpty(other[before..^after])) ? (0, after) : (before, after);
    }

    private static bool IsBetween(string title, int at)
    {
        if (Separators.Contains(title[at], StringComparison.Ordinal))
            return true;
        if (!Dashes.Contains(title[at], StringComparison.Ordinal) || at == 0 || at == title.Length - 1)
            return false;
        var (left, right) = (title[at - 1], title[at + 1]);
        return char.IsWhiteSpace(left) || char.IsWhiteSpace(right) || IsWide(left) || IsWide(right);
    }

    private static bool IsWide(char letter) => TextWeight.Of([letter], 1) > 1;

    public static bool IsEmpty(string? name) => Letters(name).Length == 0;

    // The Dice coefficient of pairs of letters, each counted as often as it stands there.
    private static double Share(string one, string other)
    {
        if (one.Length < 2 || other.Length < 2)
            return 0;
        var pairs = new Dictionary<(char, char), int>();
        for (var i = 1; i < one.Length; i++)
            pairs[(one[i - 1], one[i])] = pairs.GetValueOrDefault((one[i - 1], one[i])) + 1;
        var shared = 0;
        for (var i = 1; i < other.Length; i++)
        {
            var pair = (other[i - 1], other[i]);
            if (pairs.GetValueOrDefault(pair) is var left and > 0)
                (pairs[pair], shared) = (left - 1, shared + 1);
        }

        return 2.0 * shared / (one.Length + other.Length - 2);
    }

    private static string Letters(string? name)
    {
        var letters = new StringBuilder();
        foreach (var rune in (name ?? "").EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
                letters.Append(Rune.ToLower(rune, CultureInfo.InvariantCulture));
        }

        return letters.ToString();
    }
}

/// <summary>
/// The article that holds a link: the smallest part of the page that holds the link and most of the running text, without what stands
/// before and after in parts of its own. The rest of a page is the site's: menus, boxes on the author, buttons to share, related texts,
/// the footer. It is there with every answer of the site, so it says nothing of the page. Found by structure; names only by whether
/// they are shared: the paragraphs of a text have no names, or one for all of them.
/// </summary>
internal sealed class Article
{
    // Of the running text: related texts and comments are less than the rest.
    private const double Most = 0.6;

    // Pages nest as deep as they like; made for readers, some dozens.
    private const int Deepest = 1_000;
    private const int MostSteps = 50_000;

    // A line of links and a copyright, below a rule.
    private const int LongestFoot = 200;

    // Page builders wrap a text five times.
    private const int MostWrappers = 8;

    private static readonly ConditionalWeakTable<PageReading, StrongBox<PageElement?>> Roots = [];
    private static readonly ConditionalWeakTable<PageElement, Dictionary<string, int>> Names = [];

    private readonly PageElement _root;
    private readonly HashSet<PageNode> _frame = [];

    private Article(PageElement root, PageElement? link, PageElement text)
    {
        _root = root;
        AddFrame(root.FirstChild, static node => node.Next);
        AddFrame(root.LastChild, static node => node.Previous);
        for (PageNode? node = FootOf(root, link, text); node is not null; node = node.Next)
            _frame.Add(node);

        void AddFrame(PageNode? node, Func<PageNode, PageNode?> next)
        {
            for (; node is not null && !IsOwn(node); node = next(node))
                _frame.Add(node);
        }

        bool IsOwn(PageNode node) => node is PageElement element
            ? Holds(element, link) || Holds(element, text) || IsPlain(element, root)
            : node is PageText { Data.Span: var data } && !data.IsWhiteSpace();
    }

    /// <summary>Null on a page without running text: then all of the main part counts.</summary>
    public static Article? Of(PageReading page, PageLink link)
    {
        if (Roots.GetValue(page, static page => new StrongBox<PageElement?>(RootOf(page.Shape.ProseParts))).Value is not { } text)
            return null;
        var own = link.Placement is Placement.Main ? link.Element : null;
        var root = text;
        for (var depth = 0; own is not null && !Holds(root, own); depth++)
        {
            if (root.Parent is not { } parent || depth == Deepest)
                return null;
            root = parent;
        }

        return new Article(root, own, text);
    }

    /// <summary>Whether another link of the page stands in it.</summary>
    public bool Has(PageLink link)
    {
        PageNode? node = link.Element;
        for (var depth = 0; node is not null && depth < Deepest; node = node.Parent, depth++)
        {
            if (_frame.Contains(node))
                return false;
            if (ReferenceEquals(node, _root))
                return true;
        }

        return false;
    }

    /// <summary>How many characters but spaces it has from a link on; null when that is too much to count.</summary>
    public int? LengthBelow(PageLink link)
    {
        if (link.Element is not { } element)
            return null;
        var budget = MostSteps;
        var length = PartEdges.LengthOf(element, ref budget);
        for (PageNode up = element; !ReferenceEquals(up, _root); up = up.Parent!)
        {
            for (var next = up.Next; next is not null && !_frame.Contains(next); next = next.Next)
                length += PartEdges.LengthOf(next, ref budget);
            if (up.Parent is null)
                return null;
        }

        return budget > 0 ? length : null;
    }

    private static PageElement? RootOf(IReadOnlyList<ProsePart> parts)
    {
        var (lengths, all, steps) = (new Dictionary<PageElement, (int Length, int Parts)>(), parts.Sum(part => (long)part.Length), 0);
        foreach (var part in parts)
        {
            for (var up = BlockOf(part.Parent); up is not null; up = up.Parent)
            {
                var (length, count) = lengths.GetValueOrDefault(up);
                lengths[up] = (length + part.Length, count + 1);
                if (++steps > MostSteps)
                    return null;
            }
        }

        PageElement? root = null;
        foreach (var part in parts)
        {
            var up = BlockOf(part.Parent);
            while (up is not null && (lengths[up].Length < all * Most || IsWithin(up, lengths[up].Parts)))
                up = up.Parent;
            if (up is not null && (root is null || lengths[up].Length < lengths[root].Length))
                root = up;
        }

        return root;
    }

    private static PageElement? BlockOf(PageElement? element)
    {
        while (element is not null && !PageWalk.Breaking.Contains(element.Name))
            element = element.Parent;
        return element;
    }

    // A part of a text, which the text goes on beside.
    private static bool IsWithin(PageElement element, int parts) => element.Name switch
    {
        "p" or "li" or "dd" or "dt" or "blockquote" or "pre" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" => true,
        "ul" or "ol" or "dl" or "table" or "tbody" or "thead" or "tr" => true,
        "td" or "th" or "div" => parts == 1 && element.Parent is { } parent && parent.Name is not ("body" or "html"),
        _ => false,
    };

    /// <summary>The rule above the last line or two of a page whose parts have no names; null for none.</summary>
    private static PageElement? FootOf(PageElement root, PageElement? link, PageElement text)
    {
        var (length, budget) = (0, MostSteps);
        for (var node = root.LastChild; node is not null && length <= LongestFoot; node = node.Previous)
        {
            if (node is PageElement { Name: "hr" } rule)
                return rule;
            if (node is PageElement element && (Holds(element, link) || Holds(element, text) || IsContent(element)))
                return null;
            length += PartEdges.LengthOf(node, ref budget);
        }

        return null;
    }

    // Sources stand in a list, or below a heading.
    private static bool IsContent(PageElement element) =>
        element.Name is not ("p" or "div" or "center" or "address" or "footer" or "nav") && PageWalk.Breaking.Contains(element.Name);

    private static bool Holds(PageElement part, PageElement? element)
    {
        for (var depth = 0; element is not null && depth < Deepest; element = element.Parent, depth++)
            if (ReferenceEquals(element, part))
                return true;
        return false;
    }

    private static Dictionary<string, int> NamesOf(PageElement root)
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var child = root.FirstChild; child is not null; child = child.Next)
            if (child is PageElement element && NameOf(element) is { } name)
                names[name] = names.GetValueOrDefault(name) + 1;
        return names;
    }

    private static bool IsPlain(PageElement element, PageElement root)
    {
        if (element.Name is "nav" or "header" or "footer" or "aside" or "form" or "address" or "script" or "style" or "template"
            or "noscript" or "hr")
            return false;
        return NameOf(element) is { } name ? Names.GetValue(root, NamesOf)[name] > 1 : element.Name is not ("section" or "article");
    }

    /// <summary>
    /// What an element is called, with what it consists of as long as that is one element; null for nothing. Programs number the parts of
    /// a text (posts, answers, blocks of a builder), so words with a digit do not count.
    /// </summary>
    private static string? NameOf(PageElement element)
    {
        if (!element.HasAttribute("class") && (IsText(element) || !element.HasAttribute("id")))
            return null;
        var name = new StringBuilder();
        var part = element;
        for (var depth = 0; part is not null && depth < MostWrappers; depth++, part = OnlyChild(part))
        {
            name.Append('>').Append(part.Name);
            AppendWords(name, part.GetAttribute("class"));
            if (!IsText(part))
                AppendWords(name, part.GetAttribute("id"));
        }

        return name.ToString();
    }

    // Headings and paragraphs have an id so that links can lead to them.
    private static bool IsText(PageElement element) =>
        element.Name is "p" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "ul" or "ol" or "dl" or "table" or "blockquote" or "pre"
            or "figure";

    private static void AppendWords(StringBuilder name, string? words)
    {
        foreach (var word in (words ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            name.Append('.');
            if (!word.Any(char.IsAsciiDigit))
                name.Append(word);
        }
    }

    private static PageElement? OnlyChild(PageElement element)
    {
        PageElement? only = null;
        for (var child = element.FirstChild; child is not null; child = child.Next)
        {
            if (child is PageText { Data.Span: var data } ? !data.IsWhiteSpace() : child is PageElement && only is not null)
                return null;
            only = child as PageElement ?? only;
        }

        return only;
    }
}
