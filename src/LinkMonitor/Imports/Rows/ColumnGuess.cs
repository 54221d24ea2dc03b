namespace LinkMonitor.Imports.Rows;

/// <summary>
/// Says which column is the page and which the target: by their names and by what stands in them, never by their place and never by a name
/// alone where it means either. What names and contents do not settle is a doubt, and is told as one.
/// </summary>
internal sealed class ColumnGuess
{
    // Below that, what a column holds says nothing of the rest of it.
    private const int EnoughRows = 5;
    private const int ManySites = 3;
    private const double OneSite = 0.9;
    private const string Unknown = "No line of the file names the page and the target.";

    private readonly IReadOnlyList<string> _header;
    private readonly string[] _plain;
    private readonly ColumnContent[] _contents;
    private readonly bool _hasHeader;
    private readonly int _rows;
    private readonly IReadOnlyList<CellRow> _sample;

    private ColumnGuess(IReadOnlyList<string> header, bool hasHeader, IReadOnlyList<CellRow> sample)
    {
        (_header, _hasHeader, _rows, _sample) = (header, hasHeader, sample.Count, sample);
        _plain = [.. header.Select(HeaderNames.Plain)];
        _contents = ColumnContent.Of(header.Count, sample);
    }

    /// <param name="header">The names; of a list without a header made-up ones.</param>
    /// <param name="sample">The first rows below it.</param>
    /// <returns>Null when no column can be the page.</returns>
    public static LinkColumns? Of(IReadOnlyList<string> header, bool hasHeader, IReadOnlyList<CellRow> sample) =>
        new ColumnGuess(header, hasHeader, sample).Guess();

    /// <summary>What the other columns are when somebody says which is the page.</summary>
    /// <param name="page">Null when nobody does: then all is in doubt.</param>
    /// <param name="target">Null when no column is.</param>
    public static LinkColumns Said(IReadOnlyList<string> header, bool hasHeader, IReadOnlyList<CellRow> sample, int? page, int? target)
    {
        var guess = new ColumnGuess(header, hasHeader, sample);
        return page is { } at
            ? guess.Columns(new Pair(at, target, Certainty.Certain, "You chose the columns."))
            : guess.Columns(new Pair(-1, null, Certainty.Doubtful, Unknown));
    }

    private LinkColumns? Guess()
    {
        var (page, target) = (Named(HeaderNames.Page), Named(HeaderNames.Target));
        var pair = (page, target) switch
        {
            ({ } from, { } to) => Both(from, to),
            ({ } from, null) => Other(from, isPage: true),
            (null, { } to) => Other(to, isPage: false),
            _ => ByContents(),
        };
        if (pair is { Target: { } aim, Certainty: not Certainty.Doubtful } inner && IsWithinOneSite(inner.Page, aim))
            pair = inner with
            {
                Certainty = Certainty.Doubtful,
                Why = $"All pages and all targets are on one site, {_contents[aim].OnlySite}: links within your own site look like this.",
            };
        if (pair is { } sure && TwoFor(sure) is { } both)
            pair = sure with { Certainty = Certainty.Doubtful, Why = both };
        return pair is { } found && ((target is not null && found.Target is not null) || TableRefusal.KindOf(_plain) is null)
            ? Columns(found) : null;
    }

    /// <summary>Two columns are named for the page, or for the target, and hold other addresses; null when none are.</summary>
    private string? TwoFor(Pair pair)
    {
        (int? At, string[] Names, string What)[] roles =
            [(pair.Page, HeaderNames.Page, "page"), (pair.Target, HeaderNames.Target, "target")];
        foreach (var (at, names, what) in roles)
        {
            if (at is not { } one)
                continue;
            foreach (var two in Enumerable.Range(0, _header.Count).Where(two => two != pair.Page && two != pair.Target && IsAddress(two)))
            {
                if ((IsTwin(one, two) || (!IsOurs(_plain[one]) && names.Contains(_plain[one]) && names.Contains(_plain[two])))
                    && _sample.Any(row => row.At(one) != row.At(two)))
                    return $"The columns {one + 1} '{_header[one]}' and {two + 1} '{_header[two]}' are both named for the {what} and hold "
                        + "different addresses.";
            }
        }

        return null;
    }

