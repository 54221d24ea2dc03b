using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.IntegrationTests.Tables;

public sealed class TableRetryTests(AzuriteFixture azurite) : TableTest(azurite)
{
    private const TableTransactionActionType Add = TableTransactionActionType.Add;

    private static readonly ProxyFault Busy = ProxyFault.Answer(
        202,
        "--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_1\r\n\r\n--changesetresponse_1\r\n"
        + "Content-Type: application/http\r\n\r\nHTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n\r\n"
        + "{\"odata.error\":{\"code\":\"ServerBusy\",\"message\":{\"lang\":\"en-US\",\"value\":\"0:The server is busy.\"}}}\r\n"
        + "--changesetresponse_1--\r\n--batchresponse_1--\r\n");

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

        var answer = await Through(proxy).AddEntityAsync(new TableEntity("p", "r"), Stop);

        Assert.Equal(204, answer.Status);
        Assert.Equal(3, proxy.Requests.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(413)]
    [InlineData(501)]
    public async Task A_refusal_is_not_tried_again(int status)
    {
        await using var proxy = await StartAsync();
        proxy.Next(ProxyFault.Answer(status, "<html>a page of some gateway</html>"));

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => Through(proxy).AddEntityAsync(new TableEntity("p", "r"), Stop));

        Assert.Equal(status, failure.Status);
        Assert.Single(proxy.Requests);
    }

    [Fact]
    public async Task A_failure_that_does_not_pass_is_told_after_the_retries()
    {
        await using var proxy = await StartAsync();
        proxy.Next(Enumerable.Repeat(ProxyFault.Answer(503), 4));

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => Through(proxy).GetEntityAsync("p", "r", null, Stop));

        Assert.Equal(503, failure.Status);
        Assert.Equal(4, proxy.Requests.Count);
    }

    [Fact]
    public async Task A_cut_connection_is_tried_again()
    {
        await using var proxy = await StartAsync();
        proxy.Next(ProxyFault.CutBefore, ProxyFault.CutBefore);

        await Through(proxy).UpsertEntityAsync(new TableEntity("p", "r") { ["N"] = 1 }, TableUpdateMode.Replace, Stop);

        Assert.Equal(1, (await Table.GetEntityAsync("p", "r", null, Stop)).Value.GetInt32("N"));
    }

    [Fact]
    public async Task A_service_that_never_answers_is_one_failure_with_every_try_in_it()
    {
        await using var proxy = await StartAsync();
        proxy.Next(Enumerable.Repeat(ProxyFault.CutBefore, 4));

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => Through(proxy).GetEntityAsync("p", "r", null, Stop));

        Assert.Equal(0, failure.Status);
        Assert.Equal(4, Assert.IsType<AggregateException>(failure.InnerException).InnerExceptions.Count);
    }

    [Fact]
    public async Task A_busy_service_inside_a_transaction_is_tried_again()
    {
        await using var proxy = await StartAsync();
        proxy.Next(Busy);

        var answers = await Through(proxy).SubmitTransactionAsync([new(Add, new TableEntity("p", "r"))], Stop);

        Assert.Equal(204, Assert.Single(answers.Value).Status);
        Assert.Equal(2, proxy.Requests.Count);
    }

    [Fact]
    public async Task A_service_that_stays_busy_inside_a_transaction_is_told_with_its_status()
    {
        await using var proxy = await StartAsync();
        proxy.Next(Enumerable.Repeat(Busy, 4));

        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(
            () => Through(proxy).SubmitTransactionAsync([new(Add, new TableEntity("p", "r"))], Stop));

        Assert.Equal((503, TableErrorCode.ServerBusy), (failure.Status, failure.ErrorCode));
        Assert.Equal(4, proxy.Requests.Count);
    }

    [Fact]
    public async Task An_insert_whose_answer_was_lost_succeeds_with_the_etag_it_got()
    {
        await using var proxy = await StartAsync();
        proxy.Next(ProxyFault.CutAfter);
        var entity = new TableEntity("p", "it's 100%")
        {
            ["Text"] = "東京",
            ["Long"] = 1L,
            ["Real"] = double.NaN,
            ["Whole"] = 3d,
            ["Bytes"] = new byte[] { 1, 2 },
            ["Moment"] = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(5)).AddTicks(3),
            ["Nothing"] = null,
        };

        var answer = await Through(proxy).AddEntityAsync(entity, Stop);

        var stored = (await Table.GetEntityAsync("p", "it's 100%", null, Stop)).Value;
        Assert.Equal((204, stored.ETag), (answer.Status, answer.Headers.ETag!.Value));
        Assert.Equal(["POST", "POST", "GET"], proxy.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task A_retried_insert_which_meets_the_entity_of_another_is_a_conflict()
    {
        await using var proxy = await StartAsync();
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["Owner"] = "another" }, Stop);
        proxy.Next(ProxyFault.CutBefore);

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => Through(proxy).AddEntityAsync(new TableEntity("p", "r") { ["Owner"] = "us" }, Stop));

        Assert.Equal((409, TableErrorCode.EntityAlreadyExists), (failure.Status, failure.ErrorCode));
    }

    [Fact]
    public async Task A_retried_insert_which_was_changed_meanwhile_is_a_conflict()
    {
        await using var proxy = await StartAsync();
        var change = new TableEntity("p", "r") { ["Seen"] = true };
        proxy.Next(ProxyFault.CutAfter with { Meanwhile = () => Table.UpdateEntityAsync(change, ETag.All, TableUpdateMode.Merge, Stop) });

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => Through(proxy).AddEntityAsync(new TableEntity("p", "r") { ["N"] = 1 }, Stop));

        Assert.Equal(409, failure.Status);
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge)]
    [InlineData(TableUpdateMode.Replace)]
    public async Task An_update_whose_answer_was_lost_succeeds_with_the_etag_it_got(TableUpdateMode mode)
    {
        await using var proxy = await StartAsync();
        var old = (await Table.AddEntityAsync(new TableEntity("p", "r") { ["N"] = 1, ["Kept"] = 1 }, Stop)).Headers.ETag!.Value;
        proxy.Next(ProxyFault.CutAfter);

        var answer = await Through(proxy).UpdateEntityAsync(new TableEntity("p", "r") { ["N"] = 2 }, old, mode, Stop);

        var stored = (await Table.GetEntityAsync("p", "r", null, Stop)).Value;
        Assert.Equal((stored.ETag, 2), (answer.Headers.ETag!.Value, stored.GetInt32("N")));
    }

    [Fact]
    public async Task A_transaction_whose_answer_was_lost_succeeds_with_the_etags_it_got()
    {
        await using var proxy = await StartAsync();
        await Table.AddEntityAsync(new TableEntity("p", "link") { ["State"] = "live" }, Stop);
        await Table.AddEntityAsync(new TableEntity("p", "due"), Stop);
        var link = (await Table.GetEntityAsync("p", "link", null, Stop)).Value;
        link["State"] = "lost";
        proxy.Next(ProxyFault.CutAfter);

        var answers = (await Through(proxy).SubmitTransactionAsync(
            [
                new(TableTransactionActionType.UpdateReplace, link, link.ETag), new(Add, new TableEntity("p", "change") { ["N"] = 1 }),
                new(TableTransactionActionType.Delete, new TableEntity("p", "due")),
            ],
            Stop)).Value;

        var stored = (await ListAsync(Table.QueryAsync(null, null, null, Stop))).ToDictionary(entity => entity.RowKey);
        Assert.Equal(["change", "link"], stored.Keys.Order());
        Assert.Equal("lost", stored["link"].GetString("State"));
        Assert.Equal([stored["link"].ETag, stored["change"].ETag, null], answers.Select(answer => answer.Headers.ETag));
    }

    [Fact]
    public async Task A_retried_transaction_refused_for_the_write_of_another_fails_as_it_is()
    {
        await using var proxy = await StartAsync();
        await Table.AddEntityAsync(new TableEntity("p", "b") { ["Owner"] = "another" }, Stop);
        proxy.Next(ProxyFault.CutBefore);

        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => Through(proxy).SubmitTransactionAsync(
            [new(Add, new TableEntity("p", "a")), new(Add, new TableEntity("p", "b") { ["Owner"] = "us" })], Stop));

        Assert.Equal((1, 409), (failure.FailedTransactionActionIndex, failure.Status));
        Assert.False((await Table.GetEntityIfExistsAsync("p", "a", null, Stop)).HasValue);
    }

    [Fact]
    public async Task A_cancelled_call_ends_as_cancelled_and_is_not_tried_again()
    {
        await using var proxy = await StartAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        proxy.Next(ProxyFault.CutBefore, ProxyFault.CutAfter with { Meanwhile = cancel.CancelAsync });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Through(proxy).UpsertEntityAsync(new TableEntity("p", "r"), TableUpdateMode.Merge, cancel.Token));

        Assert.Equal(2, proxy.Requests.Count);
    }

    [Fact]
    public async Task A_policy_of_the_caller_may_end_a_call_before_or_after_storage_saw_it()
    {
        var crash = new CrashPolicy();
        var options = Impatient();
        options.AddPolicy(crash, HttpPipelinePosition.PerCall);
        var table = new TableServiceClient(Azurite.ConnectionString, options).GetTableClient(Table.Name);

        crash.Before = true;
        await Assert.ThrowsAsync<CrashException>(() => table.AddEntityAsync(new TableEntity("p", "before"), Stop));
        crash.Before = false;
        await Assert.ThrowsAsync<CrashException>(() => table.AddEntityAsync(new TableEntity("p", "after"), Stop));

        Assert.Equal(["after"], (await ListAsync(Table.QueryAsync(null, null, null, Stop))).Select(entity => entity.RowKey));
    }

    [Fact]
    public async Task A_delete_whose_answer_was_lost_is_done()
    {
        await using var proxy = await StartAsync();
        var etag = (await Table.AddEntityAsync(new TableEntity("p", "r"), Stop)).Headers.ETag!.Value;
        proxy.Next(ProxyFault.CutAfter);

        await Through(proxy).DeleteEntityAsync("p", "r", etag, Stop);

        Assert.False((await Table.GetEntityIfExistsAsync("p", "r", null, Stop)).HasValue);
    }

    private Task<StorageProxy> StartAsync() => StorageProxy.StartAsync(Azurite.TableEndpoint, null, Stop);

    private sealed class CrashException : Exception;

    private sealed class CrashPolicy : HttpPipelineSynchronousPolicy
    {
        public bool Before { get; set; }

        public override void OnSendingRequest(HttpMessage message)
        {
            if (Before)
                throw new CrashException();
        }

        public override void OnReceivedResponse(HttpMessage message) => throw new CrashException();
    }
}
