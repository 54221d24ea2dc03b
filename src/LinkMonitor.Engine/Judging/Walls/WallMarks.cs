namespace LinkMonitor.Engine.Judging.Walls;

/// <summary>
/// The table of signs that an answer is a bot wall, a question for consent, a login or a parked domain, and not the page itself. Every row says where it is
/// documented. Walls that answer with a status of their own (LinkedIn with 999, Kasada with 429, Akamai with 428) need no row.
/// </summary>
internal static class WallMarks
{
    public static IReadOnlyList<WallMark> All { get; } = [.. ChallengeMarks.All, .. ConsentMarks.All, .. LoginMarks.All, .. ParkingMarks.All, .. RefusalMarks.All, .. ErrorMarks.All];
}
