using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reading.Trees;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Identity;

/// <summary>
/// What is remembered of a page as it was when its link was last seen on it: enough to tell later whether an answer is that page. Small:
/// some 2 to 5 KB.
/// </summary>
public sealed record KnownPage
{
    /// <summary>Titles and headings are cut here, in characters.</summary>
    public const int LongestName = 300;

    /// <summary>No more cookies than this are kept by name.</summary>
    public const int MostCookies = 20;

    /// <summary>After redirects; cut at 2,083 characters.</summary>
    public required string FinalUrl { get; init; }

    /// <summary>Empty for none; null when only a row of an earlier version is known that does not say.</summary>
    public string? Title { get; init; }

    /// <summary>The main heading; empty for none, null when it is not known.</summary>
    public string? Heading { get; init; }

    /// <summary>Of all its visible text, in characters.</summary>
    public required int TextLength { get; init; }

    /// <summary>Of the text outside menus, heads and feet, in characters; null when it is not known.</summary>
    public int? MainLength { get; init; }

    /// <summary>Of its running text, in characters; null when it is not known.</summary>
    public int? ProseLength { get; init; }

    /// <summary>Of all its links.</summary>
    public required int LinkCount { get; init; }

    /// <summary>See <see cref="TextSample"/>; null when it is not known, empty for a page without text.</summary>
    public string? Text { get; init; }

    /// <summary>A part of the page was to be fetched by a script even then.</summary>
    public bool HadLazyPart { get; init; }

    /// <summary>A part of it had failed on the server even then.</summary>
    public bool HadFailedPart { get; init; }

    /// <summary>
    /// The names of the parts that came without content even then; null when that is not known, or they were more than 40: then one more
    /// says nothing.
    /// </summary>
    public IReadOnlyList<string>? Unfilled { get; init; }

    /// <summary>
    /// Marks of what its controls are called (<see cref="PageControl"/>); null when that is not known, or they were more than 40.
    /// </summary>
    public IReadOnlyList<string>? Controls { get; init; }

    /// <summary>What stood above and below the link; null when that is not known.</summary>
    public BesideLink? Beside { get; init; }

    /// <summary>The names of the cookies it set.</summary>
    public IReadOnlyList<string> Cookies { get; init; } = [];

    /// <summary>
    /// Hashes of the links to the target's site that were on the page besides the watched link; null when that is not known. At most
    /// <see cref="SiteLinks.MostLinks"/>.
    /// </summary>
    public IReadOnlyList<string>? SiteLinks { get; init; }

    /// <summary>Without <see cref="SiteLinks"/> and <see cref="Beside"/>, which depend on the link.</summary>
    public static KnownPage Of(PageReading page, IReadOnlyList<string> cookies)
    {
        ArgumentNullException.ThrowIfNull(page);
        // Many links may be watched on one page, and all remember the same of it.
        return Made.GetValue(page, static page => Make(page)) with { Cookies = [.. cookies.Take(MostCookies)] };
    }

    private static readonly ConditionalWeakTable<PageReading, KnownPage> Made = [];

    private static KnownPage Make(PageReading page) =>
        new()
        {
            FinalUrl = Cut(page.Url.Href, MostUrl),
            Title = NameOf(page.Title),
            Heading = NameOf(page.Heading),
            TextLength = page.Text.Length,
            MainLength = page.Shape.MainText.Length,
            ProseLength = page.Shape.ProseText.Length,
            LinkCount = page.Links.Count,
            Text = TextSample.Of(TellingText(page)),
            HadLazyPart = page.Shape.LazyPart is not null || page.ShellRoot is not null,
            HadFailedPart = ServerFailure.InPage(page) is not null,
            Unfilled = UnfilledIn(page, part => part.Placement is Placement.Main or Placement.Comments),
            Controls = FewOf(
                PageControl.Of(page).Select(control => PageControl.MarkOf(LinkSurroundings.Slice(page.Text, control.Start, control.End)))),
        };

