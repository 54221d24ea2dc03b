using System.Text.Json.Serialization;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Links;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Incidents;

/// <summary>
/// Finds out which changes have one cause. Pure, and the order of the input makes no difference; every change comes in exactly one
/// incident. The strongest explanation wins; a change that it covers is not considered again:
/// <list type="number">
/// <item>Target: a page of ours that broke, redirects or is back, for two or more links to it.</item>
/// <item>Host: two or more pages of one host with the same kind of change and, unless whole pages were edited, reasons of one
/// family.</item>
/// <item>Page: two or more links of one page, whatever happened to them.</item>
/// <item>Vendor: incidents so far on two or more hosts, all of whose links are of one vendor, with the same kind of change.</item>
/// <item>Link: what is left, each link on its own.</item>
/// </list>
/// Losses and recoveries are never mixed, except on one page or of one link.
/// </summary>
public static class IncidentGrouping
{
    /// <param name="changes">Any number, in any order.</param>
    /// <param name="vendorOf">Who sold the link, in a form in which two spellings of one vendor are equal; null for nobody.</param>
    /// <returns>In order of their oldest changes.</returns>
    public static IReadOnlyList<Incident> Group(IEnumerable<LinkChange> changes, Func<LinkChange, string?> vendorOf)
    {
        var left = changes.OrderBy(change => change.Transition.At).ThenBy(change => change.Id, StringComparer.Ordinal).ToList();
        List<Incident> found =
        [
            .. Take(left, TargetKey, CauseKind.Target, change => change.Target.WithoutFragment().Href, Links),
            .. TakeHosts(left),
            .. Take(left, PageOf, CauseKind.Page, PageOf, Links),
            .. left.GroupBy(change => change.LinkId).Select(link => new Incident(new Cause(CauseKind.Link, null), [.. link])),
        ];
        return [.. WithVendors(found, vendorOf).OrderBy(Oldest).ThenBy(incident => incident.Changes[0].Id, StringComparer.Ordinal)];
    }

    /// <summary>Takes every group of at least two, counted by <paramref name="count"/>, out of what is left.</summary>
    private static List<Incident> Take(
        List<LinkChange> left,
        Func<LinkChange, string?> keyOf,
        CauseKind kind,
        Func<LinkChange, string> subjectOf,
        Func<IEnumerable<LinkChange>, int> count)
    {
        var incidents = left.Where(change => keyOf(change) is not null).GroupBy(keyOf).Where(group => count(group) > 1)
            .Select(group => new Incident(new Cause(kind, subjectOf(group.First())), [.. group]))
            .ToList();
        var taken = incidents.SelectMany(incident => incident.Changes).ToHashSet(ReferenceEqualityComparer.Instance);
        left.RemoveAll(taken.Contains);
        return incidents;
    }

    private static List<Incident> TakeHosts(List<LinkChange> left)
    {
        // A redesign shows in several families at once: where whole pages were edited or vanished, the families are one.
        var merged = left.GroupBy(HostKindKey).ToDictionary(
            group => group.Key,
            group =>
                group.GroupBy(ChangeFamilies.Of).Where(
                    family => ChangeFamilies.IsOfWholePages(family.Key) || family.Any(ChangeFamilies.IsWide))
                .Select(family => family.Key).ToHashSet());
        return Take(left, Key, CauseKind.Host, HostOf, Pages);

        string Key(LinkChange change)
        {
            var family = ChangeFamilies.Of(change);
            var isWide = merged[HostKindKey(change)].Contains(family);
            return $"{HostKindKey(change)}\n{(isWide ? "wide" : family)}";
        }
    }

    private static IEnumerable<Incident> WithVendors(List<Incident> incidents, Func<LinkChange, string?> vendorOf)
    {
        var byVendor = incidents.Where(incident => incident.Cause.Kind != CauseKind.Target)
            .GroupBy(incident => (Vendor: VendorOf(incident, vendorOf), Kind: KindOf(incident)))
            .Where(group => group.Key is { Vendor: not null, Kind: not null } && Hosts(group.SelectMany(incident => incident.Changes)) > 1)
            .ToList();
        var merged = byVendor.SelectMany(group => group).ToHashSet(ReferenceEqualityComparer.Instance);
        return
        [
            .. incidents.Where(incident => !merged.Contains(incident)),
            .. byVendor.Select(group => new Incident(
                new Cause(CauseKind.Vendor, group.Key.Vendor),
                [
                    .. group.SelectMany(incident => incident.Changes)
                    .OrderBy(change => change.Transition.At)
                    .ThenBy(change => change.Id, StringComparer.Ordinal),
                ])),
        ];
    }

