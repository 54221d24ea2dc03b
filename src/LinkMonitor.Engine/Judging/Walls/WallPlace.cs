namespace LinkMonitor.Engine.Judging.Walls;

/// <summary>Where a mark stands.</summary>
internal enum WallPlace
{
    /// <summary>A header field, <c>name: value</c>; the value is compared whole, without case.</summary>
    Header,

    /// <summary>The whole title, without case and without the dots and marks at its end.</summary>
    Title,

    /// <summary>The beginning of the title, up to the end of a word.</summary>
    TitleStart,

    /// <summary>In the title, behind the page's host or a domain above it; of parked domains in the heading, too.</summary>
    AfterHostInTitle,

    /// <summary>Anywhere in the title; of parked domains in the heading, too.</summary>
    InTitle,

    /// <summary>Anywhere in the page's source, letter by letter.</summary>
    Body,

    /// <summary>The host that answered in the end, or a domain above it.</summary>
    Host,

    /// <summary>The host and path that answered in the end begin so.</summary>
    Url,

    /// <summary>The end of the path that answered, and a redirect led there.</summary>
    RedirectPath,
}

/// <summary>What stands in front of a page, by the marks of its answer.</summary>
/// <param name="Vendor">Who put it there; "the site" when nobody is known.</param>
/// <param name="IsProven">False when ordinary pages carry the mark, too.</param>
internal sealed record Wall(WallKind Kind, string Vendor, bool IsProven)
{
    /// <summary>The answer is called so: on a page of a site that is its subject, anywhere else it is what came.</summary>
    public bool IsName { get; init; }
}

/// <summary>What stands in front of a page.</summary>
internal enum WallKind
{
    /// <summary>A test whether we are a person.</summary>
    Challenge,

    /// <summary>A question for consent to cookies that comes before the page.</summary>
    Consent,

    /// <summary>A question for name and password.</summary>
    Login,

    /// <summary>A refusal: too many requests, the wrong country, an age to confirm, a member's area.</summary>
    Refusal,

    /// <summary>An error of the site, or the page that its server shows when there is no site.</summary>
    Error,

    /// <summary>The site says that it is being worked on.</summary>
    Maintenance,

    /// <summary>A page of a domain that is for sale or only shows advertisements. No wall, but not the page either.</summary>
    Parking,

    /// <summary>A page of the hosting company, which has closed the site. As with a parked domain, the site is not there.</summary>
    Closed,
}

/// <summary>Tells people what stands in front of a page, and what to do.</summary>
internal static class WallText
{
    // Of one that nobody is known to have put up, the site says no more than that it is there.
    private const string Nobody = "the site";

    /// <summary>What it is, as the end of a sentence.</summary>
    public static string NameOf(Wall wall) => (wall.Kind switch
    {
        WallKind.Consent => "a question for consent",
        WallKind.Login => "a login",
        WallKind.Refusal => "a refusal",
        WallKind.Error => "an error page",
        WallKind.Maintenance => "a notice of maintenance",
        _ => "a challenge",
    }) + By(wall);

    private static string By(Wall wall) => wall.Vendor == Nobody ? "" : $" ({wall.Vendor})";

    private static string By(Wall wall, int status) => wall.Vendor == Nobody ? $" (status {status})" : $" ({wall.Vendor}, status {status})";

    /// <summary>One sentence.</summary>
    /// <param name="status">Null for a document that was handed over.</param>
    public static string DetailOf(Wall wall, int? status) => status is null
        ? $"What was handed over is {NameOf(wall)}, not the page: open the page, pass what is in front of it, and hand it over again."
        : DetailOf(wall, status.Value);

    private static string DetailOf(Wall wall, int status) => wall.Kind switch
    {
        WallKind.Consent =>
            $"A question for consent to cookies{By(wall)} came instead of the page (status {status}); readers who agree see it: open "
                + $"it in a browser.",
        WallKind.Login =>
            $"A login came instead of the page{By(wall, status)}, so we cannot tell whether the link is there; readers "
                + $"without an account cannot either.",
        WallKind.Refusal =>
            $"The site refuses us the page{By(wall, status)}; readers may well see it: open it in a browser.",
        WallKind.Error =>
            $"The site shows an error instead of the page{By(wall, status)}, which mostly passes; we try again.",
        WallKind.Maintenance =>
            $"The site says that it is being worked on{By(wall, status)}; we try again.",
        _ =>
            $"A bot wall{By(wall)} answered with a challenge instead of the page (status {status}); readers may well see it: open it "
                + $"in a browser, " +
            "or ask the site's owner to let LinkMonitor in.",
    };
}