    /// <summary>The names of parts without content; null for more than 40.</summary>
    internal static IReadOnlyList<string>? UnfilledIn(PageReading page, Func<UnfilledPart, bool> where) =>
        FewOf(page.Shape.Unfilled.Where(where).Select(part => part.Name));

    private static List<string>? FewOf(IEnumerable<string> names) =>
        names.Distinct(StringComparer.Ordinal).Take(MostUnfilled + 1).ToList() is { Count: <= MostUnfilled } few ? few : null;

    // What is the page's own is in its running text; a page without any has only what it shares with others.
    private static string TellingText(PageReading page) => page.Shape switch
    {
        { ProseText.Length: >= TextSample.ShortestMain } shape => shape.ProseText,
        { MainText.Length: >= TextSample.ShortestMain } shape => shape.MainText,
        _ => page.Text,
    };

    /// <summary>A title or a heading, as much of it as is remembered.</summary>
    internal static string NameOf(string text) => Cut(text, LongestName);

    private const int MostUrl = 2_083;
    private const int MostUnfilled = 40;

    private static string Cut(string text, int longest) =>
        text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
}

/// <summary>
/// What stood above and below a link, beyond the block of text that holds it: by this a page that came only to a place above the link is
/// told from one whose author took the link out. Of a link in the main part only the article that holds it counts
/// (<see cref="Article"/>); of any other the whole text.
/// </summary>
/// <param name="Above">A sample of at most 600 characters above the block, counted as in <see cref="PageShape.ProseLength"/>.</param>
/// <param name="Below">A sample of at most 6,000 characters below it.</param>
/// <param name="BelowLength">How many characters these were, counted so.</param>
/// <param name="LinksBelow">Marks of the first links to other hosts below it in the article; at most 16.</param>
/// <param name="Placement">The part of the page that the link stood in.</param>
/// <param name="EdgeAbove">The last 60 characters of the page's text above the block.</param>
/// <param name="EdgeBelow">The first 60 below it.</param>
public sealed record BesideLink(
    string Above, string Below, int BelowLength, IReadOnlyList<string> LinksBelow, Placement Placement, string EdgeAbove, string EdgeBelow)
{
    private const int MostAbove = 600;
    private const int MostBelow = 6_000;
    private const int MostLinks = 16;
    private const int EdgeLength = 60;

    private const int MostOfArticle = 40;

    // A third of the pieces of a whole page: that half of a text is gone shows in less.
    private const int PiecesAbove = 32;
    private const int PiecesBelow = 48;

    // More than a long paragraph: where single line breaks part the text, one block holds all of it.
    private const int MostOwn = 400;

    // Blocks have a few nodes.
    private const int MostNodes = 2_000;

    /// <summary>
    /// Marks of the links to other hosts in the article, without those to the target's; at most 40. Null in rows of earlier versions.
    /// </summary>
    public IReadOnlyList<string>? ArticleLinks { get; init; }

    /// <summary>
    /// What stood around each part of the page that holds the link, the smallest first, at most 8; null in rows of earlier versions.
    /// </summary>
    public IReadOnlyList<PartEdges>? Around { get; init; }

    /// <summary>What the list is called that held nothing but the link; null for none.</summary>
    public string? OwnList { get; init; }

    /// <summary>
    /// The names of the parts without content in the link's part of the page, as <see cref="KnownPage.Unfilled"/>; null in the main part
    /// and among the comments, where those of the page count, and when they were more than 40.
    /// </summary>
    public IReadOnlyList<string>? Unfilled { get; init; }

    public static BesideLink Of(PageReading page, PageLink link)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(link);
        var isMain = link.Placement is Placement.Main;
        var (text, at) = isMain ? (page.Shape.MainText, link.MainStart) : (page.Text, link.TextStart);
        var (before, after) = OwnBlock(link.Element);
        var (from, to) = (Math.Clamp(at - before, 0, text.Length), Math.Clamp(at + after, 0, text.Length));
        var article = Article.Of(page, link);
        var end = isMain && article?.LengthBelow(link) is { } length ? PartEdges.Forward(text, at, length) : text.Length;
        var below = text[to..Math.Clamp(end, to, Math.Min(text.Length, to + MostBelow))];
        return new BesideLink(
            TextSample.Of(text[Back(text, from, MostAbove)..from], PiecesAbove),
            TextSample.Of(below, PiecesBelow),
            TextWeight.Of(below, below.Length),
            [
                .. page.Links.Skip(link.Ordinal)
                    .Where(other => IsOutbound(page, other) && (!isMain || article?.Has(other) != false))
                    .Select(other => SiteLinks.MarkOf(other.Url!)).Distinct().Take(MostLinks),
            ],
            link.Placement,
            LinkSurroundings.Slice(page.Text, link.TextStart - before - EdgeLength, link.TextStart - before),
            LinkSurroundings.Slice(page.Text, link.TextStart + after, link.TextStart + after + EdgeLength))
        {
            ArticleLinks =
            [
                .. page.Links.Where(other => IsOutbound(page, other) && other.Url!.Host != link.Url?.Host && article?.Has(other) != false)
                    .Select(other => SiteLinks.MarkOf(other.Url!)).Distinct().Take(MostOfArticle),
            ],
            Around = PartEdges.Of(page, link, out var ownList),
            OwnList = ownList,
            Unfilled = isMain || link.Placement is Placement.Comments
                ? null : KnownPage.UnfilledIn(page, part => part.Placement == link.Placement),
        };
    }

    /// <summary>How many of some links the main part of a page has.</summary>
    public static int CountKept(IReadOnlyList<string> links, PageReading page)
    {
        ArgumentNullException.ThrowIfNull(links);
        ArgumentNullException.ThrowIfNull(page);
        if (links.Count == 0)
            return 0;
        var missing = links.ToHashSet(StringComparer.Ordinal);
        foreach (var link in page.Links)
            if (IsOutbound(page, link))
                missing.Remove(SiteLinks.MarkOf(link.Url!));
        return links.Count - missing.Count;
    }

    private static bool IsOutbound(PageReading page, PageLink link) =>
        link.Placement is Placement.Main && link.Url is { IsHttp: true } url && url.Host != page.Url.Host;

    /// <summary>The place some characters before another, by their weight: the same in all scripts is so much of a text.</summary>
    private static int Back(string text, int at, int weight)
    {
        for (; at > 0 && weight > 0; at--)
            weight -= TextWeight.Of(text.AsSpan(at - 1, 1), 1);
        return at;
    }

    /// <summary>How much text the block that holds a link has before the link's beginning, and from there on.</summary>
    private static (int Before, int After) OwnBlock(PageElement? link)
    {
        if (link is null)
            return (0, 0);
        var block = link;
        while (block.Parent is { } parent && !PageWalk.Breaking.Contains(block.Name))
            block = parent;
        var (before, after, isBehind) = (0, 0, false);
        PageNode? node = block;
        for (var steps = 0; steps < MostNodes && node is not null && after < MostOwn; steps++)
        {
            isBehind |= ReferenceEquals(node, link);
            if (node is PageElement { Name: "br" } line && IsFollowedByBreak(line))
            {
                if (isBehind)
                    break;
                before = 0;
            }

            if (node is PageText { Data.Span: var data } && !data.IsWhiteSpace())
            {
                before += isBehind ? 0 : data.Trim().Length + 1;
                after += isBehind ? data.Trim().Length + 1 : 0;
            }

            node = node.Following(block);
        }

        return (Math.Min(before, MostOwn), Math.Min(after, MostOwn));
    }

    // An empty line: on old pages a paragraph ends with it.
    private static bool IsFollowedByBreak(PageElement line)
    {
        var next = line.Next;
        while (next is PageText { Data.Span: var data } && data.IsWhiteSpace())
            next = next.Next;
        return next is PageElement { Name: "br" };
    }
}

