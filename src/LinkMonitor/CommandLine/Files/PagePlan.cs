using LinkMonitor.Engine.Urls;
using LinkMonitor.Imports.Rows;

namespace LinkMonitor.CommandLine.Files;

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
