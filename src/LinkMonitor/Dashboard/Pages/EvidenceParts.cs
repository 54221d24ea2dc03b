using LinkMonitor.Engine.Judging.Rules;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Links;
using LinkMonitor.Views;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary>The evidence of a link's last check beside that of an earlier one.</summary>
internal static class EvidenceParts
{
    // A link that is there, but not as agreed, is shown beside what it was like when it was; any other beside when it was last there.
    // What it was like is in the change that ended it: further changes may have come since.
    public static EvidenceModel? Of(LinkStatus status, IEnumerable<LinkTransition> newestFirst, ProjectTime time)
    {
        if (status.LastEvidence is not { } now)
            return null;
        if (status.State == LinkState.Changed
            && newestFirst.FirstOrDefault(one => one is { From: LinkState.Live, To: LinkState.Changed }) is { Before: { } agreed })
            return Pair(agreed, now, "When it was as agreed", "Last check", time);
        var before = status.LastSeenEvidence is { } seen && seen.CheckedAt < now.CheckedAt ? seen : null;
        return Pair(before, now, "When the link was last seen", "Last check", time);
    }

    /// <summary>The evidence of two looks side by side.</summary>
    public static EvidenceModel Pair(Evidence? before, Evidence after, string headBefore, string headAfter, ProjectTime time)
    {
        var snippets = SnippetDifference.Compare(before?.Snippet, after.Snippet);
        return new EvidenceModel(
            before is null ? null : headBefore,
            headAfter,
            [
                .. EvidenceTable.Rows(before, after, time)
                    .Select(row => new ComparedEvidence(row.Label, row.Before, row.After, before is not null && row.Differs)),
            ],
            [.. snippets.Before.Select(piece => new Piece(piece.Text, piece.IsMarked))],
            [.. snippets.After.Select(piece => new Piece(piece.Text, piece.IsMarked))])
        { SnippetNote = NoteOf(before, after) };
    }

    private const int HiddenByLength = 300;

    // Two alike prove nothing by themselves: of a link that is hidden now and was not, the cause stands elsewhere.
    private static string? NoteOf(Evidence? before, Evidence after) =>
        before?.Snippet is not { } was || was != after.Snippet ? null
        : after.Hidden is true && before.Hidden is false
            ? "The HTML of the link is as it was: nothing in it hides the link. What does stands around it on the page"
                + (after.HiddenBy is { } by ? $": {WebText.Cut(by, HiddenByLength)}" : ".")
            : "The HTML of the link is as it was.";
}

/// <summary>What was agreed for a link.</summary>
internal static class AgreedParts
{
    public static IReadOnlyList<FactLine> Of(Terms? terms)
    {
        List<FactLine> facts = [];
        if (terms is null)
            return facts;
        Add("Vendor", terms.Vendor);
        Add("Agreed price", LineMaker.CostOf(terms));
        Add("Term", (terms.Start, terms.End) switch
        {
            (null, null) => null,
            ({ } start, null) => $"since {start:yyyy-MM-dd}",
            (null, { } end) => $"to {end:yyyy-MM-dd}",
            ({ } start, { } end) => $"{start:yyyy-MM-dd} to {end:yyyy-MM-dd}",
        });
        Add("Contact", terms.Contact);
        Add("Invoice", terms.Invoice);
        return facts;

        void Add(string label, string? value)
        {
            if (value is not null)
                facts.Add(new FactLine(label, WebText.Visible(value)));
        }
    }
}

/// <summary>
/// What is expected of a link beside what the last check that saw it found. Every reason that the link has marks a row: that of the part it
/// is about, or one of its own.
/// </summary>
internal static class ExpectedParts
{
    private const string LinkTo = "Link to";
    private const string Rel = "Rel";
    private const string Anchor = "Anchor";
    private const string Placement = "Placement";
    private const string Indexed = "Page may be indexed";

    public static IReadOnlyList<ComparedLine> Of(WatchedLink link)
    {
        var reasons = link.Status.Reasons;
        var marked = reasons.Select(reason => RowOf(reason.Code)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Parts(link).Select(line => marked.Contains(line.Label) ? line with { Differs = true } : line),
            .. reasons.Where(reason => RowOf(reason.Code) is null).Select(OfReason),
        ];
    }

    // The part that a reason is about; null for one that no part shows, as that the page is gone.
    private static string? RowOf(ReasonCode code) => ReasonCatalogue.Of(code) switch
    {
        { Step: StepName.Element } => LinkTo,
        { Step: StepName.Rel } => Rel,
        { Step: StepName.Anchor } => Anchor,
        { Step: StepName.Placement } => Placement,
        { Step: StepName.Meta, Family: ChangeFamily.Indexing } => Indexed,
        _ => null,
    };

    private static ComparedLine OfReason(Reason reason) => Line(
        LetterWords.Capital(ReasonWords.Label(reason.Code, Language.English)),
        reason.Expected is { Length: > 0 } expected ? EvidenceWords.Expected(reason.Code, expected, Language.English) : "no",
        reason.Found is { Length: > 0 } found ? EvidenceWords.Found(reason.Code, found, Language.English) : "yes",
        differs: true);