/// <summary>The text right above and right below a part of a page that held the link.</summary>
/// <param name="Above">At most 40 characters.</param>
/// <param name="Below">At most 40 characters.</param>
public sealed record PartEdges(string Above, string Below)
{
    private const int Length = 40;
    private const int MostParts = 8;

    // An entry of a list, half a sentence.
    private const int LeastBeside = 30;

    // Larger parts are most of a page, and the text that is gone with them tells.
    private const int Longest = 8_000;
    private const int MostNodes = 20_000;

    /// <summary>
    /// Of the block that holds a link, of those beside it that are like it, of what stands below a heading with it, of the list, the table,
    /// the section around it, and so on; the smallest first, parts of one text once.
    /// </summary>
    /// <param name="ownList">What the list is called that holds nothing but the link's block; null for none.</param>
    internal static IReadOnlyList<PartEdges> Of(PageReading page, PageLink link, out string? ownList)
    {
        ownList = null;
        List<(int Before, int After)> parts = [];
        if (link.Element is not { } part)
            return [];
        var budget = MostNodes;
        var (before, after) = (0, LengthOf(part, ref budget));
        while (part.Parent is { } parent && parts.Count < MostParts && budget > 0 && before + after <= Longest
            && part.Name is not ("body" or "html" or "main"))
        {
            if (PageWalk.Breaking.Contains(part.Name))
            {
                if (parts.Count == 0 || parts[0] == (before, after))
                    ownList = UnfilledWalk.NameOfList(part) ?? ownList;
                foreach (var (above, below) in Runs(part, ref budget).Prepend((0, 0)))
                    if (!parts.Contains((before + above, after + below)))
                        parts.Add((before + above, after + below));
            }

            for (var node = part.Previous; node is not null; node = node.Previous)
                before += LengthOf(node, ref budget);
            for (var node = part.Next; node is not null; node = node.Next)
                after += LengthOf(node, ref budget);
            part = parent;
        }

        return [.. parts.Take(MostParts).Select(sizes => At(page.Text, link.TextStart, sizes.Before, sizes.After))];
    }

