namespace LinkMonitor.Engine.Reasons;

/// <summary>
/// All there is to know of a reason, apart from the rule that finds it. Its texts are English and the keys of the language files;
/// <c>{placeholders}</c> in them are named where they may stand.
/// </summary>
public sealed record ReasonEntry
{
    public required ReasonCode Code { get; init; }

    /// <summary>The step of a check that shows it.</summary>
    public required StepName Step { get; init; }

    /// <summary>The page that says why it counts, as in docs/checks.md; null when the rule is our own.</summary>
    public string? Source { get; init; }

    public required ChangeFamily Family { get; init; }

    /// <summary>A link that has it is not there.</summary>
    public bool IsLoss { get; init; }

    /// <summary>There is no page at the address that a link could be on.</summary>
    public bool IsWithoutPage { get; init; }

    /// <summary>What is asked of the page's other links; null when nothing is.</summary>
    public ScopeQuestion? Scope { get; init; }

    /// <summary>Which of a project's rules of confirmation holds for it; that of links by default.</summary>
    public ConfirmationGroup Confirmed { get; init; }

    /// <summary>What differs, for a subject or the head of a line: for example <c>rel</c>.</summary>
    public required string Label { get; init; }

    /// <summary>A sentence for languages other than English: in English each finding has a message of its own.</summary>
    public required string Sentence { get; init; }

    /// <summary>Why it matters.</summary>
    public required string Why { get; init; }

    /// <summary>What to do about it.</summary>
    public required string ToDo { get; init; }

    /// <summary>
    /// What happened to the page, where an alert is about the links of one. <c>{what}</c> is the page, <c>{host}</c> its host.
    /// </summary>
    public required CountedText OnePage { get; init; }

    /// <summary>What happened to pages of several sites. <c>{where}</c> and <c>{what}</c> are for example "3 pages of 2 sites".</summary>
    public required string ManySites { get; init; }

    /// <summary>
    /// What happened to several pages of one site, with the likely decision behind it. Placeholders as in <see cref="ManySites"/>.
    /// </summary>
    public required string OneSite { get; init; }

    /// <summary>What happened, beginning with the number of links. <c>{why}</c> is the label.</summary>
    public CountedText Tally { get; init; } = Devalued;

    /// <summary>The same where all links were found alike: <c>{found}</c> is what was found. Null when that says no more.</summary>
    public CountedText? TallyWithFound { get; init; }

    /// <summary>What was found, for the owner of the page; English, as drafts are. Null where the owner cannot mend it.</summary>
    public string? OwnerSentence { get; init; }

    /// <summary>
    /// What of the link or page differs, for a sentence to the owner with both values, where they differ; null where the sentence says
    /// all.
    /// </summary>
    public string? OwnerSubject { get; init; }

    /// <summary>The outreach template of a case: it has the name of this reason. Null when nobody is to be written to about it.</summary>
    public ReasonCode? Template { get; init; }

    /// <summary>Which of several reasons gives the template: the least one, from 1.</summary>
    public int TemplateRank { get; init; } = int.MaxValue;

    /// <summary>The texts of what happened, where a host answers that is told as gone; null when there is no such case.</summary>
    public AnsweredTexts? Answered { get; init; }

    /// <summary>Every text that mails say, for the test of the language files.</summary>
    public IEnumerable<string> Texts =>
    [
        Label, Sentence, Why, ToDo, OnePage.One, OnePage.Many, ManySites, OneSite, Tally.One, Tally.Many,
        .. TallyWithFound is { } found ? new[] { found.One, found.Many } : [],
        .. Answered is { } answered ? new[] { answered.OneSite, answered.ManySites } : [],
    ];

    internal static CountedText Lost { get; } = new("{count} link was lost: {why}", "{count} links were lost: {why}");

    internal static CountedText Devalued { get; } = new("{count} link was devalued: {why}", "{count} links were devalued: {why}");
}

/// <summary>As <see cref="ReasonEntry.OneSite"/> and <see cref="ReasonEntry.ManySites"/>.</summary>
public sealed record AnsweredTexts(string OneSite, string ManySites);

/// <summary>What happened to the watched link, and so may have happened to the page's other links.</summary>
public enum ScopeQuestion
{
    /// <summary>It is not on a page that is there.</summary>
    Removal,

    /// <summary>The page itself is no longer there: it leads to a home page, or says that it does not exist.</summary>
    WholePage,

    /// <summary>Its rel changed.</summary>
    Rel,

    /// <summary>Readers are sent to another page, and it is not there.</summary>
    Elsewhere,
}

/// <summary>Reasons that are confirmed by one rule of a project; see <c>ConfirmationPolicy</c>.</summary>
public enum ConfirmationGroup
{
    /// <summary>About the link itself.</summary>
    Link,
    PageGone,
    DomainGone,
    PageReplaced,
}

/// <summary>Reasons that have one cause when they come on several pages of a host at once.</summary>
public enum ChangeFamily
{
    /// <summary>Pages that are gone, redirect, or cannot be seen: the site is down or was moved.</summary>
    Pages,

    /// <summary>Links that do not count any more: a policy of the site.</summary>
    Following,

    /// <summary>Pages that search engines may not show.</summary>
    Indexing,

    /// <summary>Links that were taken away, moved or rewritten: an editor's hand.</summary>
    Editing,

    /// <summary>Our own page, told apart by its address elsewhere.</summary>
    Target,

    /// <summary>As expected again.</summary>
    Recovery,
}

/// <summary>A text in two forms. <c>{count}</c> stands for the number.</summary>
/// <param name="One">For exactly one.</param>
/// <param name="Many">For any other number.</param>
public sealed record CountedText(string One, string Many)
{
    /// <summary>The same text for any number.</summary>
    public static CountedText Same(string text) => new(text, text);
}

/// <summary>Addresses that several reasons have in their sources.</summary>
internal static class Sources
{
    public const string Google = "https://developers.google.com/search/docs/";
    public const string Crawling = "https://developers.google.com/crawling/docs/";
    public const string Statuses = Crawling + "troubleshooting/http-status-codes";
    public const string Crawlable = Google + "crawling-indexing/links-crawlable";
    public const string SoftErrors = Google + "crawling-indexing/troubleshoot-crawling-errors#soft-404-errors";
    public const string Scripts = Google + "crawling-indexing/javascript/javascript-seo-basics";
}
