namespace LinkMonitor.Placements.Refunds;

/// <summary>What a refund pack is about.</summary>
/// <param name="Subject">The vendor, or the page of the one link.</param>
/// <param name="ProjectName">The project's name.</param>
/// <param name="MadeAt">When it was made, in UTC.</param>
internal sealed record RefundHeading(string Subject, string ProjectName, DateTimeOffset MadeAt);
