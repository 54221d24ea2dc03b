namespace LinkMonitor.Storage.Rows;

/// <summary>
/// Hears of everything that is left out so that the rest can go on. Called for every damaged row at every read, so it must be cheap, must come back
/// soon, and must not throw for any other reason than a stop: the one who tells it goes on with the rest.
/// </summary>
public interface ISetAside
{
    /// <summary>Notes it where the operator sees it. Telling it again changes nothing.</summary>
    ValueTask NoteAsync(SetAsideNote note, CancellationToken cancellationToken);

    /// <summary>Says that it can be read, or was done. Costs nothing when nothing is noted under this name.</summary>
    ValueTask ClearAsync(SetAsideName name, CancellationToken cancellationToken);
}
