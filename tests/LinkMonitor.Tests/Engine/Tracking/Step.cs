namespace LinkMonitor.Tests.Engine.Tracking;

/// <summary>One check in a random life of a link.</summary>
/// <param name="Minutes">After the check before.</param>
internal sealed record Step(int Minutes, Finding Finding)
{
    public override string ToString() => $"+{Minutes}min {Finding}";
}
