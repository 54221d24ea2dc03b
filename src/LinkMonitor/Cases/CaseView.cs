using LinkMonitor.Auditing;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;

namespace LinkMonitor.Cases;

/// <summary>A case as the API shows it.</summary>
public sealed record CaseView
{
    public required string Id { get; init; }

    public required string ProjectId { get; init; }

    public required string LinkId { get; init; }

    public required string Page { get; init; }

    public required string Target { get; init; }

    public required CaseStatus Status { get; init; }

    /// <summary>Whether somebody still has to do something.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>The day by which the page's owner promised to put it right.</summary>
    public required DateOnly? Promised { get; init; }

    public required DateOnly? Due { get; init; }

    public required Author? Owner { get; init; }

    /// <summary>The link's state after the last change of the case.</summary>
    public required LinkState State { get; init; }

    public required IReadOnlyList<ReasonCode> Reasons { get; init; }

    /// <summary>How many changes of the link belong to it.</summary>
    public required int Changes { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required DateTimeOffset? ClosedAt { get; init; }

    /// <summary>When the link was as expected again.</summary>
    public required DateTimeOffset? RecoveredAt { get; init; }

    /// <summary>Whether it was closed because the link recovered, and not by a person.</summary>
    public required bool ClosedByRecovery { get; init; }

    /// <summary>What <c>If-Match</c> names to change this and nothing newer.</summary>
    public required string Version { get; init; }

    /// <summary>All that happened in it, the oldest first; null in lists.</summary>
    public IReadOnlyList<CaseEntry>? Timeline { get; init; }

    /// <summary>What of that which people set is another one.</summary>
    internal static FieldChanges Difference(LinkCase before, LinkCase after) =>
        FieldChanges.Between(Of(before), Of(after), CaseJson.Default.CaseView, CaseJson.Default.CaseRequest);

    internal static CaseView Of(LinkCase one, IReadOnlyList<CaseEntry>? timeline = null) => new()
    {
        Id = one.Id,
        ProjectId = one.ProjectId.Value,
        LinkId = one.LinkId.Value,
        Page = one.Page.Href,
        Target = one.Target.Href,
        Status = one.Status,
        IsOpen = one.IsOpen,
        Promised = one.Promised,
        Due = one.Due,
        Owner = one.Owner,
        State = one.State,
        Reasons = one.Reasons,
        Changes = one.Changes,
        OpenedAt = one.OpenedAt,
        UpdatedAt = one.UpdatedAt,
        ClosedAt = one.ClosedAt,
        RecoveredAt = one.RecoveredAt,
        ClosedByRecovery = one.IsClosedByRecovery,
        Version = CaseRegistry.VersionOf(one),
        Timeline = timeline,
    };
}

/// <summary>How many cases a project has. Statuses without cases are left out.</summary>
/// <param name="Open">Of all: those in which somebody still has to do something.</param>
/// <param name="Overdue">Of the open ones: those whose due or promised day is past.</param>
/// <param name="Unowned">Of the open ones: those that nobody owns.</param>
public sealed record CaseCounts(int Total, int Open, int Overdue, int Unowned, IReadOnlyList<CaseStatusCount> Statuses)
{
    /// <param name="today">In the project's time zone.</param>
    internal static async Task<CaseCounts> OfAsync(
        ICaseStore cases, ProjectId project, DateOnly today, CancellationToken cancellationToken)
    {
        var (total, open, overdue, unowned) = (0, 0, 0, 0);
        var statuses = new SortedDictionary<CaseStatus, int>();
        await foreach (var one in cases.ReadAllAsync(project, CaseFilter.None, cancellationToken))
        {
            total++;
            statuses[one.Status] = statuses.GetValueOrDefault(one.Status) + 1;
            if (!one.IsOpen)
                continue;
            open++;
            overdue += one.Due < today || one.Promised < today ? 1 : 0;
            unowned += one.Owner is null ? 1 : 0;
        }

        return new CaseCounts(total, open, overdue, unowned, [.. statuses.Select(one => new CaseStatusCount(one.Key, one.Value))]);
    }
}

/// <summary>How many cases have a status.</summary>
public sealed record CaseStatusCount(CaseStatus Status, int Count);
