using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Failures;

/// <summary>Says that a stored time lies in the future: it is not believed, but somebody should look at the clocks.</summary>
internal static class FutureTimes
{
    /// <summary>The name under which it is listed.</summary>
    public const string Area = "clock";

    /// <param name="what">What bears the time, for example <c>plan prj_…</c>.</param>
    public static ValueTask NoteFutureAsync(this ISetAside aside, string what, CancellationToken cancellationToken) => aside.NoteAsync(
        new SetAsideNote
        {
            Name = new SetAsideName(Area, "", what),
            Problem = "A stored time lies further in the future than it can: a clock was ahead, or this machine's is behind. The time was not believed.",
            Advice = "Look at the clocks of all machines that run LinkMonitor. What was stored is mended by itself.",
        },
        cancellationToken);
}
