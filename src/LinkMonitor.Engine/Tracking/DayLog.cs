using System.Buffers;
using System.Globalization;
using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Tracking;

/// <summary>
/// One mark a day (UTC) of what checks saw of a link, from the first marked day on. At most <see cref="MaxDays"/>: older ones are dropped.
/// </summary>
public sealed record DayLog
{
    /// <summary>Three years and a bit: the longest term that can be accounted for day by day.</summary>
    public const int MaxDays = 1_100;

    private const string Letters = "-?nlca";
    private const string DayFormat = "yyyy-MM-dd";
    private const char Separator = ':';
    private static readonly SearchValues<char> Known = SearchValues.Create(Letters);

    private DayLog(DateOnly first, string marks)
    {
        First = first;
        Marks = marks;
    }

    public static DayLog Empty { get; } = new(default, "");

    /// <summary>The day of the first mark; meaningless when there is none.</summary>
    public DateOnly First { get; }

    /// <summary>
    /// A letter a day: <c>-</c> not checked, <c>?</c> could not tell, <c>n</c> not found, <c>l</c> lost, <c>c</c> changed, <c>a</c> as
    /// agreed.
    /// </summary>
    public string Marks { get; }

    public bool IsEmpty => Marks.Length == 0;

    /// <summary>The last day with a mark; null when there is none.</summary>
    public DateOnly? Last => IsEmpty ? null : First.AddDays(Marks.Length - 1);

    /// <summary>What the checks of a day saw; <see cref="DayMark.NotChecked"/> outside the log.</summary>
    public DayMark this[DateOnly day] =>
        day.DayNumber - First.DayNumber is var index && index >= 0 && index < Marks.Length
            ? (DayMark)Letters.IndexOf(Marks[index], StringComparison.Ordinal) : DayMark.NotChecked;

    /// <summary>
    /// The log with one more mark. Of several marks of a day the one that speaks best of the link stays: the log is a claim against
    /// somebody else, so a day on which the link was seen as agreed once is a day as agreed. That also makes the order of
    /// checks, and a repeated one, irrelevant.
    /// </summary>
    public DayLog With(DateOnly day, DayMark mark)
    {
        if (mark <= this[day])
            return this;
        if (IsEmpty)
            return new DayLog(day, Letter(mark));

        var last = Last!.Value;
        var (from, to) = (day < First ? day : First, day > last ? day : last);
        if (to.DayNumber - from.DayNumber >= MaxDays)
            from = to.AddDays(1 - MaxDays);
        if (day < from)
            return this;

        var marks = Range(from, to, day, mark);
        var leading = marks.Length - marks.TrimStart(Letters[0]).Length;
        return new DayLog(from.AddDays(leading), marks[leading..]);
    }

    /// <summary>The log without the marks before a day.</summary>
    public DayLog Since(DateOnly day)
    {
        if (IsEmpty || day <= First)
            return this;
        if (day > Last)
            return Empty;
        var marks = Marks[(day.DayNumber - First.DayNumber)..];
        var leading = marks.Length - marks.TrimStart(Letters[0]).Length;
        return new DayLog(day.AddDays(leading), marks[leading..]);
    }

    /// <summary>For a column: <c>2026-03-01:aac-l</c>; empty for an empty log.</summary>
    public override string ToString() => IsEmpty ? "" : First.ToString(DayFormat, CultureInfo.InvariantCulture) + Separator + Marks;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">Not such a text.</exception>
    public static DayLog Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return Empty;
        var at = text.IndexOf(Separator, StringComparison.Ordinal);
        var isSound = at > 0 && text.Length > at + 1 && text.AsSpan(at + 1).IndexOfAnyExcept(Known) < 0;
        return isSound
            && DateOnly.TryParseExact(text.AsSpan(0, at), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
            ? new DayLog(first, text[(at + 1)..])
            : throw new FormatException("A day log is a date, a colon and a letter a day.");
    }

    private string Range(DateOnly from, DateOnly to, DateOnly day, DayMark mark) => string.Create(
        to.DayNumber - from.DayNumber + 1, (Log: this, from, day, mark), static (marks, range) =>
        {
            for (var i = 0; i < marks.Length; i++)
            {
                var one = range.from.AddDays(i);
                marks[i] = Letters[(int)(one == range.day ? range.mark : range.Log[one])];
            }
        });

    private static string Letter(DayMark mark) => Letters[(int)mark].ToString();
}

/// <summary>
/// What the checks of one day (UTC) saw of a link. The order is that of <see cref="DayLog.With"/>: of several marks of a day the later
/// one here stays.
/// </summary>
[JsonConverter(typeof(WireNameJsonConverter<DayMark>))]
public enum DayMark
{
    /// <summary>No check, or only such as failed by our own fault.</summary>
    NotChecked,

    /// <summary>A check could not tell: the page could not be seen, or a worse finding was not confirmed yet.</summary>
    CouldNotTell,

    /// <summary>The page was seen without the link, which no check ever found before.</summary>
    NotFound,

    /// <summary>Gone, confirmed.</summary>
    Lost,

    /// <summary>There, but not as agreed, confirmed, for a reason on the side of the page.</summary>
    Changed,

    /// <summary>There, as agreed; also when only our own target is at fault.</summary>
    AsAgreed,
}

/// <summary>What a check writes into the day log.</summary>
public static class DayLogEntry
{
    /// <summary>
    /// The mark of a check that saw the page (or its confirmed absence), from what is held after it. What is only suspected is neither
    /// lost nor changed, and neither is it as agreed; what only our own target is to blame for is as agreed.
    /// </summary>
    public static DayMark OfSeen(LinkState state, IReadOnlyList<Reason> reasons, IReadOnlyList<Suspicion> suspicions) => state switch
    {
        LinkState.Lost => DayMark.Lost,
        LinkState.NotFound => DayMark.NotFound,
        LinkState.Changed when !OwnSide.AreAll(reasons.Select(reason => reason.Code)) => DayMark.Changed,
        _ when suspicions.Any(suspicion => !OwnSide.Is(suspicion.Reason.Code)) => DayMark.CouldNotTell,
        LinkState.Live or LinkState.Changed => DayMark.AsAgreed,
        _ => DayMark.CouldNotTell,
    };

    /// <summary>The mark that a change leaves: that of what is held after it.</summary>
    public static DayMark OfChange(LinkTransition change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return OfSeen(change.To, change.ReasonsAfter, []);
    }

    /// <summary>The mark of a check that saw the page just as the last one did.</summary>
    public static DayMark OfSeen(LinkStatus status) => OfSeen(status.State, status.Reasons, status.Suspicions);

    /// <summary>The day that a check belongs to.</summary>
    public static DateOnly Day(DateTimeOffset checkedAt) => DateOnly.FromDateTime(checkedAt.UtcDateTime);
}