    private static string? VendorOf(Incident incident, Func<LinkChange, string?> vendorOf)
    {
        var vendors = incident.Changes.Select(vendorOf).Distinct(StringComparer.Ordinal).ToList();
        return vendors.Count == 1 ? vendors[0] : null;
    }

    private static ChangeKind? KindOf(Incident incident)
    {
        var kinds = incident.Changes.Select(change => ChangeKindOf.Of(change.Transition)).Distinct().ToList();
        return kinds.Count == 1 ? kinds[0] : null;
    }

    private static string? TargetKey(LinkChange change) => ChangeFamilies.IsOfTarget(change)
        ? $"{change.Target.WithoutFragment().Href}\n{ChangeKindOf.Of(change.Transition)}"
        : null;

    private static string HostKindKey(LinkChange change) => $"{HostOf(change)}\n{ChangeKindOf.Of(change.Transition)}";

    private static string HostOf(LinkChange change) => change.Page.Host ?? "";

    private static string PageOf(LinkChange change) => change.Page.WithoutFragment().Href;

    private static int Links(IEnumerable<LinkChange> changes) => changes.Select(change => change.LinkId).Distinct().Count();

    private static int Pages(IEnumerable<LinkChange> changes) => changes.Select(PageOf).Distinct(StringComparer.Ordinal).Count();

    private static int Hosts(IEnumerable<LinkChange> changes) => changes.Select(HostOf).Distinct(StringComparer.Ordinal).Count();

    private static DateTimeOffset Oldest(Incident incident) => incident.Changes[0].Transition.At;
}

/// <summary>Why changes are reported together.</summary>
/// <param name="Subject">
/// The page's URL, the host, the target's URL or the vendor's name, as stored: not yet safe to show; null for a single link.
/// </param>
public sealed record Cause(CauseKind Kind, string? Subject);

/// <summary>What changes that are reported together have in common.</summary>
[JsonConverter(typeof(WireNameJsonConverter<CauseKind>))]
public enum CauseKind
{
    /// <summary>One link on its own.</summary>
    Link,

    /// <summary>Several links on one page.</summary>
    Page,

    /// <summary>Links on several pages of one host.</summary>
    Host,

    /// <summary>Links to one target of ours that broke or redirects.</summary>
    Target,

    /// <summary>Links on several hosts that were bought from one vendor.</summary>
    Vendor,
}

/// <summary>Changes with one cause, reported in one alert.</summary>
/// <param name="Changes">At least one, the oldest first.</param>
public sealed record Incident(Cause Cause, IReadOnlyList<LinkChange> Changes);

/// <summary>Which family a change belongs to: that of its first reason that was not there before.</summary>
internal static class ChangeFamilies
{
    public static ChangeFamily Of(LinkChange change) => change.Transition.To switch
    {
        LinkState.Live => ChangeFamily.Recovery,
        LinkState.Unreachable => ChangeFamily.Pages,
        _ => Newest(change.Transition) is { } reason ? ReasonCatalogue.Of(reason.Code).Family : ChangeFamily.Editing,
    };

    /// <summary>
    /// Whether whole pages are gone: then it says nothing against a common cause that other pages of the host were edited.
    /// </summary>
    public static bool IsOfWholePages(ChangeFamily family) => family == ChangeFamily.Pages;

    /// <summary>Whether many or all of the page's other outbound links were touched too.</summary>
    public static bool IsWide(LinkChange change) => change.Transition.After.Scope?.Scope is ChangeScope.Many or ChangeScope.All;

    /// <summary>Whether it comes from our own target: that it broke or redirects, or that it does so no more.</summary>
    public static bool IsOfTarget(LinkChange change)
    {
        var (before, after) = (change.Transition.ReasonsBefore.Any(IsTarget), change.Transition.ReasonsAfter.Any(IsTarget));
        return change.Transition.To switch
        {
            LinkState.Changed => after && Newest(change.Transition) is { } reason && IsTarget(reason),
            LinkState.Live => before && change.Transition.ReasonsBefore.All(IsTarget),
            _ => false,
        };
    }

    private static Reason? Newest(LinkTransition transition) =>
        transition.ReasonsAfter.FirstOrDefault(reason => !transition.ReasonsBefore.Any(reason.IsSameAs))
            ?? (transition.ReasonsAfter is [var first, ..] ? first : null);

    private static bool IsTarget(Reason reason) => OwnSide.Is(reason.Code);
}