    private static IEnumerable<ComparedLine> Parts(WatchedLink link)
    {
        var (expected, baseline, found) = (link.Expectation, link.Status.Baseline, link.Status.LastEvidence);
        var has = found?.LinkUrl is not null;
        var isSeen = StandingRule.IsTold(link.Status) is true;
        return
        [
            Line(
                LinkTo, $"{expected.Target.Href} ({WireName.Of(expected.Match)})", found?.LinkUrl ?? (isSeen ? "not there" : null),
                isSeen && !has),
            Part(
                Rel,
                expected.Rel,
                Origin(ExpectationParts.Rel),
                RelText.Write,
                baseline?.Rel,
                has ? RelText.Qualifiers(found!.Rel ?? []) : (RelQualifiers?)null),
            Part(
                Anchor,
                expected.Anchor,
                Origin(ExpectationParts.Anchor),
                text => text.Length == 0 ? "(empty)" : WebText.Cut(text, 300),
                baseline?.Anchor,
                has ? found!.Anchor : null),
            Part(
                Placement,
                expected.Placement,
                Origin(ExpectationParts.Placement),
                place => WireName.Of(place),
                baseline?.Placement,
                has ? found!.Placement : null),
            Part(
                Indexed,
                expected.Indexable,
                Origin(ExpectationParts.Indexable),
                YesNo,
                baseline?.Indexable,
                found?.Robots?.Index),
        ];

        // Where a part comes from that is expected by name.
        string Origin(ExpectationParts part) => link.TypeParts.HasFlag(part) ? "from its type" : "given for this link";
    }

    private static string YesNo(bool value) => value ? "yes" : "no";

    private static ComparedLine Part<T>(
        string label, Expected<T> expected, string origin, Func<T, string> write, T? baseline, T? found)
        where T : struct =>
        Line(
            label,
            Words(expected, origin, write, baseline is { } first ? write(first) : null),
            found is { } now ? write(now) : null,
            Wanted(expected, baseline) is { } wanted && found is { } seen && !EqualityComparer<T>.Default.Equals(wanted, seen));

    private static ComparedLine Part(
        string label, Expected<string> expected, string origin, Func<string, string> write, string? baseline, string? found)
    {
        var wanted = expected.Kind switch { ExpectedKind.Any => null, ExpectedKind.Exactly => expected.Value, _ => baseline };
        return Line(
            label,
            Words(expected, origin, write, baseline is { } first ? write(first) : null),
            found is null ? null : write(found),
            wanted is not null && found is not null && !AnchorText.IsSame(wanted, found));
    }

    private static T? Wanted<T>(Expected<T> expected, T? baseline) where T : struct => expected.Kind switch
    {
        ExpectedKind.Any => null,
        ExpectedKind.Exactly => expected.Value,
        _ => baseline,
    };

    private static string Words<T>(Expected<T> expected, string origin, Func<T, string> write, string? baseline) where T : notnull =>
        expected.Kind switch
        {
            ExpectedKind.Any => $"any ({origin})",
            ExpectedKind.Exactly => $"{write(expected.Value!)} ({origin})",
            _ => baseline is null ? "as first seen" : $"{baseline} (as first seen)",
        };

    private static ComparedLine Line(string label, string expected, string? found, bool differs) =>
        new(label, WebText.Cut(expected, 400), found is null ? null : WebText.Cut(found, 400), differs);
}

/// <summary>The marks of a link's last 90 days.</summary>
internal static class DayParts
{
    private const int BarDays = 90;

    /// <summary>
    /// The day log keeps the best mark of each day, as the account of what was paid needs it. Here a day on which a change was confirmed
    /// has the mark that it ended with, and says both: a link that was lost today is shown as lost.
    /// </summary>
    /// <param name="newestFirst">The link's changes, as far back as they are known.</param>
    public static IReadOnlyList<DayLine> Of(DayLog log, IReadOnlyList<LinkTransition> newestFirst, DateOnly today)
    {
        if (log.IsEmpty)
            return [];
        var ends = newestFirst.GroupBy(one => DayLogEntry.Day(one.At)).ToDictionary(day => day.Key, day => day.First());
        List<DayLine> days = [];
        for (var day = today.AddDays(1 - BarDays); day <= today; day = day.AddDays(1))
        {
            var (best, last) = (log[day], ends.TryGetValue(day, out var change) ? DayLogEntry.OfChange(change) : log[day]);
            days.Add(new DayLine(day, MarkOf(last)) { Also = best != last ? MarkOf(best) : null });
        }

        return days;
    }

    private static string MarkOf(DayMark mark) => mark switch
    {
        DayMark.AsAgreed => "live",
        DayMark.Changed => "changed",
        DayMark.Lost or DayMark.NotFound => "lost",
        DayMark.CouldNotTell => "unknown",
        _ => "none",
    };
}
