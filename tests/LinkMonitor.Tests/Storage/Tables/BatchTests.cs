using System.Text;
using Azure;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Tests.Storage.Tables;

public sealed class BatchTests
{
    private static readonly Guid Id = Guid.Parse("6f9619ff-8b86-d011-b42d-00cf4fc964ff");

    [Fact]
    public void A_transaction_is_one_change_set_with_a_part_per_action()
    {
        var batch = new BatchBody(Id);

        var body = Encoding.UTF8.GetString(batch.Write(
            new Uri("https://acct.table.core.windows.net/"),
            "links",
            [
                new(TableTransactionActionType.Add, new TableEntity("p", "é")),
                new(TableTransactionActionType.UpdateMerge, new TableEntity("p", "b") { ["N"] = 1 }, new ETag("W/\"1\"")),
                new(TableTransactionActionType.Delete, new TableEntity("p", "c")),
            ]));

        Assert.Equal($"multipart/mixed; boundary=batch_{Id}", batch.ContentType);
        Assert.Equal(
            $$"""
            --batch_{{Id}}
            Content-Type: multipart/mixed; boundary=changeset_{{Id}}

            --changeset_{{Id}}
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            POST https://acct.table.core.windows.net/links HTTP/1.1
            Accept: application/json;odata=minimalmetadata
            DataServiceVersion: 3.0
            Prefer: return-no-content
            Content-Type: application/json;odata=nometadata
            Content-Length: 38

            {"PartitionKey":"p","RowKey":"\u00E9"}
            --changeset_{{Id}}
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            PATCH https://acct.table.core.windows.net/links(PartitionKey='p',RowKey='b') HTTP/1.1
            Accept: application/json;odata=minimalmetadata
            DataServiceVersion: 3.0
            If-Match: W/"1"
            Content-Type: application/json;odata=nometadata
            Content-Length: 39

            {"PartitionKey":"p","RowKey":"b","N":1}
            --changeset_{{Id}}
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            DELETE https://acct.table.core.windows.net/links(PartitionKey='p',RowKey='c') HTTP/1.1
            Accept: application/json;odata=minimalmetadata
            DataServiceVersion: 3.0
            If-Match: *


            --changeset_{{Id}}--
            --batch_{{Id}}--

            """.ReplaceLineEndings("\r\n"),
            body);
    }

    [Fact]
    public void An_answer_is_read_part_by_part()
    {
        var parts = Parse(
            """
            --batchresponse_1
            Content-Type: multipart/mixed; boundary=changesetresponse_2

            --changesetresponse_2
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            HTTP/1.1 204 No Content
            ETag: W/"datetime'2026-01-01T00%3A00%3A00.0000000Z'"


            --changesetresponse_2
            Content-Type: application/http

            HTTP/1.1 204 No Content
            DataServiceVersion: 1.0;


            --changesetresponse_2--
            --batchresponse_1--
            """);

        Assert.Null(BatchReply.Failure(parts));
        Assert.Equal([204, 204], parts.Select(part => part.Status));
        Assert.Equal("W/\"datetime'2026-01-01T00%3A00%3A00.0000000Z'\"", parts[0].Headers.ETag!.Value.ToString());
        Assert.Null(parts[1].Headers.ETag);
    }

    [Theory]
    [InlineData("1:The specified entity already exists.\\nRequestId:x", 2, 1)]
    [InlineData("The specified entity already exists.", 1, 0)]
    [InlineData("The specified entity already exists.", 2, null)]
    [InlineData("99:The specified entity already exists.", 2, null)]
    [InlineData("-1:x", 2, null)]
    public void A_refusal_names_its_action(string message, int actions, int? index)
    {
        var parts = Parse(
            $$"""
            --batchresponse_1
            Content-Type: multipart/mixed; boundary=changesetresponse_2

            --changesetresponse_2
            Content-Type: application/http

            HTTP/1.1 409 Conflict
            Content-Type: application/json;odata=minimalmetadata;charset=utf-8

            {"odata.error":{"code":"EntityAlreadyExists","message":{"lang":"en-US","value":"{{message}}"} } }
            --changesetresponse_2--
            --batchresponse_1--
            """);

        var failure = BatchReply.Failed(BatchReply.Failure(parts)!, actions);

        Assert.Equal((409, "EntityAlreadyExists", index), (failure.Status, failure.ErrorCode, failure.FailedTransactionActionIndex));
    }

    [Fact]
    public void An_answer_that_is_no_batch_has_no_parts() => Assert.Empty(Parse("<html>\n<p>HTTP/1.1 200 OK</p></html>"));

    private static IReadOnlyList<PartResponse> Parse(string body) =>
        BatchReply.Parse(Encoding.UTF8.GetBytes(body.ReplaceLineEndings("\r\n")));
}
