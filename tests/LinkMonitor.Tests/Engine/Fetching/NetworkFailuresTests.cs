using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Engine.Fetching;

public sealed class NetworkFailuresTests
{
    private static readonly FetchOptions Options = new();

    public static TheoryData<Exception, FetchFailure> Failures => new()
    {
        { new HttpRequestException(HttpRequestError.SecureConnectionError), FetchFailure.TlsFailed },
        { new HttpRequestException(HttpRequestError.NameResolutionError), FetchFailure.ConnectFailed },
        { new HttpRequestException(HttpRequestError.ConnectionError), FetchFailure.ConnectFailed },
        { new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded), FetchFailure.InvalidResponse },
        { new HttpRequestException(HttpRequestError.InvalidResponse), FetchFailure.InvalidResponse },
        { new HttpIOException(HttpRequestError.ResponseEnded), FetchFailure.ConnectionLost },
        { new HttpRequestException(HttpRequestError.Unknown, "x", new IOException("x")), FetchFailure.ConnectionLost },
        { new HttpProtocolException(0x8, "CANCEL", null), FetchFailure.ConnectionLost },
        { new InvalidDataException("x"), FetchFailure.InvalidResponse },
        { new IOException("x"), FetchFailure.ConnectionLost },
        { new OperationCanceledException("x", new TimeoutException()), FetchFailure.TlsFailed },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void What_the_web_causes_is_a_failure_that_names_the_host(Exception exception, FetchFailure expected)
    {
        var problem = NetworkFailures.Of(exception, StorageSamples.Url("https://blog.example.net/post"), Options);

        Assert.Equal(expected, problem?.Failure);
        Assert.Contains("blog.example.net", problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_web_cannot_cause_is_ours() =>
        Assert.Null(NetworkFailures.Of(new InvalidOperationException(), StorageSamples.Url("https://blog.example.net/post"), Options));

    [Fact]
    public void What_a_site_sent_forges_no_line_and_is_cut()
    {
        Assert.Equal("a\uFFFDb", NetworkFailures.Shown("a\nb"));
        Assert.Equal(201, NetworkFailures.Shown(new string('x', 500)).Length);
    }
}
