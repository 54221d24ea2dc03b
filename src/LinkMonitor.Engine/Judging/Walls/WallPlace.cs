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

    /// <summary>In the title, behind the page's host or a domain above it.</summary>
    AfterHostInTitle,

    /// <summary>Anywhere in the title.</summary>
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
