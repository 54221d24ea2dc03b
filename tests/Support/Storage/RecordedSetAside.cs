using System.Collections.Concurrent;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Testing.Storage;

/// <summary>Remembers what was set aside.</summary>
internal sealed class RecordedSetAside : ISetAside
{
    private readonly ConcurrentDictionary<SetAsideName, SetAsideNote> _notes = new();

    public IReadOnlyCollection<SetAsideNote> Notes => [.. _notes.Values];

    public ValueTask NoteAsync(SetAsideNote note, CancellationToken cancellationToken)
    {
        _notes[note.Name] = note;
        return ValueTask.CompletedTask;
    }

    public ValueTask ClearAsync(SetAsideName name, CancellationToken cancellationToken)
    {
        _notes.TryRemove(name, out _);
        return ValueTask.CompletedTask;
    }
}
