using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Alerts.Composing.Matters;

/// <summary>A date of a paid placement that somebody should act on.</summary>
public sealed record TermsEvent
{
    public required LinkName Link { get; init; }

    /// <summary>What is true of the link now: a live link whose terms have ended is told otherwise than a lost one.</summary>
    public required LinkState State { get; init; }

    /// <summary>The last day that is paid for, in the project's time zone.</summary>
    public required DateOnly End { get; init; }

    /// <summary>Whole days from today to <see cref="End"/>: 0 on the last day, negative after it.</summary>
    public required int DaysLeft { get; init; }

    /// <summary>Who sold it; null when that is not known.</summary>
    public string? Vendor { get; init; }

    /// <summary>Whom to write to; null when that is not known.</summary>
    public string? Contact { get; init; }

    /// <summary>What it costs; null when that is not known.</summary>
    public Stake? Stake { get; init; }
}
