using System.Globalization;
using LinkMonitor.Api;
using LinkMonitor.Auditing;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Cases;

/// <summary>What people do with cases: open one, change it, write a note into it.</summary>
internal sealed class CaseRegistry(ICaseStore cases, ILinkStore links, CaseSchedule schedule, TimeProvider time)
{
    /// <summary>Opens a case for a link that has none that is open.</summary>
    /// <param name="patch">What it begins with.</param>
    public async Task<CaseResult> OpenAsync(
        Project project, LinkId linkId, CasePatch patch, string? note, Author by, CancellationToken cancellationToken)
    {
        CaseResult? result = null;
        await Contention.RunAsync($"Link {linkId}", async () =>
        {
            if (await links.GetAsync(project.Id, linkId, cancellationToken) is not { } link)
                return (result = new CaseResult(CaseOutcome.NotFound, null)) is not null;
            if (await LastOfAsync(cases, link, cancellationToken) is { IsOpen: true } open)
                return (result = new CaseResult(CaseOutcome.AlreadyOpen, open)) is not null;
            var now = time.GetUtcNow();
            var opened = CaseRules.Open(link, by, now);
            var edited = CaseRules.Edit(opened.Case, patch, by, now);
            var noted = note is null ? new CaseStep(edited.Case, []) : CaseRules.Note(edited.Case, note, by, now);
            var whole = new CaseStep(noted.Case, [.. opened.Entries, .. edited.Entries, .. noted.Entries]);
            await RemindAsync(null, whole.Case, cancellationToken);
            if (await links.SaveCheckAsync(link with { CaseId = whole.Case.Id }, null, whole, cancellationToken) != SaveOutcome.Saved)
                return false;
            result = new CaseResult(CaseOutcome.Done, whole.Case);
            return true;
        }, cancellationToken);
        return result!;
    }

    /// <summary>Changes a case, if it is the version that the change is meant for.</summary>
    public Task<CaseResult> EditAsync(
        Project project, string caseId, IfMatch version, CasePatch patch, Author by, CancellationToken cancellationToken) =>
        WriteAsync(project, caseId, version, one => CaseRules.Edit(one, patch, by, time.GetUtcNow()), cancellationToken);

    public Task<CaseResult> NoteAsync(Project project, string caseId, string text, Author by, CancellationToken cancellationToken) =>
        WriteAsync(project, caseId, IfMatch.Any, one => CaseRules.Note(one, text, by, time.GetUtcNow()), cancellationToken);

    /// <summary>The case of a link that was opened last; null when there was none, or when it cannot be read.</summary>
    public static async Task<LinkCase?> LastOfAsync(ICaseStore cases, WatchedLink link, CancellationToken cancellationToken)
    {
        try
        {
            return link.CaseId is { } id ? await cases.GetAsync(link.ProjectId, id, cancellationToken) : null;
        }
        catch (UnreadableRowException)
        {
            // It is listed under failures. The link is checked all the same.
            return null;
        }
    }

    /// <summary>The version of a case as callers see it: another one after every write.</summary>
    public static string VersionOf(LinkCase one) =>
        string.Create(CultureInfo.InvariantCulture, $"{one.UpdatedAt.UtcTicks:x}-{one.Entries}");

    private async Task<CaseResult> WriteAsync(
        Project project, string caseId, IfMatch version, Func<LinkCase, CaseStep> edit, CancellationToken cancellationToken)
    {
        CaseResult? result = null;
        await Contention.RunAsync($"Case {caseId}", async () =>
        {
            if (!CaseIds.IsValid(caseId) || await cases.GetAsync(project.Id, caseId, cancellationToken) is not { } one)
                result = new CaseResult(CaseOutcome.NotFound, null);
            else if (!version.Allows(VersionOf(one)))
                result = new CaseResult(CaseOutcome.Stale, one);
            else
                result = await TryWriteAsync(one, edit(one), cancellationToken);
            return result is not null;
        }, cancellationToken);
        return result!;
    }

    private async Task RemindAsync(LinkCase? before, LinkCase after, CancellationToken cancellationToken)
    {
        if (after is { IsOpen: true } and ({ Due: not null } or { Promised: not null })
            && (before?.Due != after.Due || before?.Promised != after.Promised || before?.Status != after.Status))
            await schedule.LookSoonAsync(after.ProjectId, after.Id, cancellationToken);
    }

