using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Tests.Storage.Queues;

public sealed class QueueTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("""{"v":1}""")]
    [InlineData("Ünïcödé 🔗")]
    public void Text_survives_the_queue(string text)
    {
        Assert.Equal(text, QueueText.Decode(QueueText.Encode(text)));
    }

    [Theory]
    [InlineData("plain text")]
    [InlineData("""{"v":1}""")]
    [InlineData("/////w==")]
    public void What_is_not_base64_of_UTF8_is_not_decoded(string raw)
    {
        Assert.Null(QueueText.Decode(raw));
    }

    [Fact]
    public void Text_that_encoding_would_make_too_long_stays_as_it_is()
    {
        var text = new string('!', 60 * 1024);

        Assert.Equal(text, QueueText.Encode(text));
    }
}
