namespace LinkMonitor.Engine.Judging;

/// <summary>What a check knows of a target.</summary>
/// <param name="Sight">What was seen of it; null when nobody looked.</param>
/// <param name="Gap">Why that does not say how the target is; null when it does.</param>
public sealed record TargetLook(TargetSight? Sight, TargetGap? Gap)
{
    public static TargetLook Of(TargetSight sight) => new(sight, sight is { Status: null, IsBroken: false } ? TargetGap.NoAnswer : null);

    public static TargetLook Missing(TargetGap gap) => new(null, gap);
}
