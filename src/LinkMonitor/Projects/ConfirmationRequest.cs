namespace LinkMonitor.Projects;

/// <summary>When a suspected finding becomes a change. What is absent stays, or is the default.</summary>
public sealed record ConfirmationRequest
{
    /// <summary>Findings about the link itself; 2 observations over 60 minutes by default.</summary>
    public ConfirmationRuleView? Link { get; init; }

    /// <summary>The page answers 404 or 410; 2 observations over 360 minutes by default.</summary>
    public ConfirmationRuleView? PageGone { get; init; }

    /// <summary>The domain does not exist; 3 observations over 2,880 minutes by default.</summary>
    public ConfirmationRuleView? DomainGone { get; init; }

    /// <summary>Another page is at the page's address; 3 observations over 4,320 minutes (3 days) by default.</summary>
    public ConfirmationRuleView? PageReplaced { get; init; }

    /// <summary>60 to 43,200 minutes; 10,080 (7 days) by default.</summary>
    public int? UnreachableAfterMinutes { get; init; }
}
