using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Keys;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Cases;

/// <summary>A case to open by hand, or what to change of one. What is absent stays; null takes away.</summary>
public sealed record CaseRequest : IRequestBody<CaseRequest>
{
    static JsonTypeInfo<CaseRequest> IRequestBody<CaseRequest>.Shape => CaseJson.Default.CaseRequest;

    /// <summary>The link that the case is about; needed to open one, and never changed.</summary>
    public string? LinkId { get; init; }

    /// <summary>How far it has come. <c>open</c>, <c>contacted</c> and <c>promised</c> are open, the others closed.</summary>
    public CaseStatus? Status { get; init; }

    /// <summary>The day by which the owner of the page promised to put it right; the status <c>promised</c> needs one.</summary>
    public string? Promised { get; init; }

    /// <summary>The day by which something has to be done.</summary>
    public string? Due { get; init; }

    /// <summary>The id of the owner's key, or <c>me</c> for the caller's.</summary>
    public string? Owner { get; init; }

    /// <summary>A note to begin with, 1 to 2,000 characters; only when a case is opened.</summary>
    public string? Note { get; init; }
}

/// <summary>A note for a case.</summary>
public sealed record CaseNoteRequest : IRequestBody<CaseNoteRequest>
{
    static JsonTypeInfo<CaseNoteRequest> IRequestBody<CaseNoteRequest>.Shape => CaseJson.Default.CaseNoteRequest;

    /// <summary>1 to 2,000 characters.</summary>
    public string? Text { get; init; }
}

/// <summary>Reads what is to become of a case, and says what is wrong with it.</summary>
internal sealed class CaseRequestReader(IKeyStore keys, TimeProvider time)
{
    private const int MaxNote = 2_000;
    private const string Me = "me";
    private static readonly DateOnly FirstDay = new(2000, 1, 1);
    private static readonly DateOnly LastDay = new(2199, 12, 31);

    /// <returns>Meaningless when there are errors.</returns>
    public async Task<CasePatch> ReadAsync(Body<CaseRequest> body, Project project, KeyHolder by, CancellationToken cancellationToken)
    {
        var (request, errors) = (body.Value, body.Errors);
        return new CasePatch
        {
            Status = request.Status,
            SetsPromised = body.Names("promised"),
            Promised = ReadDay("promised", request.Promised, errors),
            SetsDue = body.Names("due"),
            Due = ReadDay("due", request.Due, errors),
            SetsOwner = body.Names("owner"),
            Owner = await ReadOwnerAsync(request.Owner, project, by, errors, cancellationToken),
        };
    }

    /// <summary>What only the stored case can tell: a promise has a day, and a day that is set anew is still to come.</summary>
    public void CheckDays(CasePatch patch, LinkCase? one, Project project, FieldErrors errors)
    {
        var today = LocalTimes.Day(time.GetUtcNow(), project.TimeZone);
        CheckToCome("promised", patch.Promised, one?.Promised);
        CheckToCome("due", patch.Due, one?.Due);
        var day = patch.SetsPromised ? patch.Promised : one?.Promised;
        if ((patch.Status ?? one?.Status) == CaseStatus.Promised && day is null)
            errors.AddIfNone("promised", "Say by which day it was promised, for example 2026-12-31.");

        void CheckToCome(string field, DateOnly? day, DateOnly? stored)
        {
            if (day < today && day != stored)
                errors.Add(field, $"A day from today ({today:yyyy-MM-dd}) on; it is {day:yyyy-MM-dd}.");
        }
    }

    /// <summary>Null when there are errors.</summary>
    public static string? ReadNote(string field, string? text, FieldErrors errors)
    {
        var note = text?.ReplaceLineEndings("\n").Trim();
        if (string.IsNullOrEmpty(note) || note.Length > MaxNote)
        {
            errors.Add(field, $"A note has 1 to {MaxNote:N0} characters.");
            return null;
        }

        errors.CheckCharacters(field, note);
        return note;
    }

    private static DateOnly? ReadDay(string field, string? text, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (!DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            errors.Add(field, $"'{FieldErrors.Cut(text)}' is not a date. Write year, month and day, for example 2026-01-31.");
        else if (day < FirstDay || day > LastDay)
            errors.Add(field, $"A day from {FirstDay:yyyy-MM-dd} to {LastDay:yyyy-MM-dd}; it is {day:yyyy-MM-dd}.");
        else
            return day;
        return null;
    }

    private async Task<Author?> ReadOwnerAsync(
        string? id, Project project, KeyHolder by, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(id))
            return null;
        if (id == Me || id == by.Id)
            return by.Author;
        if (KeyRing.IsId(id) && await keys.FindAsync(id, cancellationToken) is { } key && key.Projects.Contains(project.Id))
            return new Author(key.Id, key.Name);
        errors.Add("owner", $"No key with the id '{FieldErrors.Cut(id)}' opens this project. Give the id of one that does, or me.");
        return null;
    }
}

/// <summary>The JSON of the API for cases.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CaseRequest))]
[JsonSerializable(typeof(CaseNoteRequest))]
[JsonSerializable(typeof(CaseView))]
[JsonSerializable(typeof(SliceView<CaseView>))]
[JsonSerializable(typeof(CaseCounts))]
internal sealed partial class CaseJson : JsonSerializerContext;

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

    /// <summary>How many more entries the timeline has whose stored rows cannot be read; null in lists.</summary>
    public int? Unreadable { get; init; }

    /// <summary>What of that which people set is another one.</summary>
    internal static FieldChanges Difference(LinkCase before, LinkCase after) =>
        FieldChanges.Between(Of(before), Of(after), CaseJson.Default.CaseView, CaseJson.Default.CaseRequest);

    internal static CaseView Of(LinkCase one, RowsRead<CaseEntry>? timeline = null) => new()
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
        Timeline = timeline?.Items,
        Unreadable = timeline?.SetAside.Count,
    };
}

/// <summary>How many cases a project has. Statuses without cases are left out.</summary>
/// <param name="Open">Of all: those in which somebody still has to do something.</param>
/// <param name="Overdue">Of the open ones: those whose due or promised day is past.</param>
/// <param name="Unowned">Of the open ones: those that nobody owns.</param>
/// <param name="Unreadable">How many more there are whose stored rows cannot be read: they are in no other number.</param>
public sealed record CaseCounts(
    int Total, int Open, int Overdue, int Unowned, IReadOnlyList<CaseStatusCount> Statuses, int Unreadable)
{
    /// <param name="today">In the project's time zone.</param>
    internal static async Task<CaseCounts> OfAsync(
        ICaseStore cases, ProjectId project, DateOnly today, CancellationToken cancellationToken)
    {
        var (total, open, overdue, unowned, unreadable) = (0, 0, 0, 0, 0);
        var statuses = new SortedDictionary<CaseStatus, int>();
        await foreach (var slice in cases.ReadSlicesAsync(project, CaseFilter.None, cancellationToken))
        {
            total += slice.Items.Count;
            unreadable += slice.SetAside;
            foreach (var one in slice.Items)
            {
                statuses[one.Status] = statuses.GetValueOrDefault(one.Status) + 1;
                if (!one.IsOpen)
                    continue;
                open++;
                overdue += one.Due < today || one.Promised < today ? 1 : 0;
                unowned += one.Owner is null ? 1 : 0;
            }
        }

        return new CaseCounts(
            total, open, overdue, unowned, [.. statuses.Select(one => new CaseStatusCount(one.Key, one.Value))], unreadable);
    }
}

/// <summary>How many cases have a status.</summary>
public sealed record CaseStatusCount(CaseStatus Status, int Count);
