using Azure;
using Azure.Core;
using Azure.Data.Tables;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.IntegrationTests.Storage.Tables;

/// <summary>What becomes of a call when the line or the service fails: what we promise beyond the client.</summary>
public sealed class AzureTableRetryTests(AzuriteFixture azurite)
{
    private const TableTransactionActionType Add = TableTransactionActionType.Add;

    private static readonly ProxyFault Busy = ProxyFault.Answer(
        202,
        "--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_1\r\n\r\n--changesetresponse_1\r\n"
        + "Content-Type: application/http\r\n\r\nHTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n\r\n"
        + "{\"odata.error\":{\"code\":\"ServerBusy\",\"message\":{\"lang\":\"en-US\",\"value\":\"0:The server is busy.\"}}}\r\n"
        + "--changesetresponse_1--\r\n--batchresponse_1--\r\n");

    private readonly string _prefix = azurite.UniqueName("t");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_passing_failure_is_tried_again(int status)
    {
        await using var proxy = await StartAsync();
        proxy.Next(ProxyFault.Answer(status), ProxyFault.Answer(status));

        Assert.NotNull(await Through(proxy).AddAsync(New("r"), Stop));

        Assert.Equal(3, proxy.Requests.Count);
    }

    [Theory]
    [InlineData(400, StorageFailureKind.Failed)]
    [InlineData(401, StorageFailureKind.Denied)]
    [InlineData(403, StorageFailureKind.Denied)]
    [InlineData(413, StorageFailureKind.Failed)]
    [InlineData(501, StorageFailureKind.Failed)]
    public async Task A_refusal_is_not_tried_again(int status, StorageFailureKind kind)
    {
        await using var proxy = await StartAsync();
        proxy.Next(ProxyFault.Answer(status, "<html>a page of some gateway</html>"));

        var failure = await Assert.ThrowsAsync<StorageFailureException>(() => Through(proxy).AddAsync(New("r"), Stop));

        Assert.Equal((kind, status), (failure.Kind, failure.Status));
        Assert.Single(proxy.Requests);
    }

