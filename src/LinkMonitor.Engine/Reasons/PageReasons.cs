namespace LinkMonitor.Engine.Reasons;

/// <summary>Pages that are gone, and the links with them.</summary>
internal static class PageReasons
{
    private const string AskForSuccessor = "Ask the site's owner whether the page moved, and ask for the link on the new page.";
    private const string Gone = "{where} do not exist any more.";
    private const string GoneOnSite = "{where} do not exist any more: probably a section was deleted, or moved without redirects.";

    public static IReadOnlyList<ReasonEntry> All { get; } =
    [
        new()
        {
            Code = ReasonCode.PageGone,
            Step = StepName.Status,
            Source = Sources.Statuses,
            Family = ChangeFamily.Pages,
            Confirmed = ConfirmationGroup.PageGone,
            Label = "page gone",
            Sentence = "The server says that the page does not exist.",
            Why = "The link's weight and its visitors are gone with the page.",
            ToDo = AskForSuccessor,
            OnePage = CountedText.Same("The page does not exist any more."),
            ManySites = Gone,
            OneSite = GoneOnSite,
            IsLoss = true,
            IsWithoutPage = true,
            Tally = ReasonEntry.Lost,
            OwnerSentence = "The server says that the page does not exist.",
            Template = ReasonCode.PageGone,
            TemplateRank = 2,
        },
        new()
        {
            Code = ReasonCode.PageRedirected,
            Step = StepName.Redirects,
            Source = Sources.Google + "crawling-indexing/301-redirects",
            Family = ChangeFamily.Pages,
            Scope = ScopeQuestion.Elsewhere,
            Label = "page redirected",
            Sentence = "The page redirects to another one, which does not carry the link.",
            Why = "Visitors and search engines no longer come to your link.",
            ToDo = "See where it leads, and ask for the link on that page.",
            OnePage = CountedText.Same("The page now sends visitors elsewhere."),
            ManySites = "{where} now send visitors elsewhere.",
            OneSite = "{where} now send visitors elsewhere: the site was probably rebuilt or changed hands.",
            IsLoss = true,
            Tally = ReasonEntry.Lost,
            OwnerSentence = "The page sends its visitors elsewhere.",
            Template = ReasonCode.PageRedirected,
            TemplateRank = 3,
        },
        new()
        {
            Code = ReasonCode.Soft404,
            Step = StepName.Content,
            Source = Sources.SoftErrors,
            Family = ChangeFamily.Pages,
            Confirmed = ConfirmationGroup.PageGone,
            Scope = ScopeQuestion.WholePage,
            Label = "error page with a success status",
            Sentence = "The page answers with a success status, but shows an error text or the home page instead of its content.",
            Why = "Search engines treat such a page as gone, and its links with it.",
            ToDo = AskForSuccessor,
            OnePage = CountedText.Same("The page shows an error text instead of its content."),
            ManySites = Gone,
            OneSite = GoneOnSite,
            IsLoss = true,
            IsWithoutPage = true,
            Tally = ReasonEntry.Lost,
            OwnerSentence = "The page shows an error text.",
            Template = ReasonCode.PageGone,
            TemplateRank = 2,
        },
        new()
        {
            Code = ReasonCode.DomainGone,
            Step = StepName.Request,
            Source = "https://www.rfc-editor.org/rfc/rfc8020",
            Family = ChangeFamily.Pages,
            Confirmed = ConfirmationGroup.DomainGone,
            Label = "domain gone",
            Sentence = "The page's domain does not exist, or shows nothing of its site.",
            Why = "Every link on the domain is gone with it.",
            ToDo = "Check whether the site moved to another name; if not, replace the link elsewhere.",
            OnePage = CountedText.Same("The domain {host} does not exist any more."),
            ManySites = "The domains of these pages do not exist any more.",
            OneSite = "The domain {host} does not exist any more.",
            Answered = new(
                "The site at {host} is not there any more: its domain is parked, or the company that hosts it has closed it.",
                "The sites of these pages are not there any more: their domains are parked, or the companies that host them have closed "
                    + "them."),
            IsLoss = true,
            IsWithoutPage = true,
            Tally = ReasonEntry.Lost,
            OwnerSentence = "The site's domain shows nothing of the site any more.",
            Template = ReasonCode.DomainGone,
            TemplateRank = 1,
        },
        new()
        {
            Code = ReasonCode.PageReplaced,
            Step = StepName.Identity,
            Source = Sources.SoftErrors,
            Family = ChangeFamily.Pages,
            Confirmed = ConfirmationGroup.PageReplaced,
            Label = "page replaced",
            Sentence = "The address shows another page.",
            Why = "Every check since has found another page at the address, and your link is not on it.",
            ToDo = "Compare the two titles below, and ask the site's owner to bring the page back or to put the link on the new one.",
            OnePage = CountedText.Same("The page was replaced: another one is at its address."),
            ManySites = "{where} were replaced by others.",
            OneSite = "{where} were replaced by others: the site was probably rebuilt or changed hands.",
            IsLoss = true,
            Tally = ReasonEntry.Lost,
            OwnerSubject = "The page's title",
            OwnerSentence = "Another page is at its address.",
            Template = ReasonCode.PageGone,
            TemplateRank = 2,
        },
    ];
}