    /// <summary>What stands beside an element and belongs to it: more like it, and all that stands below one heading.</summary>
    /// <returns>How much more text it has above and below the element.</returns>
    private static List<(int Above, int Below)> Runs(PageElement part, ref int budget)
    {
        List<(int Above, int Below)> runs = [];
        var (above, isAlike, alike, rank) = (0, true, 0, LeastRank);
        for (var node = part.Previous; node is not null && budget > 0; node = node.Previous)
        {
            if (isAlike && node is PageElement other && !IsAlike(other, part))
            {
                (isAlike, alike) = (false, TextBelow(part, other => !IsAlike(other, part), ref budget));
                runs.Add((above, alike));
            }

            if (node is PageElement heading && RankOf(heading) is { } higher && higher < rank)
            {
                // Programs leave out the heading of a list, too.
                rank = higher;
                runs.Add((above + LengthOf(heading, ref budget), alike));
                runs.Add((above, TextBelow(part, other => RankOf(other) <= higher, ref budget)));
            }

            above += LengthOf(node, ref budget);
        }

        if (isAlike)
            runs.Add((above, TextBelow(part, other => !IsAlike(other, part), ref budget)));
        return runs;
    }

    private static int TextBelow(PageElement part, Predicate<PageElement> isEnd, ref int budget)
    {
        var length = 0;
        for (var node = part.Next; node is not null && !(node is PageElement element && isEnd(element)); node = node.Next)
            length += LengthOf(node, ref budget);
        return length;
    }

    private const int LeastRank = 7;

    private static int? RankOf(PageElement element) =>
        element is { IsHtml: true, Name: ['h', >= '1' and <= '6' and var rank] } ? rank - '0' : null;

    private static bool IsAlike(PageElement one, PageElement other) =>
        one.Name == other.Name && one.GetAttribute("class") == other.GetAttribute("class");

    /// <summary>Whether nothing but a part of a page stands between the two now.</summary>
    internal bool Hold(string text, UnfilledPart part)
    {
        var end = part.TextAt + part.TextLength;
        return Stands(Above, LinkSurroundings.Slice(text, part.TextAt - Length - 1, part.TextAt), fromEnd: true)
            && Stands(Below, LinkSurroundings.Slice(text, end, end + Length + 1), fromEnd: false)
            && Above.Length + Below.Length > 0;
    }

