using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Tests.Storage.Tables;

public sealed class ContinuationTokenTests
{
    [Theory]
    [InlineData("1!8!cA--", "1!12!ci8xMA--")]
    [InlineData("p", null)]
    [InlineData("p", "")]
    [InlineData("東京 & co", "a.b")]
    public void A_token_survives_its_text_which_needs_no_escaping(string first, string? second)
    {
        var token = new ContinuationToken(first, second);

        var text = token.ToString();

        Assert.Equal(token, ContinuationToken.Parse(text));
        Assert.Equal(text, Uri.EscapeDataString(text));
    }

    [Theory]
    [InlineData(".")]
    [InlineData(".YQ")]
    [InlineData("YQ.YQ.YQ")]
    [InlineData("a b")]
    [InlineData("Y")]
    public void Anything_else_is_refused(string text) => Assert.Throws<ArgumentException>(() => ContinuationToken.Parse(text));
}
