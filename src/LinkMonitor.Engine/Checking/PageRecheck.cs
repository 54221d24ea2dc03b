namespace LinkMonitor.Engine.Checking;

/// <summary>What came of asking whether a page has changed. Exactly one of the two is set.</summary>
public sealed record PageRecheck
{
    private PageRecheck()
    {
    }

    /// <summary>When the site said, credibly, that it has not; UTC.</summary>
    public DateTimeOffset? UnchangedAt { get; private init; }

    /// <summary>The page in full, since it has changed or the site cannot be trusted to say that it has not.</summary>
    public PageLook? Look { get; private init; }

    internal static PageRecheck Unchanged(DateTimeOffset at) => new() { UnchangedAt = at };

    internal static PageRecheck Full(PageLook look) => new() { Look = look };
}
