namespace LinkMonitor.Alerts.Composing;

/// <summary>How much of an alert stands in a mail.</summary>
/// <param name="Full">So many things are told with all their evidence.</param>
/// <param name="Short">So many further ones get a few lines each.</param>
internal sealed record LetterRoom(int Full, int Short)
{
    public static LetterRoom Unbounded { get; } = new(int.MaxValue, int.MaxValue);

    /// <summary>From all that is told at most, down to the least that is tried to keep a mail whole in Gmail.</summary>
    public static IReadOnlyList<LetterRoom> Steps { get; } =
    [
        new(AlertComposer.MaxToldInFull, AlertComposer.MaxToldShortly),
        new(AlertComposer.MaxToldInFull, 80),
        new(AlertComposer.MaxToldInFull, 60),
        new(AlertComposer.MaxToldInFull, 40),
        new(AlertComposer.MaxToldInFull, 20),
        new(6, 20),
        new(3, 20),
        new(3, 10),
        new(1, 5),
    ];
}
