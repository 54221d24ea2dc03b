using LinkMonitor.CommandLine.Output;

namespace LinkMonitor.CommandLine.Files;

/// <summary>Takes results as they come and writes them in input order, each as soon as all before it are there.</summary>
internal sealed class OrderedResults(int count, IResultWriter writer)
{
    private readonly CheckView?[] _waiting = new CheckView?[count];
    private readonly Lock _lock = new();
    private int _next;

    public CheckTally Tally { get; } = new();

    public void Add(int index, CheckView check)
    {
        lock (_lock)
        {
            _waiting[index] = check;
            Tally.Count(check);
            while (_next < count && _waiting[_next] is { } ready)
                Write(_next++, ready);
        }
    }

    /// <summary>Writes what is there although something before it is missing: the run was interrupted, and nothing found is to be lost.</summary>
    public void WriteRest()
    {
        lock (_lock)
        {
            for (; _next < count; _next++)
            {
                if (_waiting[_next] is { } ready)
                    Write(_next, ready);
            }

            writer.Flush();
        }
    }

    private void Write(int index, CheckView ready)
    {
        writer.Write(ready);
        _waiting[index] = null;
    }
}