    /// <summary>
    /// Where what stood above and below the smallest part still stands, both to the letter, and what is between the two now. Null when no
    /// part has both, and when it held little but the link: what its author writes there is known by the link's neighbours.
    /// </summary>
    /// <param name="before">What stood before the link.</param>
    /// <param name="after">What stood after it.</param>
    internal static (int From, int To, string Edges)? Gap(string text, IReadOnlyList<PartEdges>? around, string before, string after)
    {
        foreach (var edges in around ?? [])
        {
            if (edges.Above.Length + edges.Below.Length >= SurvivingPlace.ShortestPiece && edges.Between(text) is var (from, to))
                return to - from <= Longest && edges.HeldMore(before, after) ? (from, to, edges.Above + edges.Below) : null;
        }

        return null;
    }

    // What is shorter than a side is kept long began or ended the page.
    private (int From, int To)? Between(string text)
    {
        var above = Above.Length >= SurvivingPlace.ShortestWhole ? text.IndexOf(Above, StringComparison.Ordinal)
            : text.StartsWith(Above, StringComparison.Ordinal) ? 0 : -1;
        var from = above + Above.Length;
        if (above < 0)
            return null;
        var to = Below.Length >= SurvivingPlace.ShortestWhole ? text.IndexOf(Below, from, StringComparison.Ordinal)
            : text.EndsWith(Below, StringComparison.Ordinal) ? text.Length - Below.Length : -1;
        return to >= from ? (from, to) : null;
    }

    // Of the text beside the link, what is not beyond the part.
    private bool HeldMore(string before, string after)
    {
        var above = before.LastIndexOf(Above, StringComparison.Ordinal);
        var below = after.IndexOf(Below, StringComparison.Ordinal);
        return above < 0 || below < 0 || before.Length - above - Above.Length + below >= LeastBeside;
    }

    /// <summary>The place some characters after another, not counting spaces.</summary>
    internal static int Forward(string text, int at, int characters)
    {
        at = Math.Min(at, text.Length);
        for (; at < text.Length && characters > 0; at++)
            characters -= char.IsWhiteSpace(text[at]) ? 0 : 1;
        return at;
    }

    /// <summary>How many characters but spaces a part shows.</summary>
    /// <param name="budget">How many nodes may still be looked at; less than that afterwards.</param>
    internal static int LengthOf(PageNode part, ref int budget)
    {
        var length = 0;
        for (PageNode? node = part; node is not null && budget > 0; budget--)
        {
            if (node is PageText { Data.Span: var data })
            {
                foreach (var c in data)
                    length += char.IsWhiteSpace(c) ? 0 : 1;
            }

            node = node is PageElement element && IsUnread(element) ? node.After(part) : node.Following(part);
        }

        return length;
    }

    private static bool IsUnread(PageElement element) =>
        element.Name is "script" or "style" or "template" or "iframe" or "noembed" or "noframes" or "title"
            || default(Visibility).Inside(element).HidesText;

    private static PartEdges At(string text, int at, int before, int after)
    {
        var (from, to) = (Math.Min(at, text.Length), Forward(text, at, after));
        for (; from > 0 && before > 0; from--)
            before -= char.IsWhiteSpace(text[from - 1]) ? 0 : 1;
        return new PartEdges(LinkSurroundings.Slice(text, from - Length, from), LinkSurroundings.Slice(text, to, to + Length));
    }

    // At the beginning or the end of the page a word or nothing stood there.
    private static bool Stands(string edge, string now, bool fromEnd) =>
        edge == now || (edge.Length > 0 && LinkSurroundings.IsShared(edge, now, fromEnd));
}

