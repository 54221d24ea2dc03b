namespace LinkMonitor.Engine.Reasons;

/// <summary>Our own page at the other end.</summary>
internal static class TargetReasons
{
    public static IReadOnlyList<ReasonEntry> All { get; } =
    [
        new()
        {
            Code = ReasonCode.TargetBroken,
            Step = StepName.Target,
            Source = Sources.Statuses,
            Family = ChangeFamily.Target,
            Label = "your target is broken",
            Sentence = "The link is there, but your own page that it leads to is broken.",
            Why = "Visitors and search engines that follow the link meet an error on your own site.",
            ToDo = "Bring the target page back, or redirect it to the page that replaced it.",
            OnePage = CountedText.Same("The page is as it was; your own page at the other end is broken."),
            ManySites = "Your own pages at the other end of these links are broken.",
            OneSite = "Your own pages at the other end of these links are broken.",
            Tally = new("{count} link leads to a broken page of yours", "{count} links lead to a broken page of yours"),
        },
        new()
        {
            Code = ReasonCode.TargetRedirects,
            Step = StepName.Target,
            Source = Sources.Google + "crawling-indexing/301-redirects",
            Family = ChangeFamily.Target,
            Label = "your target redirects",
            Sentence = "The link is there, but your own page that it leads to redirects elsewhere.",
            Why = "Every visit takes a detour, and the weight may go to a page you did not mean.",
            ToDo = "Check that your redirect is intended; ask for the final URL in the link if it is.",
            OnePage = CountedText.Same("The page is as it was; your own page at the other end redirects."),
            ManySites = "Your own pages at the other end of these links redirect.",
            OneSite = "Your own pages at the other end of these links redirect.",
            Tally = new("{count} link leads to a page of yours that redirects", "{count} links lead to a page of yours that redirects"),
        },
    ];
}
