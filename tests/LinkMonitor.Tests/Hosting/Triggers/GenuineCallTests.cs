using LinkMonitor.Hosting.Triggers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LinkMonitor.Tests.Hosting.Triggers;

public sealed class GenuineCallTests
{
    private readonly GenuineCall _genuineCall = new(new FunctionsHost(40123));

    [Fact]
    public void The_hosts_own_call_names_its_function()
    {
        Assert.Equal("CheckPage", _genuineCall.FunctionName(Call()));
    }

    [Theory]
    [InlineData("x-ms-invocation-id", "0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("X-Forwarded-Host", "127.0.0.1:40123")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Original-Host", "127.0.0.1:40123")]
    [InlineData("X-ARR-SSL", "cert")]
    [InlineData("disguised-host", "monitor.example.com")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    [InlineData("X-Azure-Functions-InvocationId", "forged, 0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("X-Azure-Functions-InvocationId", "")]
    [InlineData("Host", "monitor.example.com")]
    [InlineData("Host", "localhost:40123")]
    [InlineData("Host", "127.0.0.1")]
    [InlineData("User-Agent", "curl/8.0 Azure-Functions-Host/4.1037.0.0")]
    [InlineData("User-Agent", "")]
    [InlineData("Content-Length", "2")]
    [InlineData("Transfer-Encoding", "gzip, chunked")]
    public void A_call_with_one_sign_of_a_public_request_is_not_genuine(string header, string value)
    {
        var request = Call();
        request.Headers[header] = value;

        Assert.Null(_genuineCall.FunctionName(request));
    }

    [Theory]
    [InlineData("Transfer-Encoding")]
    [InlineData("User-Agent")]
    [InlineData("X-Azure-Functions-InvocationId")]
    [InlineData("Host")]
    public void A_call_without_one_of_the_hosts_headers_is_not_genuine(string header)
    {
        var request = Call();
        request.Headers.Remove(header);

        Assert.Null(_genuineCall.FunctionName(request));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("HEAD")]
    public void Only_POST_is_genuine(string method)
    {
        var request = Call();
        request.Method = method;

        Assert.Null(_genuineCall.FunctionName(request));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("*")]
    [InlineData("//CheckPage")]
    [InlineData("/CheckPage/")]
    [InlineData("/CheckPage?code=1")]
    [InlineData("/%43heckPage")]
    [InlineData("/a\\CheckPage")]
    [InlineData("http://127.0.0.1:40123/CheckPage")]
    public void Only_one_plain_segment_is_a_function_name(string target)
    {
        Assert.Null(_genuineCall.FunctionName(Call(target)));
    }

    private static HttpRequest Call(string target = "/CheckPage")
    {
        var context = new DefaultHttpContext();
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        context.Request.Method = "POST";
        context.Request.Headers.Host = "127.0.0.1:40123";
        context.Request.Headers.UserAgent = "Azure-Functions-Host/4.1037.0.0";
        context.Request.Headers["X-Azure-Functions-InvocationId"] = "0f8fad5b-d9cb-469f-a165-70867728950e";
        context.Request.Headers.TransferEncoding = "chunked";
        return context.Request;
    }
}
