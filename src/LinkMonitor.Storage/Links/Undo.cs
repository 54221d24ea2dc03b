using Azure;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Links;

/// <summary>An act on links that can be undone for a while.</summary>
/// <param name="Id"><c>und_</c> and 26 base-32 characters.</param>
/// <param name="Act">What was done: <c>mute</c>, <c>unmute</c>, <c>set-type</c>, <c>delete</c> or <c>replace</c>.</param>
/// <param name="By">Who did it.</param>
/// <param name="Until">It can be undone before this.</param>
public sealed record Undoable(ProjectId ProjectId, string Id, string Act, Author By, DateTimeOffset Until)
{
    /// <summary>The longest sentence that is kept, in characters.</summary>
    public const int MaxWhatLength = 500;

    /// <summary>How long an act can be undone.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(10);

    public DateTimeOffset At => Until - Window;

    /// <summary>A short English sentence, for example <c>Muted 14 links</c>.</summary>
    public string What { get; init; } = string.Empty;

    /// <summary>The link that took the place of another; null for other acts.</summary>
    public LinkId? Successor { get; init; }

    /// <summary>What people had set of the successor when it was made, as a text that changes with it; null for other acts.</summary>
    public string? Made { get; init; }
}

/// <summary>Identities of acts that can be undone.</summary>
public static class UndoIds
{
    private const string Prefix = "und_";
    private const int Length = 26;

    /// <summary>Draws a new one: 130 random bits.</summary>
    public static string New() => Prefix + ShortHash.Draw(Length);

    /// <summary>Whether a text has the form of one.</summary>
    public static bool IsValid(string? text) => ShortHash.IsWellFormed(text, Prefix, Length);
}

/// <summary>What links were before an act on many of them: rows beside theirs, in the <c>Links</c> table.</summary>
public interface IUndoStore
{
    /// <summary>Notes an act before it begins, and again when it is known what it did.</summary>
    Task BeginAsync(Undoable act, CancellationToken cancellationToken);

    /// <summary>Keeps a link as it is now. Does nothing when it is not there; doing it again keeps what was kept first.</summary>
    Task KeepAsync(Undoable act, LinkId linkId, CancellationToken cancellationToken);

    /// <summary>An act; null when it was undone, or has been forgotten.</summary>
    Task<Undoable?> FindAsync(ProjectId projectId, string id, CancellationToken cancellationToken);

    /// <summary>The links as they were kept, also those that cannot be read.</summary>
    IAsyncEnumerable<ReadRow<WatchedLink>> ReadAsync(Undoable act, CancellationToken cancellationToken);

    /// <summary>Forgets up to a thousand rows of an act, and the act itself last. May be called again after a crash.</summary>
    /// <returns>Whether nothing is left of it.</returns>
    Task<bool> ForgetAsync(Undoable act, CancellationToken cancellationToken);

    /// <summary>The acts of a project, also those that can be undone no more and are not forgotten yet; the newest first.</summary>
    Task<RowsRead<Undoable>> ListAsync(ProjectId projectId, CancellationToken cancellationToken);
}

/// <inheritdoc cref="IUndoStore"/>
internal sealed class TableUndoStore(StoreTables tables) : IUndoStore
{
    private const string ActPrefix = "undo:";
    private const string LinkPrefix = "undo-link:";
    private const string Act = "act";
    private const string By = "by";
    private const string ByName = "byName";
    private const string What = "what";
    private const string Successor = "successor";
    private const string Made = "made";
    private const string Until = "until";

    private readonly RowTable _table = tables.Open(TableNames.Links);

    public Task BeginAsync(Undoable act, CancellationToken cancellationToken)
    {
        var row = RowSchema.New(act.ProjectId.Value, ActPrefix + act.Id);
        row[Act] = act.Act;
        row[By] = act.By.Id;
        row[ByName] = act.By.Name;
        row[What] = StoredText.Cut(act.What, Undoable.MaxWhatLength);
        row[Successor] = act.Successor?.Value;
        row[Made] = act.Made;
        row[Until] = act.Until;
        return _table.PutAsync(row, cancellationToken);
    }

    public async Task KeepAsync(Undoable act, LinkId linkId, CancellationToken cancellationToken)
    {
        var to = LinkKey(act.Id, linkId);
        if (!await _table.IsThereAsync(act.ProjectId.Value, to, cancellationToken))
            await _table.CopyAsync(act.ProjectId.Value, LinkKeys.Link(linkId), to, cancellationToken);
    }

    public async Task<Undoable?> FindAsync(ProjectId projectId, string id, CancellationToken cancellationToken) =>
        await _table.FindAsync(projectId.Value, ActPrefix + id, Read, cancellationToken);

    public IAsyncEnumerable<ReadRow<WatchedLink>> ReadAsync(Undoable act, CancellationToken cancellationToken) => _table.ReadAsync(
        new RowQuery(KeyRange.StartingWith(act.ProjectId.Value, $"{LinkPrefix}{act.Id}:")), LinkRow.Read, cancellationToken);

    public async Task<bool> ForgetAsync(Undoable act, CancellationToken cancellationToken)
    {
        if (!await _table.DeleteStepAsync(KeyRange.StartingWith(act.ProjectId.Value, $"{LinkPrefix}{act.Id}:"), cancellationToken))
            return false;
        await _table.DeleteAsync(act.ProjectId.Value, ActPrefix + act.Id, ETag.All, cancellationToken);
        return true;
    }

    public async Task<RowsRead<Undoable>> ListAsync(ProjectId projectId, CancellationToken cancellationToken)
    {
        var all = await _table.ReadAllAsync(KeyRange.StartingWith(projectId.Value, ActPrefix), Read, cancellationToken);
        return all with { Items = [.. all.Items.OrderByDescending(act => act.Until).ThenBy(act => act.Id, StringComparer.Ordinal)] };
    }

    private static string LinkKey(string id, LinkId linkId) => $"{LinkPrefix}{id}:{linkId.Value}";

    // Those of earlier versions name the key alone.
    private static Undoable Read(Azure.Data.Tables.TableEntity row) => new(
        new ProjectId(row.PartitionKey), row.RowKey[ActPrefix.Length..], row.Text(Act),
        new Author(row.Text(By), row.GetString(ByName) ?? row.Text(By)), row.Time(Until))
    {
        What = row.GetString(What) ?? string.Empty,
        Successor = row.GetString(Successor) is { } successor ? new LinkId(successor) : null,
        Made = row.GetString(Made),
    };
}