    private List<(int Column, int Twin)> Twins(Pair pair) =>
    [
        .. new[] { pair.Page, pair.Target ?? -1 }.Where(one => one >= 0).SelectMany(one => Enumerable.Range(0, _header.Count)
            .Where(two => two != pair.Page && two != pair.Target && IsTwin(one, two) && IsAddress(two)).Select(two => (two, one))),
    ];

    private bool IsTwin(int one, int two) => _hasHeader && _plain[one].Length > 0 && _plain[one] == _plain[two];

    /// <summary>
    /// The first column that has one of these names and may hold addresses. Our own two names are taken at their word: what is wrong in
    /// such a column is said row by row.
    /// </summary>
    private int? Named(string[] names) =>
        Named(names, (at, name) => _contents[at].HasAddress || IsOurs(name)) ?? Named(names, (at, _) => _contents[at].Filled == 0);

    // A column with nothing in it counts only when no other has the name: "Target" is also where a browser opens a link.
    private int? Named(string[] names, Func<int, string, bool> fits)
    {
        foreach (var name in names)
        {
            for (var at = 0; at < _plain.Length; at++)
            {
                if (_plain[at] == name && fits(at, name))
                    return at;
            }
        }

        return null;
    }

    private bool IsOurs(string name) => name == "page" || (name == "target" && _plain.Contains("page"));

    // One row is enough: a page and a target on one site are no link from elsewhere.
    private bool IsWithinOneSite(int page, int target) => !(_plain[page] == "page" && _plain[target] == "target")
        && _contents[page].OnlySite is { } site && site == _contents[target].OnlySite;

    // Of few rows each target on a site of its own is enough; of one row nothing tells the two columns apart.
    private bool GoesOut(int page, int target) =>
        _rows > 1 && _contents[page].SiteCount == 1 && _contents[target].SiteCount >= Math.Min(ManySites, _rows);

    private bool IsAddress(int at) => _contents[at].IsAddresses || _contents[at].IsHosts;

    private Pair Both(int page, int target)
    {
        if (_plain[page] == "page" && _plain[target] == "target")
            return new(page, target, Certainty.Certain, "The columns are named page and target.");
        return GoesOut(page, target)
            ? new(page, target, Certainty.Doubtful, $"By their names '{_header[page]}' is the page and '{_header[target]}' the target, "
                + "but all pages are on one site and the targets on many: links that go out from your own site look like this.")
            : IsCertainPage(page)
                ? new(page, target, Certainty.Certain, $"'{_header[page]}' and '{_header[target]}' are named for it.")
                : new(page, target, Certainty.Doubtful, $"'{_header[page]}' is named for the page, but holds hosts and no pages.");
    }

    private bool IsCertainPage(int page) => !_contents[page].IsMostlyHosts;

    /// <summary>One of the two is known by its name; the other, if there is one, by what is left.</summary>
    private Pair? Other(int known, bool isPage)
    {
        var rest = Addresses(withHosts: true).Where(at => at != known).ToList();
        if (rest.Count == 0)
            return isPage ? Alone(known) : null;
        var other = isPage ? rest.MaxBy(at => _contents[at].TopShare) : rest.MaxBy(at => _contents[at].SiteCount);
        var (page, target) = isPage ? (known, other) : (other, known);
        var which = isPage ? $"'{_header[target]}' as the target" : $"'{_header[page]}' as the page";
        if (rest.Count > 1)
            return new(page, target, Certainty.Doubtful, $"'{_header[known]}' is named for it. Several columns are left for the other: "
                + $"{which} is a guess by its contents.");
        var isPlausible = _contents[page].SiteCount >= _contents[target].SiteCount && IsCertainPage(page);
        return new(page, target, isPlausible ? Certainty.Likely : Certainty.Doubtful,
            $"'{_header[known]}' is named for it, and {which} is the only other column of addresses"
                + (isPlausible ? "." : ", though its contents do not look like it."));
    }

