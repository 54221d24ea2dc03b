using LinkMonitor.Engine.Reading;

namespace LinkMonitor.Engine.Judging;

/// <summary>What an absent link means.</summary>
/// <param name="Instead">The link that stands in its place, if any.</param>
internal sealed record Absence(VerdictState State, Reason Reason, PageLink? Instead = null)
{
    /// <inheritdoc cref="Verdict.Suspected"/>
    public Reason? Suspected { get; init; }

    /// <summary>Could not tell.</summary>
    public static Absence Unknown(ReasonCode code, string message, string? found = null) =>
        new(VerdictState.Unknown, new Reason { Code = code, Message = message, Found = found });
}
