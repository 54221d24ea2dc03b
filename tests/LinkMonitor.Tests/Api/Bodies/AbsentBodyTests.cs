using System.Text;
using System.Text.Json;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.Api.Bodies;

/// <summary>Where every field has a default, no body means all of them; elsewhere it is an error.</summary>
public sealed class AbsentBodyTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData(" \n", null)]
    [InlineData("", "application/json")]
    public async Task No_body_is_an_empty_object_where_it_may_be(string body, string? type) =>
        Assert.Empty((await ReadAsync(body, type, mayBeAbsent: true)).EnumerateObject());

    [Fact]
    public async Task Elsewhere_it_is_an_error_and_other_types_are_everywhere()
    {
        await Assert.ThrowsAsync<BadHttpRequestException>(() => ReadAsync("", null, mayBeAbsent: false));
        await Assert.ThrowsAnyAsync<JsonException>(() => ReadAsync("", "application/json", mayBeAbsent: false));
        await Assert.ThrowsAsync<BadHttpRequestException>(() => ReadAsync("{}", "text/plain", mayBeAbsent: true));
        await Assert.ThrowsAsync<BadHttpRequestException>(() => ReadAsync("{}", null, mayBeAbsent: true));
    }

    private static Task<JsonElement> ReadAsync(string body, string? type, bool mayBeAbsent)
    {
        var context = new DefaultHttpContext();
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        context.Request.ContentType = type;
        return JsonBody.ReadAsync(context.Request, new FieldErrors(), mayBeAbsent, TestContext.Current.CancellationToken);
    }
}