    private Pair? Alone(int page)
    {
        if (HeaderNames.Find(_plain, HeaderNames.Sums) is not null && _contents.Any(content => content.IsNumbers))
            return null;
        if (_contents[page].IsHosts && _plain[page] != "page")
            return null;
        var others = Enumerable.Range(0, _header.Count).Where(at => at != page && _contents[at].IsAddresses)
            .Select(at => $"'{_header[at]}'").ToList();
        return others.Count == 0
            ? new(page, null, Certainty.Certain, $"'{_header[page]}' is named for the page; the file has no column of targets.")
            : new(page, null, Certainty.Doubtful, $"'{_header[page]}' is named for the page. No column is named for the target: it may "
                + $"stand in {string.Join(" or ", others)}, or not in the file.")
            {
                IsTargetOpen = true,
            };
    }

    private Pair? ByContents()
    {
        var columns = Addresses(withHosts: false).ToList();
        if (columns.Count == 0)
            return null;
        if (columns is [var only])
            return ByOne(only);
        var target = columns.MaxBy(at => _contents[at].TopShare);
        var page = columns.Where(at => at != target).MaxBy(at => _contents[at].SiteCount);
        var isClear = columns.Count == 2 && _rows >= EnoughRows && _contents[target].TopShare >= OneSite
            && _contents[page].SiteCount >= ManySites && _contents[page].TopShare < OneSite;
        if (isClear)
            return new(page, target, Certainty.Likely,
                $"'{_header[target]}' holds addresses of one site and '{_header[page]}' of {_contents[page].SiteCount}.");
        if (columns.Count == 2 && !_hasHeader && !GoesOut(columns[0], columns[1]))
            return new(columns[0], columns[1], _header.Count == 2 ? Certainty.Likely : Certainty.Doubtful,
                "The rows have two addresses and no header: the first is taken for the page.");
        return new(page, target, Certainty.Doubtful,
            "The names of the columns say neither which is the page nor which is the target, and their contents allow both.");
    }

    private Pair? ByOne(int only)
    {
        var others = Enumerable.Range(0, _header.Count).Where(at => at != only && _contents[at].Filled > 0).ToList();
        if (others.Exists(at => _contents[at].IsNumbers))
            return HeaderNames.Find(_plain, HeaderNames.Sums) is not null || others.TrueForAll(at => _contents[at].IsNumbers)
                ? null
                : new(only, null, Certainty.Doubtful,
                    $"Only '{_header[only]}' holds addresses, and its name does not say that they are pages with links.");
        var isNamed = others.Count > 0 || !_hasHeader || HeaderNames.Either.Contains(_plain[only]);
        return isNamed && others.TrueForAll(at => _contents[at].IsDays)
            ? new(only, null, Certainty.Likely, $"'{_header[only]}' is the only column of addresses: a list of pages.")
            : new(only, null, Certainty.Doubtful,
                $"Only '{_header[only]}' holds addresses, and its name does not say that they are pages with links.");
    }

    /// <param name="withHosts">Also bare hosts, in a column whose name may mean an address.</param>
    private IEnumerable<int> Addresses(bool withHosts) => Enumerable.Range(0, _header.Count).Where(at =>
        (_contents[at].IsAddresses || (withHosts && _contents[at].IsHosts && HeaderNames.Either.Contains(_plain[at])))
        && !HeaderNames.Neither.Contains(_plain[at]) && !HeaderNames.Hosts.Contains(_plain[at]));

