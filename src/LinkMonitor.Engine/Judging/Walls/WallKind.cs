namespace LinkMonitor.Engine.Judging.Walls;

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
}
