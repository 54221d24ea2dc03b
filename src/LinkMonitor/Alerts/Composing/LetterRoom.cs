namespace LinkMonitor.Alerts.Composing;

/// <summary>How much of an alert stands in a mail.</summary>
/// <param name="Full">So many things are told with all their evidence.</param>
/// <param name="Short">So many further ones get a few lines each.</param>
internal sealed record LetterRoom(int Full, int Short)
{
    /// <summary>So many changes are told with all their evidence, at most.</summary>
    public const int MaxInFull = 12;

    /// <summary>So many further changes get a few lines each, at most. The rest is at the alert's public address; without one all are listed.</summary>
    public const int MaxShortly = 100;

    public static LetterRoom Unbounded { get; } = new(int.MaxValue, int.MaxValue);

    /// <summary>From all that is told at most, down to the least that is tried to keep a mail whole in Gmail.</summary>
    public static IReadOnlyList<LetterRoom> Steps { get; } =
    [
        new(MaxInFull, MaxShortly),
        new(MaxInFull, 80),
        new(MaxInFull, 60),
        new(MaxInFull, 40),
        new(MaxInFull, 20),
        new(6, 20),
        new(3, 20),
        new(3, 10),
        new(1, 5),
    ];
}
