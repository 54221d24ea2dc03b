using LinkMonitor.Engine.Judging.Rules;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;
using LinkMonitor.Views;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary>What is expected of a link beside what the last check that saw it found.</summary>
internal static class ExpectedParts
{
    public static IReadOnlyList<ComparedLine> Of(WatchedLink link)
    {
        var (expected, baseline, found) = (link.Expectation, link.Status.Baseline, link.Status.LastEvidence);
        var has = found?.LinkUrl is not null;
        var isSeen = link.Status.LastOutcome?.IsSeen() is true;
        return
        [
            Line(
                "Link to", $"{expected.Target.Href} ({WireName.Of(expected.Match)})", found?.LinkUrl ?? (isSeen ? "not there" : null),
                isSeen && !has),
            Part(
                "Rel",
                expected.Rel,
                Origin(ExpectationParts.Rel),
                RelText.Write,
                baseline?.Rel,
                has ? RelText.Qualifiers(found!.Rel ?? []) : (RelQualifiers?)null),
            Part(
                "Anchor",
                expected.Anchor,
                Origin(ExpectationParts.Anchor),
                text => text.Length == 0 ? "(empty)" : WebText.Cut(text, 300),
                baseline?.Anchor,
                has ? found!.Anchor : null),
            Part(
                "Placement",
                expected.Placement,
                Origin(ExpectationParts.Placement),
                place => WireName.Of(place),
                baseline?.Placement,
                has ? found!.Placement : null),
            Part(
                "Page may be indexed",
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
