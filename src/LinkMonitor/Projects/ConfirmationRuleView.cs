using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Projects;

/// <summary>How often, and over how long, a finding must be seen before it counts.</summary>
public sealed record ConfirmationRuleView
{
    /// <summary>1 to 10.</summary>
    public required int Observations { get; init; }

    /// <summary>0 to 43,200.</summary>
    public required int OverMinutes { get; init; }

    internal static ConfirmationRuleView Of(ConfirmationRule rule) =>
        new() { Observations = rule.Observations, OverMinutes = (int)rule.Over.TotalMinutes };

    internal ConfirmationRule ToRule() => new(Observations, TimeSpan.FromMinutes(OverMinutes));
}