    /// <returns>Null when others wrote meanwhile.</returns>
    private async Task<CaseResult?> TryWriteAsync(LinkCase one, CaseStep step, CancellationToken cancellationToken)
    {
        if (step.Case == one)
            return new CaseResult(CaseOutcome.Done, one) { Was = one };
        if (one.Entries + step.Entries.Count > LinkCase.MaxEntries || step.Entries.Count == 0)
            return new CaseResult(CaseOutcome.Full, one);
        await RemindAsync(one, step.Case, cancellationToken);
        if (one.IsOpen || !step.Case.IsOpen)
            return await cases.SaveAsync(step, cancellationToken) == SaveOutcome.Saved
                ? new CaseResult(CaseOutcome.Done, step.Case) { Was = one } : null;

        // Opened again: over the version of its link, too, whose next case might be opened at the same time.
        if (await links.GetAsync(one.ProjectId, one.LinkId, cancellationToken) is not { } link || link.CaseId != one.Id)
            return new CaseResult(CaseOutcome.Superseded, one);
        return await links.SaveCheckAsync(link, null, step, cancellationToken) == SaveOutcome.Saved
            ? new CaseResult(CaseOutcome.Done, step.Case) { Was = one } : null;
    }
}

/// <summary>What came of what a person did with a case.</summary>
/// <param name="Case">As it is now; null when there is none.</param>
internal sealed record CaseResult(CaseOutcome Outcome, LinkCase? Case)
{
    /// <summary>What a case that was changed was before.</summary>
    public LinkCase? Was { get; init; }

    /// <summary>What the audit log says of a change that was done; null when nothing changed.</summary>
    public AuditNote? Note() => CaseView.Difference(Was!, Case!).Note($"of the case of the link on {Case!.Page}", Case.Id);
}

/// <summary>How it ended.</summary>
internal enum CaseOutcome
{
    Done,

    /// <summary>There is no such case, or no such link.</summary>
    NotFound,

    /// <summary>Somebody changed it since it was read.</summary>
    Stale,

    /// <summary>The link has an open case already.</summary>
    AlreadyOpen,

    /// <summary>It cannot be opened again: its link is gone, or has a newer case.</summary>
    Superseded,

    /// <summary>Its timeline has as many entries as there may be.</summary>
    Full,
}

/// <summary>
/// Lets the open case of a link go with it when another link takes its place: what was agreed, with whom and by when goes on, and the first
/// check that finds the link at its new place closes the case (docs/decisions/0035).
/// </summary>
internal sealed class CaseFollowing(ICaseStore cases, TimeProvider time)
{
    /// <summary>
    /// Whether a link has an open case, or one whose place cannot be told because its row cannot be read: then it has none.
    /// </summary>
    public async Task<bool> IsOpenAsync(WatchedLink link, CancellationToken cancellationToken) =>
        await CaseRegistry.LastOfAsync(cases, link, cancellationToken) is { IsOpen: true };

    /// <summary>Makes the case of a link that of its successor, which names it. Safe to repeat; does nothing when there is none.</summary>
    public Task FollowAsync(WatchedLink link, WatchedLink successor, Author by, CancellationToken cancellationToken) =>
        Contention.RunAsync($"Case {successor.CaseId}", async () =>
        {
            if (await CaseRegistry.LastOfAsync(cases, successor, cancellationToken) is not { } one || one.LinkId != link.Id)
                return true;
            var step = CaseRules.Follow(one, successor, by, time.GetUtcNow());
            return await cases.SaveAsync(step, cancellationToken) != SaveOutcome.Conflict;
        }, cancellationToken);
}

/// <summary>The reminders of a case. Pure: who reports them keeps the identities of those that were reported.</summary>
internal static class CaseCalendar
{
    /// <summary>The days of an open case, in order of time: each from the start of the day in the project's time zone on.</summary>
    public static IReadOnlyList<CaseDay> Of(LinkCase one, TimeZoneInfo zone)
    {
        List<CaseDay> days = [];
        if (one.IsOpen && one.Due is { } due)
            days.Add(Day(one, due, isPromise: false, zone));
        if (one is { Status: CaseStatus.Promised, Promised: { } promised })
            days.Add(Day(one, promised, isPromise: true, zone));
        return [.. days.OrderBy(day => day.DueAt)];
    }

    private static CaseDay Day(LinkCase one, DateOnly day, bool isPromise, TimeZoneInfo zone) => new(
        new CaseReminder(CaseEventIds.For(one.ProjectId, one.Id, day, isPromise), one.Id, day, isPromise), LocalTimes.Start(day, zone));
}

/// <summary>A day of a case to be reminded of, once.</summary>
/// <param name="DueAt">From when on.</param>
internal sealed record CaseDay(CaseReminder Reminder, DateTimeOffset DueAt);

/// <summary>Has the days of cases looked at after they were set, so that reminders of them come.</summary>
internal sealed class CaseSchedule(IAlertPlanStore plans, IAlertStore alerts, TimeProvider time)
{
    /// <summary>Longer than it takes to store the case after this: the look must find what was set.</summary>
    internal static readonly TimeSpan Delay = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Called before the case is stored: a crash in between leaves a look that finds nothing, never a day that nobody is reminded of.
    /// </summary>
    public async Task LookSoonAsync(ProjectId projectId, string caseId, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow() + Delay;
        await plans.LookAtCaseAsync(projectId, new CaseCheck(caseId, at), cancellationToken);
        await alerts.WakeAsync(projectId, at, cancellationToken);
    }
}
