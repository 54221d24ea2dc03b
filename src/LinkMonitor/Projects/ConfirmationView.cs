using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Projects;

/// <summary>When a suspected finding becomes a change.</summary>
public sealed record ConfirmationView
{
    public required ConfirmationRuleView Link { get; init; }

    public required ConfirmationRuleView PageGone { get; init; }

    public required ConfirmationRuleView DomainGone { get; init; }

    public required ConfirmationRuleView PageReplaced { get; init; }

    public required int UnreachableAfterMinutes { get; init; }

    internal static ConfirmationView Of(ConfirmationPolicy policy) => new()
    {
        Link = ConfirmationRuleView.Of(policy.Link),
        PageGone = ConfirmationRuleView.Of(policy.PageGone),
        DomainGone = ConfirmationRuleView.Of(policy.DomainGone),
        PageReplaced = ConfirmationRuleView.Of(policy.PageReplaced),
        UnreachableAfterMinutes = (int)policy.UnreachableAfter.TotalMinutes,
    };
}
