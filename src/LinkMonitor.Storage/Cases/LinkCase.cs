using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;

namespace LinkMonitor.Storage.Cases;

/// <summary>What people do about a loss or a change of a link, from the day it was confirmed to its end.</summary>
public sealed record LinkCase
{
    /// <summary>More entries than this nobody writes; changes of the link beyond it are in the link's history only.</summary>
    public const int MaxEntries = 1_000;

    public required ProjectId ProjectId { get; init; }

    /// <summary><c>cas_</c> and 26 characters; those of newer cases sort first. See <see cref="CaseIds"/>.</summary>
    public required string Id { get; init; }

    public required LinkId LinkId { get; init; }

    public required WebUrl Page { get; init; }

    public required WebUrl Target { get; init; }

    public CaseStatus Status { get; init; }

    /// <summary>The day by which the page's owner promised to put it right; null while nothing is promised.</summary>
    public DateOnly? Promised { get; init; }

    /// <summary>The day by which something has to be done; null for none.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Whose case it is: the key and its name when the case was given to it; null for nobody.</summary>
    public Author? Owner { get; init; }

    /// <summary>The link's state after the last change of the case.</summary>
    public required LinkState State { get; init; }

    /// <summary>The link's reasons after the last change of the case.</summary>
    public IReadOnlyList<ReasonCode> Reasons { get; init; } = [];

    /// <summary>How many changes of the link belong to it; 0 for one that a person opened and that no change has joined.</summary>
    public int Changes { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Who closed it; null while it is open, and when the link's recovery did.</summary>
    public Author? ClosedBy { get; init; }

    /// <summary>When the link was as expected again; null until then. A new loss after that opens a new case.</summary>
    public DateTimeOffset? RecoveredAt { get; init; }

    /// <summary>How many entries its timeline has.</summary>
    public int Entries { get; init; }

    /// <summary>The version that was read; null for one that is not stored yet.</summary>
    public string? ETag { get; init; }

    /// <summary>Whether somebody still has to do something.</summary>
    public bool IsOpen => ClosedAt is null;

    /// <summary>Whether it was closed because the link recovered, and not by a person.</summary>
    public bool IsClosedByRecovery => ClosedAt is not null && ClosedBy is null;
}

/// <summary>How far a case has come. The first three are open, the others closed.</summary>
[JsonConverter(typeof(WireNameJsonConverter<CaseStatus>))]
public enum CaseStatus
{
    /// <summary>Nobody has done anything about it yet.</summary>
    Open,

    /// <summary>The page's owner was written to.</summary>
    Contacted,

    /// <summary>The page's owner promised to put it right by <see cref="LinkCase.Promised"/>.</summary>
    Promised,

    /// <summary>The link is as agreed again, or a person says that it is.</summary>
    Fixed,

    /// <summary>Another link was given in its place.</summary>
    Replaced,

    /// <summary>The money came back.</summary>
    Refunded,

    /// <summary>Nothing more is done about it.</summary>
    WrittenOff,
}

/// <summary>One thing that happened in a case.</summary>
/// <param name="Number">Its place in the timeline, from 1.</param>
/// <param name="By">Who did it; null for the monitor itself.</param>
public sealed record CaseEntry(int Number, DateTimeOffset At, Author? By, CaseEntryKind Kind)
{
    /// <summary>A note, at most 2,000 characters.</summary>
    public string? Text { get; init; }

    /// <summary>The status it has from then on.</summary>
    public CaseStatus? Status { get; init; }

    /// <summary>The promised or the due day; null when it was taken away.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Who owns it from then on; null for nobody.</summary>
    public Author? Owner { get; init; }

    /// <summary>The change of the link.</summary>
    public string? ChangeId { get; init; }

    /// <summary>The link's state after that change.</summary>
    public LinkState? State { get; init; }

    /// <summary>The link's reasons after that change.</summary>
    public IReadOnlyList<ReasonCode> Reasons { get; init; } = [];
}

/// <summary>What an entry of a case is about.</summary>
[JsonConverter(typeof(WireNameJsonConverter<CaseEntryKind>))]
public enum CaseEntryKind
{
    /// <summary>The case was opened, by a change or by a person.</summary>
    Opened,

    /// <summary>The link changed further.</summary>
    Changed,

    /// <summary>The link is as expected again.</summary>
    Recovered,

    /// <summary>It has another status.</summary>
    Status,

    /// <summary>It has another owner, or none.</summary>
    Owner,

    /// <summary>It has another due day, or none.</summary>
    Due,

    /// <summary>It has another promised day, or none, and the same status.</summary>
    Promised,

    /// <summary>Somebody wrote something down.</summary>
    Note,

    /// <summary>Its link was given another page, target or match, and the case went with it.</summary>
    Followed,
}

/// <summary>A case as it becomes, with what is added to its timeline; written whole or not at all.</summary>
/// <param name="Case">With the version that was read; without one it is new.</param>
public sealed record CaseStep(LinkCase Case, IReadOnlyList<CaseEntry> Entries);

/// <summary>Which cases of a project are wanted; parts that are null do not restrict.</summary>
public sealed record CaseFilter
{
    public static CaseFilter None { get; } = new();

    public CaseStatus? Status { get; init; }

    /// <summary>Open ones only, or closed ones only.</summary>
    public bool? IsOpen { get; init; }

    /// <summary>The id of the owner's key.</summary>
    public string? Owner { get; init; }

    /// <summary>Those without an owner.</summary>
    public bool IsUnowned { get; init; }

    /// <summary>Due or promised on that day or before.</summary>
    public DateOnly? DueBy { get; init; }

    public LinkId? Link { get; init; }
}
