namespace LinkMonitor.Engine.Reasons;

/// <summary>Links that do not count any more.</summary>
internal static class FollowingReasons
{
    public static IReadOnlyList<ReasonEntry> All { get; } =
    [
        new()
        {
            Code = ReasonCode.RelChanged,
            Step = StepName.Rel,
            Source = Sources.Google + "crawling-indexing/qualify-outbound-links",
            Family = ChangeFamily.Following,
            Scope = ScopeQuestion.Rel,
            Label = "rel",
            Sentence = "The rel of the link differs from the one expected.",
            Why = "A nofollow, sponsored or ugc token takes away the weight that search engines give the link.",
            ToDo = "Ask the site's owner for the rel you agreed on.",
            OnePage = new("The page gave your link a new rel.", "The page gave your links a new rel."),
            ManySites = "Your links got a new rel on {where}.",
            OneSite = "Your links got a new rel on {where}: probably a policy for the whole site.",
            Tally = new("{count} link got a new rel", "{count} links got a new rel"),
            TallyWithFound = new("{count} link turned {found}", "{count} links turned {found}"),
            OwnerSubject = "The link's rel",
            Template = ReasonCode.RelChanged,
            TemplateRank = 7,
        },
        new()
        {
            Code = ReasonCode.PageNofollow,
            Step = StepName.Meta,
            Source = Sources.Google + "crawling-indexing/robots-meta-tag",
            Family = ChangeFamily.Following,
            Label = "page says nofollow",
            Sentence = "The page tells search engines to follow none of its links, whatever their rel.",
            Why = "The page tells search engines to follow none of its links, so a clean rel on yours does not help.",
            ToDo = "Ask the site's owner to remove nofollow from the page's meta robots or X-Robots-Tag.",
            OnePage = CountedText.Same("The page now tells search engines to follow none of its links."),
            ManySites = "{where} now tell search engines to follow none of their links.",
            OneSite = "{where} now tell search engines to follow none of their links: probably a decision by the site's owner, or a "
                + "setting.",
            OwnerSentence = "The page says nofollow for all its links.",
            Template = ReasonCode.PageNofollow,
            TemplateRank = 8,
        },
    ];
}
