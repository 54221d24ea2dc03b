namespace LinkMonitor.Engine.Reasons;

/// <summary>What keeps us from seeing the page says nothing of the link: every sentence must leave that open.</summary>
internal static class UnseenReasons
{
    private const string Unread = "We cannot read {what}, so we cannot say whether the links are there.";
    private const string Empty = "We get {what} without content, as happens with pages that a script writes.";
    private const string OpenIt = "Look at the page in your browser: the link may well be there.";
    private const string ChecksGoOn = "Look at the page in your browser; checks continue, and we report when it can be read again.";

    public static IReadOnlyList<ReasonEntry> All { get; } =
    [
        Unseen(ReasonCode.Blocked, "The server blocks our checks of {what}; readers may well see everything.") with
        {
            Step = StepName.Status,
            Source = "https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/",
            Label = "we were blocked",
            Sentence = "The server blocked our check.",
            Why = "While we cannot read the page, we would not notice if the link were removed.",
            ToDo = "Look at the page in your browser, and ask the site's owner to let LinkMonitor in.",
        },
        Unseen(ReasonCode.ServerError, "The server fails when we fetch {what}: the site is probably down.") with
        {
            Step = StepName.Status,
            Source = Sources.Statuses,
            Label = "server errors",
            Sentence = "The server answered with an error of its own.",
            Why = "The server fails for everyone, so visitors may not reach your link either.",
            ToDo = ChecksGoOn,
        },
        Unseen(ReasonCode.Unreachable, "The server does not answer when we fetch {what}: the site is probably down.") with
        {
            Step = StepName.Request,
            Source = Sources.Crawling + "troubleshooting/dns-network-errors",
            Label = "no answer",
            Sentence = "The server did not answer.",
            Why = "The server does not answer, so visitors may not reach your link either.",
            ToDo = ChecksGoOn,
        },
        Unseen(ReasonCode.NotHtml, Unread) with
        {
            Step = StepName.Content,
            Source = "https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type",
            Label = "not an HTML page",
            Sentence = "What the server sent is not an HTML page.",
            Why = "The address sends a file, not a page, so there is no link to find.",
            ToDo = "Check that the page's address is right, or ask the site's owner where the page is now.",
        },
        Unseen(ReasonCode.TooLarge, Unread) with
        {
            Step = StepName.Content,
            Label = "page too large",
            Sentence = "The page is too large for us to read in full.",
            Why = "We do not read such a large page to the end, so we would not notice if the link were removed.",
            ToDo = OpenIt,
        },
        Unseen(ReasonCode.RobotsDisallowed, "robots.txt keeps our checks out of {what}; the links may well be there.") with
        {
            Step = StepName.RobotsTxt,
            Source = "https://www.rfc-editor.org/rfc/rfc9309",
            Label = "robots.txt keeps us out",
            Sentence = "robots.txt forbids us to read the page.",
            Why = "We obey robots.txt, so we would not notice if the link were removed.",
            ToDo = "Look at the page yourself, or ask the site's owner to allow LinkMonitor.",
        },
        Unseen(ReasonCode.Refused, Unread) with
        {
            Step = StepName.Request,
            Label = "address not allowed",
            Sentence = "We do not fetch pages from this address.",
            Why = "LinkMonitor fetches pages from public addresses only, so it does not check this one.",
            ToDo = "Check that the page's address is right. If this page must be checked, ask whoever runs LinkMonitor.",
        },
        Unseen(ReasonCode.OurFault, Unread) with
        {
            Step = StepName.Request,
            Label = "our own fault",
            Sentence = "The check failed through our own fault; nothing was judged.",
            Why = "The fault is ours: it says nothing about the page or the link.",
            ToDo = "It is checked again automatically. If this continues, tell whoever runs LinkMonitor.",
        },
        Unseen(ReasonCode.NoContent, Empty) with
        {
            Step = StepName.Content,
            Source = Sources.Scripts,
            Label = "page without content",
            Sentence = "The page came without content, so we cannot tell whether the link is there.",
            Why = "The page came without content, so we would not notice if the link were removed.",
            ToDo = OpenIt,
        },
        Unseen(ReasonCode.ScriptOnly, Empty) with
        {
            Step = StepName.Content,
            Source = Sources.Scripts,
            Label = "page written by a script",
            Sentence = "A script writes the page, so we cannot tell whether the link is there.",
            Why = "We run no scripts, so we would not notice if the link were removed.",
            ToDo = OpenIt,
        },
        Unseen(ReasonCode.PageShrunk, Unread) with
        {
            Step = StepName.Identity,
            Label = "page far smaller than before",
            Sentence = "The page came far smaller than before, so we cannot tell whether the link is there.",
            Why = "The page came far smaller than when the link was last seen, so it may have been half a page.",
            ToDo = OpenIt,
        },
        Unseen(ReasonCode.Parked, Unread) with
        {
            Step = StepName.Content,
            Source = "https://www.icann.org/resources/pages/gtld-lifecycle-2012-02-25-en",
            Label = "domain parked",
            Sentence = "The domain shows a page for parked domains.",
            Why = "The domain shows a page for parked domains; owners who forgot to renew often come back.",
            ToDo = "Ask the site's owner whether the domain is to be renewed.",
        },
    ];

    private static ReasonEntry Unseen(ReasonCode code, string cause) => new()
    {
        Code = code,
        Step = StepName.Content,
        Family = ChangeFamily.Pages,
        Label = "",
        Sentence = "",
        Why = "",
        ToDo = "",
        OnePage = CountedText.Same(cause),
        ManySites = cause,
        OneSite = cause,
    };
}
