namespace LinkMonitor.Engine.Robots;

/// <summary>One allow or disallow line.</summary>
internal sealed record RobotsRule(bool Allows, RobotsPattern Pattern, RobotsLine Line)
{
    /// <summary>The longer path decides; of equally long ones the one that allows.</summary>
    public bool Outranks(RobotsRule? other) =>
        other is null || Pattern.Length > other.Pattern.Length || (Pattern.Length == other.Pattern.Length && Allows && !other.Allows);
}
