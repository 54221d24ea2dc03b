using LinkMonitor.CommandLine.Output;
using LinkMonitor.Engine.Explaining;

namespace LinkMonitor.CommandLine.Results;

/// <summary>
/// Takes results as they come: each is on disk when it was taken, and on the console as soon as all before it are there, too. Thread-safe.
/// Once closed it takes nothing more: a run that is stopped does not wait for the pages under way.
/// </summary>
/// <param name="console">Null when the results go to a file.</param>
internal sealed class ResultSink(ResultLog log, IResultFormat format, CheckTally tally, ProgressLine progress, TextWriter? console)
{
    private readonly Lock _lock = new();
    private int _next;
    private bool _isClosed;

    /// <summary>Results taken.</summary>
    public int Count { get; private set; }

    /// <param name="row">Which row of the file, from 0.</param>
    public bool Has(int row)
    {
        lock (_lock)
        {
            return log.Has(row);
        }
    }

    /// <param name="row">Which row of the file, from 0.</param>
    /// <param name="own">The cells of the user's own columns.</param>
    /// <exception cref="IOException">The result cannot be written.</exception>
    public void Add(int row, IReadOnlyList<string> own, CheckView check, Explanation? explanation)
    {
        var text = format.Write(check, own, explanation);
        lock (_lock)
        {
            if (_isClosed)
                return;
            log.Add(row, text);
            tally.Count(check.State, check.WasKnown);
            Count++;
            if (console is not null && row == _next)
                progress.Around(ShowReady);
        }
    }

    /// <summary>Ends the run: on the console comes what is there although something before it is missing.</summary>
    /// <param name="rows">Of the file, in all.</param>
    public void Close(int rows)
    {
        lock (_lock)
        {
            _isClosed = true;
            for (; console is not null && _next < rows; _next++)
            {
                if (log.Has(_next))
                    console.Write(log.Read(_next));
            }

            console?.Flush();
        }
    }

    private void ShowReady()
    {
        for (; log.Has(_next); _next++)
            console!.Write(log.Read(_next));
        console!.Flush();
    }
}