    [Fact]
    public async Task A_wrong_key_is_denied()
    {
        var wrong = new StorageOptions
        {
            ConnectionString =
                azurite.ConnectionString.Replace(AzuriteFixture.AccountKey, Convert.ToBase64String(new byte[64]), StringComparison.Ordinal),
        };

        var failure = await Assert.ThrowsAsync<StorageFailureException>(
            () => StorageConnection.Open(wrong).Tables.Open(TableNames.Links).GetAsync("p", "r", Stop));

        Assert.Equal((StorageFailureKind.Denied, 403), (failure.Kind, failure.Status));
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public async Task A_failure_that_does_not_pass_is_told_after_the_retries()
    {
        await using var proxy = await StartAsync();
        proxy.Next(Enumerable.Repeat(ProxyFault.Answer(503), 4));

        var failure = await Assert.ThrowsAsync<StorageFailureException>(() => Through(proxy).GetAsync("p", "r", Stop));

        Assert.Equal((StorageFailureKind.Failed, 503), (failure.Kind, failure.Status));
        Assert.Equal(4, proxy.Requests.Count);
    }

    [Fact]
    public async Task A_cut_connection_is_tried_again()
    {
        await using var proxy = await StartAsync();
        proxy.Next(ProxyFault.CutBefore, ProxyFault.CutBefore);

        await Through(proxy).PutAsync(New("r"), Stop);

        Assert.NotNull(await Direct().GetAsync("p", "r", Stop));
    }

    [Fact]
    public async Task A_service_that_never_answers_is_one_failure_with_every_try_in_it()
    {
        await using var proxy = await StartAsync();
        Func<ITable, Task>[] calls =
        [
            table => table.GetAsync("p", "r", Stop),
            table => table.QueryAsync(new RowQuery(KeyRange.Whole("p")), Stop).ToListAsync(),
            table => table.AddAsync(New("r"), Stop),
            table => table.SubmitAsync([new(Add, New("r"))], Stop),
        ];

        foreach (var call in calls)
        {
            proxy.Next(Enumerable.Repeat(ProxyFault.CutBefore, 4));
            var failure = await Assert.ThrowsAsync<StorageFailureException>(() => call(Through(proxy)));

            Assert.Equal((StorageFailureKind.NoAnswer, 0), (failure.Kind, failure.Status));
            Assert.Equal(4, Assert.IsType<AggregateException>(failure.InnerException).InnerExceptions.Count);
        }
    }

    [Fact]
    public async Task A_busy_service_inside_a_transaction_is_tried_again()
    {
        await using var proxy = await StartAsync();
        proxy.Next(Busy, Busy);

        Assert.True(await Through(proxy).SubmitAsync([new(Add, New("r"))], Stop));

        Assert.Equal(3, proxy.Requests.Count);
    }

    [Fact]
    public async Task A_service_that_stays_busy_inside_a_transaction_is_told_with_its_status()
    {
        await using var proxy = await StartAsync();
        proxy.Next(Enumerable.Repeat(Busy, 4));

        var failure = await Assert.ThrowsAsync<StorageFailureException>(() => Through(proxy).SubmitAsync([new(Add, New("r"))], Stop));

        Assert.Equal((StorageFailureKind.Failed, 503), (failure.Kind, failure.Status));
        Assert.Equal(4, proxy.Requests.Count);
    }

    [Fact]
    public async Task An_insert_whose_answer_was_lost_succeeds_with_the_version_it_got()
    {
        await using var proxy = await StartAsync();
        proxy.Next(ProxyFault.CutAfter);

        var version = await Through(proxy).AddAsync(New("it's 100%"), Stop);

        Assert.Equal((await Direct().GetAsync("p", "it's 100%", Stop))!.ETag, version);
        Assert.Equal(["POST", "POST", "GET"], proxy.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task A_retried_insert_that_meets_the_row_of_another_is_refused()
    {
        await using var proxy = await StartAsync();
        await Direct().AddAsync(New("r"), Stop);
        proxy.Next(ProxyFault.CutBefore);

        Assert.Null(await Through(proxy).AddAsync(New("r"), Stop));
    }

    [Fact]
    public async Task A_replacement_whose_answer_was_lost_succeeds_with_the_version_it_got()
    {
        await using var proxy = await StartAsync();
        var old = (await Direct().AddAsync(New("r"), Stop))!.Value;
        proxy.Next(ProxyFault.CutAfter);

        var version = await Through(proxy).ReplaceAsync(New("r"), old, Stop);

        Assert.Equal((await Direct().GetAsync("p", "r", Stop))!.ETag, version);
    }

    [Fact]
    public async Task A_transaction_whose_answer_was_lost_is_done_although_another_wrote_its_first_row_since()
    {
        await using var proxy = await StartAsync();
        var old = (await Direct().AddAsync(New("link"), Stop))!.Value;
        await Direct().AddAsync(New("due"), Stop);
        proxy.Next(ProxyFault.CutAfter with { Meanwhile = () => Direct().ReplaceAsync(New("link"), ETag.All, Stop) });

        Assert.True(await Through(proxy).SubmitAsync(
            [
                new(TableTransactionActionType.UpdateReplace, New("link"), old),
                new(TableTransactionActionType.UpsertReplace, New("change")),
                new(TableTransactionActionType.Delete, new TableEntity("p", "due"), ETag.All),
            ],
            Stop));

        var rows = await Direct().QueryAsync(new RowQuery(KeyRange.Whole("p")), Stop).ToListAsync();
        Assert.Equal(["change", "link"], rows.Select(row => row.RowKey));
    }

    [Fact]
    public async Task A_retried_transaction_refused_for_the_write_of_another_is_refused()
    {
        await using var proxy = await StartAsync();
        await Direct().AddAsync(New("b"), Stop);
        proxy.Next(ProxyFault.CutBefore);

        Assert.False(await Through(proxy).SubmitAsync([new(Add, New("a")), new(Add, New("b"))], Stop));

        Assert.Null(await Direct().GetAsync("p", "a", Stop));
    }

    [Fact]
    public async Task A_cancelled_call_ends_as_cancelled_and_is_not_tried_again()
    {
        await using var proxy = await StartAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        proxy.Next(ProxyFault.CutBefore, ProxyFault.CutAfter with { Meanwhile = cancel.CancelAsync });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Through(proxy).MergeAsync(New("r"), cancel.Token));

        Assert.Equal(2, proxy.Requests.Count);
    }

    [Fact]
    public async Task What_breaks_a_limit_is_never_sent()
    {
        await using var proxy = await StartAsync();
        var table = Through(proxy);

        await Assert.ThrowsAsync<ArgumentException>(() => table.SubmitAsync([], Stop));
        await Assert.ThrowsAsync<ArgumentException>(
            () => table.SubmitAsync([new(Add, New("a")), new(Add, new TableEntity("q", "b"))], Stop));
        await Assert.ThrowsAsync<ArgumentException>(() => table.AddAsync(New("a/b"), Stop));
        await Assert.ThrowsAsync<ArgumentException>(() => table.GetAsync("p", "a#b", Stop));

        Assert.Empty(proxy.Requests);
    }

    /// <summary>A proxy in front of a storage whose table is there.</summary>
    private async Task<StorageProxy> StartAsync()
    {
        await Direct().CreateAsync(Stop);
        return await StorageProxy.StartAsync(azurite.TableEndpoint, null, Stop);
    }

    private ITable Direct() => Open(azurite.ConnectionString);

    /// <summary>The same table through the proxy, with retries that do not wait.</summary>
    private ITable Through(StorageProxy proxy) =>
        Open(azurite.ConnectionString.Replace(azurite.TableEndpoint.ToString(), proxy.Endpoint.ToString(), StringComparison.Ordinal));

    private ITable Open(string connectionString) => StorageConnection.Open(new StorageOptions
    {
        ConnectionString = connectionString,
        NamePrefix = _prefix,
        ConfigureTables = options =>
        {
            options.Retry.Mode = RetryMode.Fixed;
            options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        },
    }).Tables.Open(TableNames.Links);

    /// <summary>A row with a marker of its own.</summary>
    private static TableEntity New(string rowKey) => new("p", rowKey) { [OwnWrite.Marker] = OwnWrite.NewMarker() };
}
