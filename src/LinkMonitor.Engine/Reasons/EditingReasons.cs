namespace LinkMonitor.Engine.Reasons;

/// <summary>Links that were taken away, moved or rewritten.</summary>
internal static class EditingReasons
{
    private const string Alike = "Your links changed in the same way on {where}.";
    private const string AlikeOnSite = "Your links changed in the same way on {where}: probably a new template.";

    public static IReadOnlyList<ReasonEntry> All { get; } =
    [
        new()
        {
            Code = ReasonCode.AnchorChanged,
            Step = StepName.Anchor,
            Source = Sources.Crawlable,
            Family = ChangeFamily.Editing,
            Label = "anchor",
            Sentence = "The anchor text differs from the one expected.",
            Why = "The anchor text tells search engines and readers what your page is about.",
            ToDo = "Compare the two texts below, and ask for the expected one if the other hurts you.",
            OnePage = new("The page's owner changed the text of your link.", "The page's owner changed the text of your links."),
            ManySites = Alike,
            OneSite = AlikeOnSite,
            Tally = new("{count} link got a new anchor text", "{count} links got a new anchor text"),
            OwnerSubject = "The link's text",
            Template = ReasonCode.AnchorChanged,
            TemplateRank = 13,
        },
        new()
        {
            Code = ReasonCode.TargetChanged,
            Step = StepName.Element,
            Source = Sources.Crawlable,
            Family = ChangeFamily.Editing,
            Label = "target",
            Sentence = "The page links to another URL.",
            Why = "The link's weight and its visitors now arrive at another URL.",
            ToDo = "If you did not ask for this, send the site's owner the right URL.",
            OnePage = new("The page's owner pointed your link to another URL.", "The page's owner pointed your links to another URL."),
            ManySites = Alike,
            OneSite = AlikeOnSite,
            Tally = new("{count} link now leads elsewhere", "{count} links now lead elsewhere"),
            OwnerSubject = "The link's address",
            Template = ReasonCode.TargetChanged,
            TemplateRank = 6,
        },
        new()
        {
            Code = ReasonCode.PlacementChanged,
            Step = StepName.Placement,
            Source = "https://www.w3.org/TR/html-aam-1.0/",
            Family = ChangeFamily.Editing,
            Label = "placement",
            Sentence = "The link is in another part of the page.",
            Why = "A link outside the main text counts for less and is clicked less.",
            ToDo = "Ask the site's owner to move it to the place you expect.",
            OnePage =
                new("The page's owner, or a new template, moved your link.", "The page's owner, or a new template, moved your links."),
            ManySites = Alike,
            OneSite = AlikeOnSite,
            Tally = new("{count} link moved to another place", "{count} links moved to another place"),
            TallyWithFound = new("{count} link moved to the page's {found}", "{count} links moved to the page's {found}"),
            OwnerSubject = "The link's place on the page",
            Template = ReasonCode.PlacementChanged,
            TemplateRank = 14,
        },
        new()
        {
            Code = ReasonCode.Hidden,
            Step = StepName.Visibility,
            Source = Sources.Google + "essentials/spam-policies#hidden-text-and-link-abuse",
            Family = ChangeFamily.Editing,
            Label = "hidden from readers",
            Sentence = "The link is in the page's code, but readers cannot see it.",
            Why = "Readers cannot see the link, and search engines may take a hidden link for spam.",
            ToDo = "Ask the site's owner to make it visible.",
            OnePage = new(
                "The page's code still has your link, but readers cannot see it.",
                "The page's code still has your links, but readers cannot see them."),
            ManySites = Alike,
            OneSite = AlikeOnSite,
            Tally = new("{count} link was hidden from readers", "{count} links were hidden from readers"),
            OwnerSentence = "The link is hidden from readers.",
            Template = ReasonCode.Hidden,
            TemplateRank = 12,
        },
        new()
        {
            Code = ReasonCode.LinkRemoved,
            Step = StepName.Element,
            Source = Sources.Crawlable,
            Family = ChangeFamily.Editing,
            Scope = ScopeQuestion.Removal,
            Label = "link removed",
            Sentence = "The page was read, and it has no link to your target.",
            Why = "A link that is gone passes on no weight and brings no visitors.",
            ToDo = "Ask the site's owner to put it back; the evidence below shows what it looked like.",
            OnePage = new(
                "The page is there with its content, but your link is no longer on it.",
                "The page is there with its content, but your links are no longer on it."),
            ManySites = "Your links were taken out of {where}.",
            OneSite = "Your links were taken out of {where}: probably one clean-up, or a new template.",
            IsLoss = true,
            Tally = new("{count} link was removed", "{count} links were removed"),
            OwnerSentence = "The page was read, and no link to our address is on it.",
            Template = ReasonCode.LinkRemoved,
            TemplateRank = 4,
        },
        new()
        {
            Code = ReasonCode.MentionOnly,
            Step = StepName.Element,
            Source = Sources.Crawlable,
            Family = ChangeFamily.Editing,
            Scope = ScopeQuestion.Removal,
            Label = "only a mention is left",
            Sentence = "Your URL is on the page, but not as a link that search engines can follow.",
            Why = "Search engines do not follow plain text, and visitors cannot click it.",
            ToDo = "Ask the site's owner to make it a link again.",
            OnePage = CountedText.Same("Your URL is still on the page, but only as plain text."),
            ManySites = "On {where} your links became plain text.",
            OneSite = "On {where} your links became plain text: probably one change to the site.",
            IsLoss = true,
            Tally = new("{count} link turned into plain text", "{count} links turned into plain text"),
            OwnerSentence = "Our address is in the text, but not as a link.",
            Template = ReasonCode.MentionOnly,
            TemplateRank = 5,
        },
    ];
}
