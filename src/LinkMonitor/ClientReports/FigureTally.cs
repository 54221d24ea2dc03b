using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.ClientReports;

/// <summary>Adds up the links of a report one after the other and keeps none of them.</summary>
/// <param name="period">Its days are counted.</param>
/// <param name="today">In the project's time zone: terms end after it.</param>
internal sealed class FigureTally(ReportPeriod period, DateOnly today)
{
    /// <summary>Terms that end within so many days are told.</summary>
    public const int EndingDays = 30;

    private readonly int[] _states = new int[Enum.GetValues<Standing>().Length];
    private readonly NameCounter _anchors = new();
    private readonly NameCounter _domains = new();
    private readonly NameCounter _targets = new();
    private readonly NameCounter _places = new();
    private readonly int[,] _days = new int[period.Days, MarkCount];
    private int _followed;
    private int _notFollowed;
    private int _withTerm;
    private int _over;
    private int _ending;
    private int _whole;
    private int _ownFaults;

    private const int MarkCount = 6;

    public int Links => _states.Sum();

    /// <summary>A link of which little is known: for a preview.</summary>
    public void Add(LinkFacts link)
    {
        var followed = link.FoundRel is { } rel ? rel == RelQualifiers.None && !link.Has(ReasonCode.PageNofollow) : (bool?)null;
        Add(link.Standing, link.Host, link.Target, link.FoundAnchor, followed);
        AddOwn(link.Standing, link.Reasons != 0);
        AddTerm(link.Terms is { Ends: > 0 } terms ? DateOnly.FromDayNumber(terms.Ends) : null);
    }

    public void Add(ReportedLink link, string host)
    {
        _whole++;
        Add(link.State, host, link.Target, link.Found?.Anchor, link.Found?.Followed);
        AddOwn(link.State, link.Reasons.Count > 0);
        AddTerm(link.TermEnds);
        if (link.State is Standing.AsAgreed or Standing.Changed)
            _places.Add(link.Found?.Place is { } place ? WireName.Of(place) : null);
        AddDays(link.Days, 1);
    }

    /// <summary>Counts other days of a link that was added.</summary>
    public void Replace(string before, string after)
    {
        AddDays(before, -1);
        AddDays(after, 1);
    }

    public ReportFigures ToFigures() => new()
    {
        Links = Links,
        AsAgreed = _states[(int)Standing.AsAgreed],
        OwnTargetFaults = _ownFaults,
        Changed = _states[(int)Standing.Changed],
        Lost = _states[(int)Standing.Lost],
        NotFound = _states[(int)Standing.NotFound],
        NotVerified = _states[(int)Standing.NotVerified],
        Followed = _followed,
        NotFollowed = _notFollowed,
        Anchors = _anchors.ToTally(),
        Domains = _domains.ToTally(),
        Targets = _targets.ToTally(),
        Places = _whole > 0 ? _places.ToTally() : null,
        WithTerm = _withTerm,
        TermsOver = _over,
        TermsEnding = _ending,
        Days = _whole > 0 ? [.. Enumerable.Range(0, period.Days).Select(DayOf)] : [],
    };

    private void Add(Standing state, string host, string target, string? anchor, bool? followed)
    {
        _states[(int)state]++;
        if (state is not (Standing.AsAgreed or Standing.Changed))
            return;
        _domains.Add(host.Length == 0 ? null : host);
        _targets.Add(target);
        _anchors.Add(anchor is null ? null : string.Join(' ', anchor.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        _followed += followed is true ? 1 : 0;
        _notFollowed += followed is false ? 1 : 0;
    }

    // As agreed and yet with a reason: of our own side.
    private void AddOwn(Standing state, bool hasReasons) => _ownFaults += state == Standing.AsAgreed && hasReasons ? 1 : 0;

    private void AddTerm(DateOnly? ends)
    {
        if (ends is not { } end)
            return;
        _withTerm++;
        _over += end < today ? 1 : 0;
        _ending += end >= today && end <= today.AddDays(EndingDays) ? 1 : 0;
    }

    private void AddDays(string marks, int links)
    {
        for (var at = 0; at < period.Days; at++)
            _days[at, (int)(at < marks.Length ? DayLetters.MarkOf(marks[at]) : DayMark.NotChecked)] += links;
    }

    private ReportedDay DayOf(int at) => new(
        period.From.AddDays(at),
        _days[at, (int)DayMark.AsAgreed], _days[at, (int)DayMark.Changed], _days[at, (int)DayMark.Lost], _days[at, (int)DayMark.NotFound],
        _days[at, (int)DayMark.CouldNotTell], _days[at, (int)DayMark.NotChecked]);
}

/// <summary>Counts names, without case, under the spelling that came first.</summary>
internal sealed class NameCounter
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.OrdinalIgnoreCase);
    private int _unknown;

