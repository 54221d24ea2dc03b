namespace LinkMonitor.Engine.Judging.Walls;

/// <summary>Tells people what stands in front of a page, and what to do.</summary>
internal static class WallText
{
    /// <summary>One sentence.</summary>
    public static string DetailOf(Wall wall, int? status) => wall.Kind switch
    {
        WallKind.Consent =>
            $"A question for consent to cookies ({wall.Vendor}) came instead of the page (status {status}); readers who agree see it: open it in a browser.",
        WallKind.Login =>
            $"The page sends us to a login ({wall.Vendor}, status {status}), so we cannot tell whether the link is there; readers without an account cannot either.",
        _ =>
            $"A bot wall ({wall.Vendor}) answered with a challenge instead of the page (status {status}); readers may well see it: open it in a browser, " +
            "or ask the site's owner to let LinkMonitor in.",
    };
}
