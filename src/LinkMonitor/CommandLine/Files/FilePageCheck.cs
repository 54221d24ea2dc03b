using LinkMonitor.Engine.Urls;
using LinkMonitor.Imports.Rows;

namespace LinkMonitor.CommandLine.Files;

/// <summary>
/// Goes through all pages of a plan, a bounded number at a time: of each host no more than its turns can use, and the hosts in the order of
/// the file, so that one host with many pages holds up no other.
/// </summary>
internal sealed class FilePageCheck
{
    /// <summary>
    /// Beyond this, in bytes, no more pages are begun than there are places to fetch: some pages are a thousand times as large as others.
    /// </summary>
    private const long MuchMemory = 256 * 1024 * 1024;

    private readonly PagePlan _plan;
    private readonly int _perHost;
    private readonly int _mostAtOnce;
    private readonly int _fewAtOnce;
    private readonly Func<int, Task> _check;
    private readonly Lock _lock = new();
    private readonly Queue<int> _ready = new();
    private readonly int[] _next;
    private readonly int[] _running;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _runningInAll;
    private bool _isStopped;

    /// <param name="perHost">Pages at a time of one host.</param>
    /// <param name="mostAtOnce">Pages begun and not ended: most of them wait for their host or their target.</param>
    /// <param name="fewAtOnce">The same while memory is short.</param>
    /// <param name="check">Checks one page. What it throws ends the round.</param>
    public FilePageCheck(PagePlan plan, int perHost, int mostAtOnce, int fewAtOnce, Func<int, Task> check)
    {
        (_plan, _mostAtOnce, _fewAtOnce, _check) = (plan, mostAtOnce, fewAtOnce, check);

        // One more waits, so that no turn of the host is lost between two pages.
        _perHost = perHost + 1;
        _next = new int[plan.Hosts];
        _running = new int[plan.Hosts];
        for (var host = 0; host < plan.Hosts; host++)
        {
            _next[host] = plan.FirstPage(host);
            _ready.Enqueue(host);
        }
    }

    /// <summary>Ends when all pages were checked, or at once when cancelled: pages under way are not waited for.</summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Start();
        try
        {
            await _done.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            Stop();
        }
    }

    private void Stop()
    {
        lock (_lock)
        {
            _isStopped = true;
        }
    }

    private void Start()
    {
        lock (_lock)
        {
            while (!_isStopped && _runningInAll < Limit() && _ready.TryDequeue(out var host))
            {
                var page = Take(host);
                _ = Task.Run(() => CheckAsync(page));
            }

            if (_runningInAll == 0 && !_isStopped)
                _done.TrySetResult();
        }
    }

    private int Limit() => GC.GetTotalMemory(forceFullCollection: false) < MuchMemory ? _mostAtOnce : _fewAtOnce;

    private int Take(int host)
    {
        var page = _next[host];
        _next[host] = _plan.NextPage(page) ?? -1;
        _running[host]++;
        _runningInAll++;
        if (_next[host] >= 0 && _running[host] < _perHost)
            _ready.Enqueue(host);
        return page;
    }

    private async Task CheckAsync(int page)
    {
        try
        {
            await _check(page);
        }
        catch (OperationCanceledException)
        {
            // The round ends by the same token.
            Stop();
        }
        catch (Exception e)
        {
            Stop();
            _done.TrySetException(e);
        }

        lock (_lock)
        {
            var host = _plan.HostOf(page);
            if (_running[host]-- == _perHost && _next[host] >= 0)
                _ready.Enqueue(host);
            _runningInAll--;
        }

        Start();
    }
}

/// <summary>
/// Which rows of a file are on one page, and which pages on one host: chains of numbers through the rows, so that memory holds some twenty
/// bytes a row.
/// </summary>
internal sealed class PagePlan
{
    private const int None = -1;

    private readonly List<int> _nextRow = [];
    private readonly List<int> _firstRow = [];
    private readonly List<int> _nextPage = [];
    private readonly List<int> _hostOf = [];
    private readonly List<int> _firstPage = [];

    // Needed while rows are added only.
    private Dictionary<UInt128, int> _pages = [];
    private Dictionary<string, int> _hosts = new(StringComparer.Ordinal);
    private List<int> _lastRow = [];
    private List<int> _lastPage = [];

    public int Pages => _firstRow.Count;

    public int Hosts => _firstPage.Count;

    /// <summary>Adds the next row.</summary>
    public void Add(LinkFileRow row)
    {
        var at = _nextRow.Count;
        _nextRow.Add(None);
        var key = TextKey.OfPage(row.Page);
        if (_pages.TryGetValue(key, out var page))
            _nextRow[_lastRow[page]] = at;
        else
            page = AddPage(key, at, row.Page);
        _lastRow[page] = at;
    }

    /// <summary>No more rows come: what only adding needs is let go.</summary>
    public void Complete()
    {
        (_pages, _hosts, _lastRow, _lastPage) = ([], new Dictionary<string, int>(StringComparer.Ordinal), [], []);
        foreach (var list in (List<int>[])[_nextRow, _firstRow, _nextPage, _hostOf, _firstPage])
            list.TrimExcess();
    }

    /// <summary>The places of a page's rows, ascending.</summary>
    public IEnumerable<int> RowsOf(int page)
    {
        for (var row = _firstRow[page]; row != None; row = _nextRow[row])
            yield return row;
    }

    public int HostOf(int page) => _hostOf[page];

    /// <summary>The first page of a host, in the order of the file.</summary>
    public int FirstPage(int host) => _firstPage[host];

    /// <summary>The page of the same host behind one; null behind the last.</summary>
    public int? NextPage(int page) => _nextPage[page] is var next and not None ? next : null;

    private int AddPage(UInt128 key, int row, WebUrl url)
    {
        var page = _firstRow.Count;
        _pages[key] = page;
        _firstRow.Add(row);
        _lastRow.Add(row);
        _nextPage.Add(None);
        var name = url.Host ?? string.Empty;
        if (!_hosts.TryGetValue(name, out var host))
        {
            _hosts[name] = host = _firstPage.Count;
            _firstPage.Add(page);
            _lastPage.Add(page);
        }
        else
        {
            _nextPage[_lastPage[host]] = page;
            _lastPage[host] = page;
        }

        _hostOf.Add(host);
        return page;
    }
}