    /// <param name="name">Null for one that is not known.</param>
    public void Add(string? name)
    {
        if (name is null)
            _unknown++;
        else
            _counts[name] = _counts.GetValueOrDefault(name) + 1;
    }

    public NameTally ToTally() => new(
        [
            .. _counts.OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal).Take(NameTally.Most)
                .Select(one => new NamedCount(ReportText.Cut(one.Key, LinkFacts.MaxFoundAnchor)!, one.Value)),
        ],
        _counts.Count, _counts.Values.Sum(), _unknown);
}

/// <summary>The days of a report, both ends included.</summary>
public sealed record ReportPeriod(DateOnly From, DateOnly To)
{
    /// <summary>The longest period, in days.</summary>
    public const int MostDays = 400;

    /// <summary>The period where nobody says: so many days to today.</summary>
    public const int UsualDays = 30;

    public int Days => To.DayNumber - From.DayNumber + 1;
}

/// <summary>Letters of a day log.</summary>
internal static class DayLetters
{
    private const string Letters = "-?nlca";

    public static DayMark MarkOf(char letter) => (DayMark)Math.Max(0, Letters.IndexOf(letter, StringComparison.Ordinal));

    public static char LetterOf(DayMark mark) => Letters[(int)mark];
}

/// <summary>A change of a link, as its days count it.</summary>
/// <param name="Before">What was known until then; of a link that was never seen, nothing.</param>
internal readonly record struct DayMove(DateTimeOffset At, DayMark Before, DayMark After)
{
    public static DayMove Of(LinkTransition made) => new(
        made.At, made.From == LinkState.Pending ? DayMark.NotChecked : DayLogEntry.OfSeen(made.From, made.ReasonsBefore, []),
        DayLogEntry.OfChange(made));
}

/// <summary>
/// What a link was at the end of each day of the project, so that the days agree with the changes of a report and its last with the
/// figures. Links keep a mark for each day of UTC, the best of it: that says so of a day on which nothing changed. Where something did, the
/// changes say what was before and after.
/// </summary>
internal static class DayStates
{
    /// <summary>The days by the marks alone, but for today.</summary>
    /// <param name="today">In the project's time zone.</param>
    public static string Of(DayLog log, Standing state, ReportPeriod period, DateOnly today)
    {
        var marks = Enumerable.Range(0, period.Days)
            .Select(at => period.From.AddDays(at))
            .Select(day => DayLetters.LetterOf(day == today ? MarkOf(state) : log[day]));
        return string.Concat(marks).TrimEnd(DayLetters.LetterOf(DayMark.NotChecked));
    }

    /// <summary>The same days with what the changes of the link say of them.</summary>
    /// <param name="moves">In the order of time, from a day before the period to a day after it.</param>
    public static string With(string days, IReadOnlyList<DayMove> moves, ReportPeriod period, TimeZoneInfo zone, DateOnly today)
    {
        var letters = days.PadRight(period.Days, DayLetters.LetterOf(DayMark.NotChecked)).ToCharArray();
        foreach (var day in moves.SelectMany(move => DaysBeside(move.At, zone)).Distinct())
            if (day >= period.From && day <= period.To && day != today && day.DayNumber - period.From.DayNumber is var at)
                letters[at] = DayLetters.LetterOf(At(day, DayLetters.MarkOf(letters[at]), moves, zone));
        return new string(letters).TrimEnd(DayLetters.LetterOf(DayMark.NotChecked));
    }

    // Of the day of UTC on which something changed the mark is no use to any day of the project that shares an hour with it.
    private static IEnumerable<DateOnly> DaysBeside(DateTimeOffset at, TimeZoneInfo zone)
    {
        var start = new DateTimeOffset(at.UtcDateTime.Date, TimeSpan.Zero);
        return [LocalTimes.Day(start, zone), LocalTimes.Day(start.AddDays(1).AddTicks(-1), zone)];
    }

    private static DayMark At(DateOnly day, DayMark marked, IReadOnlyList<DayMove> moves, TimeZoneInfo zone)
    {
        var (start, end) = (LocalTimes.Start(day, zone), LocalTimes.Start(day.AddDays(1), zone));
        var last = moves.LastOrDefault(move => move.At < end);
        if (last.At >= start)
            return last.After;
        var carried = last.At == default ? moves[0].Before : last.After;

        // A day without a check, or with none that could tell, stays that.
        return marked is DayMark.NotChecked or DayMark.CouldNotTell ? marked : carried;
    }

    private static DayMark MarkOf(Standing state) => state switch
    {
        Standing.AsAgreed => DayMark.AsAgreed,
        Standing.Changed => DayMark.Changed,
        Standing.Lost => DayMark.Lost,
        Standing.NotFound => DayMark.NotFound,
        _ => DayMark.CouldNotTell,
    };
}