    private LinkColumns Columns(Pair pair)
    {
        // With these two names the file was written for us, and its other columns say what is expected. Without a page nothing is known.
        var hasPage = pair.Page >= 0;
        var isOurs = hasPage && _plain[pair.Page] == "page" && (pair.Target is not { } to || _plain[to] == "target");
        var roles = Enumerable.Range(0, _header.Count).Select(Rest).ToArray();
        if (hasPage)
            roles[pair.Page] = ColumnRole.Page;
        if (pair.Target is { } target)
            roles[target] = ColumnRole.Target;
        Give(ColumnRole.Rel, isOurs ? ["rel"] : []);
        Give(ColumnRole.Anchor, isOurs ? ["anchor"] : HeaderNames.Anchor);
        Give(ColumnRole.Match, isOurs ? ["match"] : []);
        Give(ColumnRole.Type, isOurs ? ["type"] : []);
        Give(ColumnRole.Follow, HeaderNames.Follow);
        foreach (var at in Enumerable.Range(0, _header.Count).Where(at => _hasHeader && IsOfLosses(at, isOurs)))
            if (roles[at] is ColumnRole.Metric or ColumnRole.Ignored)
                roles[at] = ColumnRole.Lost;
        Give(ColumnRole.Note, HeaderNames.Note);
        Give(ColumnRole.Tags, HeaderNames.Tags);
        if (_plain.Contains("rendered") && _plain.Contains("raw"))
        {
            Give(ColumnRole.Rendered, ["rendered"]);
            Give(ColumnRole.Raw, ["raw"]);
        }

        var isExport = isOurs && ExportedFile.IsHeader(_plain);
        if (isExport)
            ExportedFile.Assign(_plain, roles);
        return new LinkColumns
        {
            Header = _header,
            HasHeader = _hasHeader,
            IsExport = isExport,
            Roles = roles,
            Certainty = pair.Certainty,
            IsTargetOpen = pair.IsTargetOpen,
            Twins = Twins(pair),
            Why = pair.Why,
            IsForUs = isOurs && _hasHeader,
            Vendor = VendorSigns.Of(_plain) ?? (isExport ? VendorSigns.Ours
                : hasPage && !isOurs && pair.Target is null && _hasHeader && _contents.Any(content => content.IsDays)
                    ? VendorSigns.Google : null),
        };

        void Give(ColumnRole role, string[] names)
        {
            if (HeaderNames.Find(_plain, names) is { } at && roles[at] is ColumnRole.Metric or ColumnRole.Ignored)
                roles[at] = role;
        }
    }

    /// <summary>The column says whether the tool has found a link gone: by its name, and what stands in it may mean that.</summary>
    private bool IsOfLosses(int at, bool isOurs)
    {
        if (HeaderNames.Lost.Contains(_plain[at]))
            return true;
        if (HeaderNames.Status.Contains(_plain[at]))
            return !isOurs && _contents[at].HasStates;

        if (HeaderNames.Live.Contains(_plain[at]))
            return _contents[at].Filled > 0 && _sample.All(row => TruthText.Live(row.At(at)) != LossSign.Unknown);

        // A count of lost links, the page of a lost one, or a text about it.
        return LossWords.IsNameOfLosses(_header[at]) && !_contents[at].IsLongText && !IsAddress(at)
            && (!_contents[at].IsNumbers || _sample.All(row => TruthText.Loss(row.At(at)) != LossSign.Unknown));
    }

    private ColumnRole Rest(int at) => !_hasHeader || IsAddress(at) || _contents[at].IsLongText || _header[at].Length == 0
        || HeaderNames.Surroundings.Contains(_plain[at]) || HeaderNames.Neither.Contains(_plain[at])
        ? ColumnRole.Ignored
        : ColumnRole.Metric;

    private readonly record struct Pair(int Page, int? Target, Certainty Certainty, string Why)
    {
        public bool IsTargetOpen { get; init; }
    }
}
