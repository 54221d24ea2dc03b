namespace LinkMonitor.Engine.Judging.Walls;

/// <summary>Tells people what stands in front of a page, and what to do.</summary>
internal static class WallText
{
    /// <summary>What it is, as the end of a sentence.</summary>
    public static string NameOf(Wall wall) => wall.Kind switch
    {
        WallKind.Consent => $"a question for consent ({wall.Vendor})",
        WallKind.Login => $"a login ({wall.Vendor})",
        WallKind.Refusal => $"a refusal ({wall.Vendor})",
        WallKind.Error => $"an error page ({wall.Vendor})",
        WallKind.Maintenance => $"a notice of maintenance ({wall.Vendor})",
        _ => $"a challenge ({wall.Vendor})",
    };

    /// <summary>One sentence.</summary>
    public static string DetailOf(Wall wall, int? status) => wall.Kind switch
    {
        WallKind.Consent =>
            $"A question for consent to cookies ({wall.Vendor}) came instead of the page (status {status}); readers who agree see it: open it in a browser.",
        WallKind.Login =>
            $"The page sends us to a login ({wall.Vendor}, status {status}), so we cannot tell whether the link is there; readers without an account cannot either.",
        WallKind.Refusal =>
            $"The site refuses us the page ({wall.Vendor}, status {status}); readers may well see it: open it in a browser.",
        WallKind.Error =>
            $"The site shows an error instead of the page ({wall.Vendor}, status {status}), which mostly passes; we try again.",
        WallKind.Maintenance =>
            $"The site says that it is being worked on ({wall.Vendor}, status {status}); we try again.",
        _ =>
            $"A bot wall ({wall.Vendor}) answered with a challenge instead of the page (status {status}); readers may well see it: open it in a browser, " +
            "or ask the site's owner to let LinkMonitor in.",
    };
}