/// <summary>What readers press to see more of the page that they are on: a button, or a link to the page itself or to a script.</summary>
/// <param name="Start">Where its name begins in the page's text.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct PageControl(int Start, int End, bool IsButton)
{
    private const int LongestName = 40;
    private const int HashLength = 6;

    /// <summary>It sends a form.</summary>
    public bool IsOfForm { get; init; }

    public static IEnumerable<PageControl> Of(PageReading page) =>
        page.Shape.StandIns.Where(part => part.Kind is StandInKind.Button)
            .Select(part => new PageControl(part.Start, part.End, IsButton: true) { IsOfForm = part.Name == StandIn.OfForm })
            .Concat(page.Links.Where(link => link.Url is { Scheme: "javascript" } or null || UrlKeys.IsSamePage(link.Url, page.Url))
                .Select(link => new PageControl(link.TextStart, link.TextEnd, IsButton: false)))
            .Where(control => control.End - control.Start is > 0 and <= LongestName);

    /// <summary>Of its letters: a number in it changes with what it shows.</summary>
    public static string MarkOf(string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(name.Where(char.IsLetter)).ToLowerInvariant()), hash);
        return Base64Url.EncodeToString(hash[..HashLength]);
    }
}

/// <summary>The links of a page to one site, as marks that show later which of them are new.</summary>
public static class SiteLinks
{
    /// <summary>No more are kept; the first of the page.</summary>
    public const int MostLinks = 200;

    // 48 bits: among the links of a page, two that collide are one page in ten billion.
    private const int HashLength = 6;

    /// <summary>Every link of the page to the target's site that is not the target itself, each once.</summary>
    public static IReadOnlyList<string> Of(PageReading page, WebUrl target, IEnumerable<PageLink> own)
    {
        ArgumentNullException.ThrowIfNull(page);
        var ours = own.Select(link => link.Ordinal).ToHashSet();
        return
        [
            .. page.Links
                .Where(link => !ours.Contains(link.Ordinal) && link.Url is { IsHttp: true } url && TargetMatcher.IsSameSite(target, url))
                .Select(link => MarkOf(link.Url!))
                .Distinct()
                .Take(MostLinks),
        ];
    }

    /// <summary>The mark of one link: links that are the same target have one mark.</summary>
    public static string MarkOf(WebUrl url)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(UrlKeys.TargetKey(url)), hash);
        return Base64Url.EncodeToString(hash[..HashLength]);
    }
}

/// <summary>
/// A sample of a text that shows later how much of it is still there: of all pieces of ten letters the 128 with the smallest
/// hashes. A piece is in the sample whatever stands beside it, so the share of the sample that another text holds is, give or take a few
/// hundredths, the share of the text that it holds. Source: A. Broder, "On the resemblance and containment of documents" (1997),
/// https://doi.org/10.1109/SEQUEN.1997.666900
/// </summary>
internal static class TextSample
{
    /// <summary>A running or main text shorter than this, in characters, says too little: then more of the page's text counts.</summary>
    public const int ShortestMain = 200;

    private const int MostPieces = 128;

    /// <summary>Four bytes a piece in Base64Url; empty for a text of less than a piece.</summary>
    /// <param name="most">How many pieces are kept.</param>
    public static string Of(string text, int most = MostPieces)
    {
        // In order, each once.
        Span<uint> smallest = new uint[most];
        var count = 0;
        using var letters = new SampledLetters(text);
        Span<uint> hashes = stackalloc uint[SampledLetters.AtOnce];
        for (var piece = 0; piece < letters.Pieces; piece += SampledLetters.AtOnce)
        {
            foreach (var hash in hashes[..letters.Hash(piece, hashes)])
            {
                if ((count == most && hash >= smallest[^1]) || smallest[..count].BinarySearch(hash) is not (< 0 and var gap))
                    continue;
                count = Math.Min(count + 1, most);
                smallest[~gap..(count - 1)].CopyTo(smallest[(~gap + 1)..]);
                smallest[~gap] = hash;
            }
        }

        var bytes = new byte[count * sizeof(uint)];
        for (var i = 0; i < count; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)), smallest[i]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>How much of the sampled text is in another, 0 to 1; null when there is no sample to look for.</summary>
    public static double? ShareIn(string? sample, string text)
    {
        if (string.IsNullOrEmpty(sample))
            return null;
        var bytes = Base64Url.DecodeFromChars(sample);
        var wanted = new HashSet<uint>(MemoryMarshal.Cast<byte, uint>(bytes).ToArray());
        if (wanted.Count == 0)
            return null;
        var (all, largest) = (wanted.Count, wanted.Max());
        using var letters = new SampledLetters(text);
        Span<uint> hashes = stackalloc uint[SampledLetters.AtOnce];
        for (var piece = 0; piece < letters.Pieces && wanted.Count > 0; piece += SampledLetters.AtOnce)
        {
            foreach (var hash in hashes[..letters.Hash(piece, hashes)])
            {
                if (hash <= largest)
                    wanted.Remove(hash);
            }
        }

        return (double)(all - wanted.Count) / all;
    }
}

