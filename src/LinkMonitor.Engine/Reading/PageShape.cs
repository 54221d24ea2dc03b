namespace LinkMonitor.Engine.Reading;

/// <summary>
/// How a page is built: where its text stands and what it asks of its readers, without regard to what the words mean. By this a page is
/// distinguished from an answer that only takes its place, in any language.
/// </summary>
public sealed record PageShape
{
    /// <summary>The visible text outside menus, heads, feet, side columns, dialogs and comments, white space folded.</summary>
    public string MainText { get; init; } = "";

    /// <summary>
    /// The running text of <see cref="MainText"/>, without menus, lists of links and captions, which pages of one site share.
    /// </summary>
    public string ProseText { get; init; } = "";

    /// <summary>
    /// How much of <see cref="MainText"/> is running text: blocks of at least 80 characters that are not mostly links. Characters of
    /// scripts that say a word in one or two of them count for two or three.
    /// </summary>
    public int ProseLength { get; init; }

    /// <summary>How many such blocks there are.</summary>
    public int ProseBlocks { get; init; }

    /// <summary>The part of <see cref="ProseLength"/> that stands in an <c>article</c> element.</summary>
    public int ArticleProse { get; init; }

    /// <summary>There is an <c>article</c> element with a heading and a sentence or two that are not links.</summary>
    public bool HasHeadedArticle { get; init; }

    /// <summary>All of <see cref="MainText"/> but the text of links, counted as <see cref="ProseLength"/> is.</summary>
    public int UnlinkedLength { get; init; }

    /// <summary>The page calls itself an article: Open Graph, schema.org or microformats.</summary>
    public bool IsCalledArticle { get; init; }

    /// <summary>There is a form in the main part that has buttons and nothing to fill in: it asks a question.</summary>
    public bool AsksQuestion { get; init; }

    /// <summary>How many buttons stand in the main part outside forms.</summary>
    public int LooseButtons { get; init; }

    /// <summary>There is a form with a picture and one field: it asks to copy what the picture shows.</summary>
    public bool AsksForLetters { get; init; }

    /// <summary>A mark of content that a script fetches: an empty frame, cloak or container; null for none.</summary>
    public string? LazyPart { get; init; }

    /// <summary>An element with an id or a class that came empty though it stands where content would; null for none.</summary>
    public string? EmptyPart { get; init; }

    /// <summary>A mark of content that is kept from those who have not paid; null for none.</summary>
    public string? Paywall { get; init; }

    /// <summary>The last block of running text ends with an ellipsis, and no other does: the text goes on elsewhere.</summary>
    public bool BreaksOff { get; init; }

    /// <summary>A script of the page sends its readers to another address as soon as it runs.</summary>
    public bool HasScriptMove { get; init; }

    /// <summary>A script of the page sets a cookie and loads the page again.</summary>
    public bool HasScriptReload { get; init; }

    /// <summary>How many scripts the page loads from a URL or holds itself.</summary>
    public int Scripts { get; init; }

    /// <summary>The source ends inside an element that has to be closed, with no end of the body before: the rest is missing.</summary>
    public bool IsCut { get; init; }

    /// <summary>The page has next to no letters but many characters that no text holds: it is something else, read as text.</summary>
    public bool IsGarbled { get; init; }
}
