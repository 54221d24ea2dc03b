using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Imports;

/// <summary>A file of links on its way into a project, or what came of it.</summary>
public sealed record ImportRun
{
    public required ProjectId ProjectId { get; init; }

    /// <summary><c>imp_</c> and 26 base-32 characters; the newest comes first in the order of their text.</summary>
    public required string Id { get; init; }

    public required ImportState State { get; init; }

    /// <summary>For people: the name of the file, or the address it came from; at most 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>How the file is to be read, as JSON of whoever reads it.</summary>
    public required string Choices { get; init; }

    public required Author By { get; init; }

    /// <summary>Who undid it; null while nobody has.</summary>
    public Author? UndoneBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last time anything of it was written.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>When it was done, cancelled, undone or given up; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public required ImportCounts Counts { get; init; }

    /// <summary>What kind of file it is, for people.</summary>
    public required string Format { get; init; }

    /// <summary>The tool that wrote it; null when nothing says it.</summary>
    public string? Vendor { get; init; }

    /// <summary>SHA-256 of the file in hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>Rows that keep the file; 0 once it is removed.</summary>
    public required int Pieces { get; init; }

    /// <summary>Who is at work on it, drawn anew by each run; null before the first.</summary>
    public string? Worker { get; init; }

    /// <summary>Runs that have begun since it last got further; 0 when it gets on, and when it was given up for its file.</summary>
    public int Attempts { get; init; }

    /// <summary>When it last got further, or was begun; null for one of the version before.</summary>
    public DateTimeOffset? ProgressedAt { get; init; }

    /// <summary>Why it was given up; null unless it was.</summary>
    public string? Problem { get; init; }

    /// <summary>The published sheet that it came from; null for none.</summary>
    public string? SheetId { get; init; }

    /// <summary>The version that was read; null for one that is not stored yet.</summary>
    public string? ETag { get; init; }

    /// <summary>Work is still to be done for it.</summary>
    [JsonIgnore]
    public bool IsOpen => State is ImportState.Waiting or ImportState.Running or ImportState.Undoing;
}

/// <summary>How far an import is.</summary>
[JsonConverter(typeof(WireNameJsonConverter<ImportState>))]
public enum ImportState
{
    /// <summary>Looked at, and not begun.</summary>
    Draft,

    /// <summary>Begun, and nobody is at work on it yet.</summary>
    Waiting,

    Running,
    Done,

    /// <summary>Stopped by somebody; what it had added stays, and can be undone.</summary>
    Cancelled,

    /// <summary>It cannot be done; see the problem.</summary>
    Failed,

    /// <summary>What it added is being removed.</summary>
    Undoing,
    Undone,
}

/// <summary>How many rows of a file came to what. Of the rows that were read, each is in exactly one of the other counts.</summary>
public sealed record ImportCounts
{
    /// <summary>All rows of the file with anything in them, without its header.</summary>
    public int Rows { get; init; }

    public int Read { get; init; }

    /// <summary>Links that the import registered.</summary>
    public int Added { get; init; }

    /// <summary>Links that were watched already and stay as they are.</summary>
    public int Known { get; init; }

    /// <summary>Of the known ones, those whose rows cannot be read: nothing was noted of them.</summary>
    public int Unreadable { get; init; }

    /// <summary>Rows that are no links.</summary>
    public int Rejected { get; init; }

    /// <summary>Links that the tool itself found gone: history, not watched.</summary>
    public int Lost { get; init; }

    /// <summary>Pages of the target's own site in a list without targets.</summary>
    public int Own { get; init; }

    /// <summary>Rows with the same page and target as one before.</summary>
    public int Twice { get; init; }

    /// <summary>Links of the file that a row before lists in another spelling: both are watched.</summary>
    public int Respelled { get; init; }

    /// <summary>Rows that undoing has gone through.</summary>
    public int Undone { get; init; }

    /// <summary>Links that undoing removed.</summary>
    public int Removed { get; init; }

    /// <summary>Links that the import added and undoing left, because somebody has changed them since.</summary>
    public int Kept { get; init; }

    public ImportCounts Plus(ImportCounts other) => this with
    {
        Read = Read + other.Read,
        Added = Added + other.Added,
        Known = Known + other.Known,
        Unreadable = Unreadable + other.Unreadable,
        Rejected = Rejected + other.Rejected,
        Lost = Lost + other.Lost,
        Own = Own + other.Own,
        Twice = Twice + other.Twice,
        Undone = Undone + other.Undone,
        Removed = Removed + other.Removed,
        Kept = Kept + other.Kept,
    };
}

/// <summary>A published sheet whose links are kept in step with a project: what is new in it is added, nothing is ever removed.</summary>
public sealed record PolledSheet
{
    public required ProjectId ProjectId { get; init; }

    /// <summary><c>sht_</c> and 26 base-32 characters.</summary>
    public required string Id { get; init; }

    public required string Url { get; init; }

    /// <summary>One hour to 31 days.</summary>
    public required TimeSpan Every { get; init; }

    /// <summary>How the file is to be read, as JSON of whoever reads it.</summary>
    public required string Choices { get; init; }

    public required Author By { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is asked for by the schedule; before the first time, when it is asked for again should the first be lost.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When it is asked for next: the first time at once.</summary>
    public DateTimeOffset NextAt => AskedAt is null ? CreatedAt : DueAt;

    /// <summary>When it was last asked for; null before the first time.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>SHA-256 of what was read last; null before the first time.</summary>
    public string? Hash { get; init; }

    /// <summary>What came of the last time, for people.</summary>
    public string? Outcome { get; init; }

    /// <summary>When what was read last was new; null before the first time, and of one of the version before.</summary>
    public DateTimeOffset? NewAt { get; init; }

    /// <summary>When the file was last read in full; null before the first time, and of one of the version before.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>What to ask with whether it has changed, as JSON of whoever asks; null for nothing.</summary>
    public string? Seen { get; init; }

    /// <summary>The last import of it; null before the first time, and of one of the version before.</summary>
    public string? ImportId { get; init; }

    public string? ETag { get; init; }
}

/// <summary>Identities of imports and of polled sheets.</summary>
public static class ImportIds
{
    private const string Import = "imp_";
    private const string Sheet = "sht_";
    private const int Half = 13;

    // In the order of their text, unlike the usual one.
    private const string Ordered = "234567abcdefghijklmnopqrstuvwxyz";

    /// <summary>The newer one comes first; 65 bits are random.</summary>
    public static string New(DateTimeOffset now)
    {
        var left = DateTimeOffset.MaxValue.UtcTicks - now.UtcTicks;
        Span<char> time = stackalloc char[Half];
        for (var at = Half - 1; at >= 0; at--)
        {
            time[at] = Ordered[(int)(left & 31)];
            left >>= 5;
        }

        return string.Concat(Import, time, ShortHash.Draw(Half));
    }

    public static string NewSheet() => Sheet + ShortHash.Draw();

    public static bool IsValid(string? text) => ShortHash.IsWellFormed(text, Import, ShortHash.Length);

    public static bool IsSheet(string? text) => ShortHash.IsWellFormed(text, Sheet, ShortHash.Length);
}