/// <summary>
/// The letters of a text, in pooled memory, and the hashes of its pieces. Only letters and digits count, without case: markup, punctuation
/// and line breaks are no change of a text.
/// </summary>
internal readonly struct SampledLetters : IDisposable
{
    /// <summary>How many pieces are hashed at once.</summary>
    public const int AtOnce = 4;

    private const int PieceLength = 10;

    // FNV-1a, mixed at the end: https://datatracker.ietf.org/doc/html/draft-eastlake-fnv
    private const ulong Basis = 14695981039346656037UL;
    private const ulong Prime = 1099511628211UL;

    // Beyond this a text is not read: what an edit does shows at any place of it, and a page may have megabytes.
    private const int MostLetters = 400_000;

    private readonly char[] _letters;

    public SampledLetters(string text)
    {
        _letters = ArrayPool<char>.Shared.Rent(Math.Min(text.Length, MostLetters));
        var count = 0;
        foreach (var c in text)
        {
            if (!char.IsLetterOrDigit(c))
                continue;
            if (count == MostLetters)
                break;
            _letters[count++] = char.ToLowerInvariant(c);
        }

        Pieces = Math.Max(0, count - PieceLength + 1);
    }

    /// <summary>How many there are: one begins at every letter but the last nine.</summary>
    public int Pieces { get; }

    /// <summary>The hashes of the pieces from one on, at most <see cref="AtOnce"/>.</summary>
    /// <returns>How many there are.</returns>
    public int Hash(int piece, Span<uint> hashes)
    {
        var count = Math.Min(AtOnce, Pieces - piece);
        var letters = _letters.AsSpan(piece, count + PieceLength - 1);
        if (count < AtOnce)
        {
            for (var i = 0; i < count; i++)
                hashes[i] = Mixed(letters.Slice(i, PieceLength));
            return count;
        }

        // Together, as each by itself waits for every multiplication.
        var (first, second, third, fourth) = (Basis, Basis, Basis, Basis);
        for (var i = 0; i < PieceLength; i++)
        {
            first = (first ^ letters[i]) * Prime;
            second = (second ^ letters[i + 1]) * Prime;
            third = (third ^ letters[i + 2]) * Prime;
            fourth = (fourth ^ letters[i + 3]) * Prime;
        }

        (hashes[0], hashes[1], hashes[2], hashes[3]) = (Mixed(first), Mixed(second), Mixed(third), Mixed(fourth));
        return AtOnce;
    }

    private static uint Mixed(ReadOnlySpan<char> piece)
    {
        var hash = Basis;
        foreach (var c in piece)
            hash = (hash ^ c) * Prime;
        return Mixed(hash);
    }

    private static uint Mixed(ulong hash) => (uint)(((hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDUL) >> 32);

    public void Dispose() => ArrayPool<char>.Shared.Return(_letters);
}

/// <summary>How much of a sampled text a page still has, worked out once for all links that remember the same sample of it.</summary>
internal static class TextShares
{
    private static readonly ConditionalWeakTable<PageReading, ConcurrentDictionary<string, double?>> Known = [];

    /// <summary>0 to 1; null when there is no sample.</summary>
    public static double? Of(string? sample, PageReading page) => string.IsNullOrEmpty(sample)
        ? null
        : Known.GetValue(page, static _ => new ConcurrentDictionary<string, double?>(StringComparer.Ordinal))
            .GetOrAdd(sample, static (sample, page) => TextSample.ShareIn(sample, page.Text), page);
}
