using System.Text.Json;
using LinkMonitor.Hosting.Triggers;

namespace LinkMonitor.Tests.Hosting.Triggers;

/// <summary>The bodies are those a running Functions host (4.1037) sent.</summary>
public sealed class TriggerBodyTests
{
    [Theory]
    [InlineData("queue-json", """{"tenantId":"t1","n":5,"Id":"clash"}""")]
    [InlineData("queue-text", "plain text")]
    [InlineData("queue-number", "123")]
    [InlineData("queue-array", "[1,2]")]
    [InlineData("queue-json-string", "\"json string\"")]
    [InlineData("queue-empty", "")]
    public void A_message_is_unwrapped_exactly_once_more_than_the_body(string body, string expected)
    {
        var message = TriggerBody.Message(Read(body));

        Assert.Equal(expected, message);
    }

    [Theory]
    [InlineData("queue-text-plain", "plain text")]
    [InlineData("queue-object-plain", """{"tenantId":"t1","n":5}""")]
    public void A_plain_value_as_documented_is_taken_as_it_is(string body, string expected)
    {
        var message = TriggerBody.Message(Read(body));

        Assert.Equal(expected, message.Replace("\n", "", StringComparison.Ordinal).Replace("  ", "", StringComparison.Ordinal)
            .Replace(": ", ":", StringComparison.Ordinal));
    }

    [Fact]
    public void Metadata_that_shadows_the_message_is_not_read()
    {
        var message = TriggerBody.Message(Read("queue-metadata-shadowed"));

        Assert.Equal("""{"DequeueCount":"99","Data":{"message":"other"},"message":"other"}""", message);
    }

    [Fact]
    public void Text_that_only_looks_quoted_is_taken_as_it_is()
    {
        using var body = JsonDocument.Parse("""{"Data":{"message":"\"a\" and \"b\""}}""");

        var message = TriggerBody.Message(body.RootElement);

        Assert.Equal("\"a\" and \"b\"", message);
    }

    [Theory]
    [InlineData("timer", true)]
    [InlineData("timer-without-monitor", false)]
    public void A_timer_says_whether_it_is_past_due(string body, bool expected)
    {
        var isPastDue = TriggerBody.IsPastDue(Read(body));

        Assert.Equal(expected, isPastDue);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{"Data":null}""")]
    [InlineData("""{"Data":{}}""")]
    [InlineData("""{"Data":{"a":"1","b":"2"}}""")]
    public void A_body_without_exactly_one_binding_is_refused(string json)
    {
        using var body = JsonDocument.Parse(json);

        Assert.Throws<FormatException>(() => TriggerBody.Message(body.RootElement));
    }

    [Fact]
    public void A_timer_that_is_no_object_is_refused()
    {
        Assert.Throws<FormatException>(() => TriggerBody.IsPastDue(Read("queue-text")));
    }

    private static JsonElement Read(string name) => JsonElement.Parse(Bodies.Read(name));
}
