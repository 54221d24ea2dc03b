using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Bench;

/// <summary>
/// A table with any number of links and changes that are made when they are read, page by page as the service sends them: the storage
/// itself takes no memory.
/// </summary>
internal sealed class GeneratedLinks(ProjectId project, int links, int changes) : ITableService, ITable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public ITable Open(string name) => this;

    public async IAsyncEnumerable<TableEntity> QueryAsync(RowQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        var isLinks = query.Range.From.StartsWith("link:", StringComparison.Ordinal);
        var rows = isLinks
            ? Enumerable.Range(First(query), Math.Max(0, links - First(query))).Select(LinkAt)
            : Enumerable.Range(0, changes).Select(ChangeAt);
        foreach (var page in rows.Chunk(query.PerPage ?? RowQuery.MaxPerPage))
        {
            foreach (var row in page)
                yield return row;
        }
    }

    private static int First(RowQuery query) =>
        query.Range.From.Length > "link:".Length ? FirstAfter(query.Range.From) - 1 : FirstAfter(query.After);

    private static int FirstAfter(string? key) =>
        key is null ? 0 : int.Parse(key[^8..], System.Globalization.CultureInfo.InvariantCulture) + 1;

    private TableEntity LinkAt(int number)
    {
        var row = LinkRow.Write(Link(number));
        row.Timestamp = Noon.AddTicks(number);
        return row;
    }

    private TableEntity ChangeAt(int number)
    {
        var link = Link(number);
        var transition = new LinkTransition
        {
            From = LinkState.Live,
            To = number % 2 == 0 ? LinkState.Lost : LinkState.Changed,
            At = Noon.AddSeconds(-number),
            Since = Noon.AddSeconds(-number),
            Alerts = true,
            ReasonsBefore = [],
            ReasonsAfter = link.Status.Reasons,
            Before = Evidence(number),
            After = Evidence(number),
        };
        var change = new LinkChange
        {
            Id = $"chg_{number:D26}",
            ProjectId = project,
            LinkId = link.Id,
            Page = link.Page,
            Target = link.Expectation.Target,
            Transition = transition,
        };
        return ChangeRow.Write(change, LinkKeys.Change(transition.At, change.Id), null);
    }

    private WatchedLink Link(int number)
    {
        var page = Url($"https://blog{number % 1_000}.example.net/posts/a-rather-long-title-of-a-post/{number}");
        return new WatchedLink
        {
            ProjectId = project,
            Id = new LinkId($"lnk_{number:D26}"),
            PageKey = new PageKey("00", $"pge_{number}"),
            Page = page,
            Expectation = new Expectation { Target = Url($"https://example.org/product/{number}") },
            Terms = number % 2 == 0 ? Paid(number) : null,
            CreatedAt = Noon,
            Status = new LinkStatus
            {
                State = (LinkState)(number % 5),
                Since = Noon.AddMinutes(-number),
                Reasons = [Reason(number)],
                LastEvidence = Evidence(number),
                LastSeenEvidence = Evidence(number),
            },
        };
    }

    private static Terms Paid(int number) => new()
    {
        Vendor = $"Vendor {number % 100}",
        Cost = 40,
        Currency = "EUR",
        CostPeriod = CostPeriod.Month,
        End = new DateOnly(2026, 12, 1),
    };

    private static Reason Reason(int number) => new()
    {
        Code = ReasonCode.LinkRemoved,
        Message = $"The link to product {number} is not on the page any more: ask the site's owner why.",
    };

    private static Evidence Evidence(int number) => new()
    {
        CheckedAt = Noon,
        Observation = ObservationKind.Observed,
        Detail = "The page was read.",
        Status = 200,
        FinalUrl = $"https://blog.example.net/posts/{number}",
        Title = $"A post about product {number}",
        Anchor = $"product {number}",
        Placement = Placement.Main,
        Snippet = new string('s', 800),
        ContextBefore = new string('b', 300),
        ContextAfter = new string('a', 300),
    };

    private static WebUrl Url(string text) =>
        WebUrl.TryParse(text, out var url) ? url : throw new ArgumentException($"'{text}' is no URL.", nameof(text));

    public Task CreateAsync(CancellationToken cancellationToken) => throw ReadOnly();

    public async Task<TableEntity?> GetAsync(string partition, string rowKey, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return LinkAt(FirstAfter(rowKey) - 1);
    }

    public Task<ETag?> AddAsync(TableEntity row, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<ETag?> ReplaceAsync(TableEntity row, ETag version, CancellationToken cancellationToken) => throw ReadOnly();

    public Task PutAsync(TableEntity row, CancellationToken cancellationToken) => throw ReadOnly();

    public Task MergeAsync(TableEntity row, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<bool> DeleteAsync(string partition, string rowKey, ETag version, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<IReadOnlyList<ETag?>?> SubmitForVersionsAsync(
        IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken) => throw ReadOnly();

    private static InvalidOperationException ReadOnly() => new("Digests only read lists.");
}
