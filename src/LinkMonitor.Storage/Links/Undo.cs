using System.Security.Cryptography;
using Azure;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Links;

/// <summary>An act on many links that can be undone for a while.</summary>
/// <param name="Id"><c>und_</c> and 26 base-32 characters.</param>
/// <param name="Act">What was done, for example <c>mute</c>.</param>
/// <param name="By">The id of the key of whoever did it.</param>
/// <param name="Until">It can be undone before this.</param>
public sealed record Undoable(ProjectId ProjectId, string Id, string Act, string By, DateTimeOffset Until);

/// <summary>Identities of acts that can be undone.</summary>
public static class UndoIds
{
    private const string Prefix = "und_";
    private const int Length = 26;
    private const int Bytes = 17;

    /// <summary>Draws a new one: 130 random bits.</summary>
    public static string New() => Prefix + ShortHash.Base32(RandomNumberGenerator.GetBytes(Bytes), Length);

    /// <summary>Whether a text has the form of one.</summary>
    public static bool IsValid(string? text) => ShortHash.IsWellFormed(text, Prefix, Length);
}

/// <summary>What links were before an act on many of them: rows beside theirs, in the <c>Links</c> table.</summary>
public interface IUndoStore
{
    /// <summary>Notes an act before it begins.</summary>
    Task BeginAsync(Undoable act, CancellationToken cancellationToken);

    /// <summary>Keeps a link as it is now. Does nothing when it is not there; doing it again keeps what was kept first.</summary>
    Task KeepAsync(Undoable act, LinkId linkId, CancellationToken cancellationToken);

    /// <summary>An act; null when it was undone, or has been forgotten.</summary>
    Task<Undoable?> FindAsync(ProjectId projectId, string id, CancellationToken cancellationToken);

    /// <summary>The links as they were kept.</summary>
    IAsyncEnumerable<WatchedLink> ReadAsync(Undoable act, CancellationToken cancellationToken);

    /// <summary>Forgets up to a thousand rows of an act, and the act itself last. May be called again after a crash.</summary>
    /// <returns>Whether nothing is left of it.</returns>
    Task<bool> ForgetAsync(Undoable act, CancellationToken cancellationToken);

    /// <summary>The acts of a project that can be undone no more.</summary>
    Task<IReadOnlyList<Undoable>> ListPastAsync(ProjectId projectId, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <inheritdoc cref="IUndoStore"/>
internal sealed class TableUndoStore(StoreTables tables) : IUndoStore
{
    private const string ActPrefix = "undo:";
    private const string LinkPrefix = "undo-link:";
    private const string Act = "act";
    private const string By = "by";
    private const string Until = "until";

    private readonly RowTable _table = tables.Open(TableNames.Links);

    public Task BeginAsync(Undoable act, CancellationToken cancellationToken)
    {
        var row = RowSchema.New(act.ProjectId.Value, ActPrefix + act.Id);
        row[Act] = act.Act;
        row[By] = act.By;
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

    public IAsyncEnumerable<WatchedLink> ReadAsync(Undoable act, CancellationToken cancellationToken) =>
        _table.ReadAsync(KeyRange.StartingWith(act.ProjectId.Value, $"{LinkPrefix}{act.Id}:"), LinkRow.Read, cancellationToken);

    public async Task<bool> ForgetAsync(Undoable act, CancellationToken cancellationToken)
    {
        if (!await _table.DeleteStepAsync(KeyRange.StartingWith(act.ProjectId.Value, $"{LinkPrefix}{act.Id}:"), cancellationToken))
            return false;
        await _table.DeleteAsync(act.ProjectId.Value, ActPrefix + act.Id, ETag.All, cancellationToken);
        return true;
    }

    public async Task<IReadOnlyList<Undoable>> ListPastAsync(ProjectId projectId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var all = await _table.ReadAllAsync(KeyRange.StartingWith(projectId.Value, ActPrefix), Read, cancellationToken);
        return [.. all.Items.Where(act => act.Until <= now)];
    }

    private static string LinkKey(string id, LinkId linkId) => $"{LinkPrefix}{id}:{linkId.Value}";

    private static Undoable Read(Azure.Data.Tables.TableEntity row) =>
        new(new ProjectId(row.PartitionKey), row.RowKey[ActPrefix.Length..], row.Text(Act), row.Text(By), row.Time(Until));
}
