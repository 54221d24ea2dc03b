using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Bench;

/// <summary>For rows made here, which can all be read.</summary>
internal sealed class NothingSetAside : ISetAside
{
    public ValueTask NoteAsync(SetAsideNote note, CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"{note.Name}: {note.Problem}");

    public ValueTask ClearAsync(SetAsideName name, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
