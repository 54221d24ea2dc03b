using System.Buffers;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Imports.Rows;

/// <summary>What stands in a column of the first rows of a table.</summary>
internal sealed class ColumnContent
{
    private const double Mostly = 0.6;
    private const int LongText = 200;

    private static readonly SearchValues<char> NoHost = SearchValues.Create(" @,;:\\\"'");

    private readonly Dictionary<string, int> _hosts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _sites = new(StringComparer.Ordinal);
    private int _addresses;
    private int _bareHosts;
    private int _numbers;
    private int _days;
    private int _long;
    private int _states;

    /// <summary>Cells with anything in them.</summary>
    public int Filled { get; private set; }

    /// <summary>Most cells are addresses of pages.</summary>
    public bool IsAddresses => Filled > 0 && _addresses + _bareHosts >= Filled * Mostly && _addresses > 0;

    /// <summary>Most cells are names of hosts, with no page behind them.</summary>
    public bool IsHosts => Filled > 0 && _addresses + _bareHosts >= Filled * Mostly && _addresses == 0;

    /// <summary>
    /// More than half of the cells are hosts with no page behind them: a list of domains, though some may have a page. One alone may be a
    /// home page.
    /// </summary>
    public bool IsMostlyHosts => _bareHosts > 1 && _bareHosts * 2 > Filled;

    /// <summary>A cell is an address or a host: with a name that says so, enough.</summary>
    public bool HasAddress => _addresses + _bareHosts > 0;

    /// <summary>Most cells are counts or shares.</summary>
    public bool IsNumbers => Filled > 0 && _numbers >= Filled * Mostly;

    public bool IsDays => Filled > 0 && _days >= Filled * Mostly;

    /// <summary>Text that is no measurement.</summary>
    public bool IsLongText => _long > Filled / 4;

    public int SiteCount => _sites.Count;

    /// <summary>
    /// The one site that all addresses are on, with the hosts of all columns counted (<see cref="Sites"/>); null when there are
    /// several, or none.
    /// </summary>
    public string? OnlySite => _sites.Count == 1 ? _sites.Keys.First() : null;

    /// <summary>A cell says in a word how a link is (<see cref="LossWords"/>).</summary>
    public bool HasStates => _states > 0;

    /// <summary>How many of the addresses are on the most frequent site, 0 to 1.</summary>
    public double TopShare => _sites.Count == 0 ? 0 : (double)_sites.Values.Max() / _sites.Values.Sum();

    public static ColumnContent[] Of(int columns, IEnumerable<CellRow> rows)
    {
        var all = Enumerable.Range(0, columns).Select(_ => new ColumnContent()).ToArray();
        foreach (var row in rows.Where(row => row.Wrong is null))
            for (var at = 0; at < columns; at++)
                all[at].Add(row.At(at));
        var hosts = all.SelectMany(content => content._hosts.Keys).ToHashSet(StringComparer.Ordinal);
        foreach (var content in all)
            content.CountSites(hosts);
        return all;
    }

    /// <summary>With a scheme, or a host with a path behind it.</summary>
    public static bool IsAddress(string cell) =>
        (IsWeb(cell) && !HoldsTwo(cell)) || (IsHostLike(cell, out var end) && end < cell.Length && cell[end] == '/');

    /// <summary>The same, or the name of a host with nothing behind it.</summary>
    public static bool IsAddressOrHost(string cell) => IsAddress(cell) || (IsHostLike(cell, out var end) && end == cell.Length);

    public static bool IsWeb(string cell) => cell.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || cell.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || (cell.StartsWith("//", StringComparison.Ordinal) && IsHostLike(cell[2..], out _));

    /// <summary>Another address stands behind the first one, with a blank between: a page and its target that nothing parts.</summary>
    public static bool HoldsTwo(string cell)
    {
        for (var at = cell.IndexOf("://", StringComparison.Ordinal); at >= 0; at = cell.IndexOf("://", at + 3, StringComparison.Ordinal))
        {
            var start = cell.AsSpan(0, at).LastIndexOfAny(" \t\n\u00A0");
            if (start > 0 && cell.AsSpan(start + 1, at - start - 1) is "http" or "https")
                return true;
        }

        return false;
    }

    /// <summary>A day in any order, with a year of four digits: no count.</summary>
    public static bool IsDay(string cell) => cell.Length is >= 8 and <= 30 && cell.Count(char.IsDigit) is >= 5 and <= 14
        && cell.Any(character => character is '-' or '/' or '.' or ' ' or '年') && !IsWeb(cell);

    private void Add(string cell)
    {
        if (cell.Length == 0)
            return;
        Filled++;
        _states += LossWords.IsKnown(cell) ? 1 : 0;
        if (IsAddress(cell))
            _addresses++;
        else if (IsHostLike(cell, out var end) && end == cell.Length)
            _bareHosts++;
        else if (IsNumber(cell))
            _numbers++;
        else if (IsDay(cell))
            _days++;
        else if (cell.Length > LongText)
            _long++;
        if ((IsAddress(cell) || IsHostLike(cell, out _)) && GivenUrl.TryRead(cell, out var url, out _) && url.Host is { } host)
        {
            var key = Sites.KeyOf(host);
            _hosts[key] = _hosts.GetValueOrDefault(key) + 1;
        }
    }

    private void CountSites(IReadOnlySet<string> hosts)
    {
        foreach (var (host, count) in _hosts)
        {
            var site = Sites.Of(host, hosts);
            _sites[site] = _sites.GetValueOrDefault(site) + count;
        }
    }

    private static bool IsNumber(string cell)
    {
        var digits = cell.Count(char.IsDigit);
        return digits > 0 && cell.All(character => char.IsDigit(character) || character is '.' or ',' or '-' or '+' or '%' or '\'' or ' '
            or '\u00A0' or '\u202F' or 'K' or 'M' or '<' or '$' or '€') && !IsDay(cell);
    }

    /// <param name="end">Where the host ends.</param>
    private static bool IsHostLike(string cell, out int end)
    {
        end = cell.AsSpan().IndexOfAny("/?#");
        end = end < 0 ? cell.Length : end;
        var host = cell.AsSpan(0, end);
        var dot = host.LastIndexOf('.');
        return dot > 0 && dot < host.Length - 2 && host.Length <= 253 && char.IsLetter(host[^1]) && !host.ContainsAny(NoHost)
            && !host.Contains("..", StringComparison.Ordinal);
    }
}
