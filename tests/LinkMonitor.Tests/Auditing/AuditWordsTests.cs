using System.Text.Json;
using LinkMonitor.Auditing;

namespace LinkMonitor.Tests.Auditing;

public sealed class AuditWordsTests
{
    [Theory]
    [InlineData("{}", "nothing")]
    [InlineData("[1]", "nothing")]
    [InlineData("{\"rel\":null}", "rel")]
    [InlineData("{\"rel\":1,\"note\":2,\"tags\":3}", "rel, note and tags")]
    [InlineData(
        "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1}", "a, b, c, d, e, f, g, h and 2 more fields")]
    public void The_fields_of_a_request_are_named(string body, string words) =>
        Assert.Equal(words, AuditWords.Fields(JsonDocument.Parse(body).RootElement));
}
