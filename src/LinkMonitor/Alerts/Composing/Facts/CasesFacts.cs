using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Cases;

namespace LinkMonitor.Alerts.Composing.Facts;

/// <summary>Cases whose due or promised day has come.</summary>
public sealed record CasesFacts : ProjectFacts
{
    public override AlertKind Kind => AlertKind.Cases;

    /// <summary>At least one, in any order.</summary>
    public required IReadOnlyList<DueCase> Events { get; init; }
}

/// <summary>A day of a case that has come.</summary>
public sealed record DueCase
{
    public required LinkName Link { get; init; }

    public required CaseStatus Status { get; init; }

    /// <summary>The link's state after the last change of the case.</summary>
    public required LinkState State { get; init; }

    public required DateOnly Day { get; init; }

    /// <summary>Whether it is the promised day, and not the due one.</summary>
    public required bool IsPromise { get; init; }

    /// <summary>0 on the day, negative after it.</summary>
    public required int DaysLeft { get; init; }

    /// <summary>Null for nobody.</summary>
    public string? Owner { get; init; }
}
