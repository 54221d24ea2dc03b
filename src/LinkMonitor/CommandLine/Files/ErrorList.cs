using LinkMonitor.CommandLine.Output;

namespace LinkMonitor.CommandLine.Files;

/// <summary>What is wrong with a file: the first few are kept, all are counted.</summary>
internal sealed class ErrorList
{
    private const int MostShown = 20;

    private readonly List<string> _first = [];

    public int Count { get; private set; }

    public void Add(string error)
    {
        Count++;
        if (_first.Count < MostShown)
            _first.Add(error);
    }

    public IEnumerable<string> Lines() => Count > _first.Count
        ? _first.Append($"... and {CountText.Of(Count - _first.Count, "more line like these", "more lines like these")}.")
        : _first;
}
