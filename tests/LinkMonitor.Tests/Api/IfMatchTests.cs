using LinkMonitor.Api;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.Api;

public sealed class IfMatchTests
{
    [Theory]
    [InlineData(null, "a", true)]
    [InlineData("*", "a", true)]
    [InlineData("\"a\"", "a", true)]
    [InlineData("\"a\", \"b\"", "b", true)]
    [InlineData("\"a\"", "b", false)]
    [InlineData("W/\"a\"", "a", false)]
    [InlineData("a", "a", false)]
    [InlineData("\"a\"", null, false)]
    public void A_change_is_for_the_versions_that_the_header_names(string? header, string? version, bool isAllowed)
    {
        var context = new DefaultHttpContext();
        if (header is not null)
            context.Request.Headers.IfMatch = header;

        Assert.Equal(isAllowed, IfMatch.Of(context.Request).Allows(version));
    }
}

/// <summary>What is no list of entity tags is named, not taken for an old version (RFC 9110, section 13.1.1).</summary>
public sealed class IfMatchSyntaxTests
{
    [Theory]
    [InlineData("\"a\"", true)]
    [InlineData("\"a\", W/\"b\"", true)]
    [InlineData("*", true)]
    [InlineData("abc", false)]
    [InlineData("\"abc", false)]
    [InlineData("\"a\" \"b\"", false)]
    [InlineData("", false)]
    public void A_malformed_header_is_a_problem(string header, bool isFine)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers["If-Match"] = new Microsoft.Extensions.Primitives.StringValues(header);

        Assert.Equal(isFine, IfMatch.Problem(context.Request) is null);
        Assert.Null(IfMatch.Problem(new DefaultHttpContext().Request));
    }
}

/// <summary>Entity tags (<see cref="EntityTags"/>).</summary>
public sealed class EntityTagsTests
{
    [Theory]
    [InlineData("\"a\"", true)]
    [InlineData("W/\"a\"", true)]
    [InlineData("\"b\", \"a\"", true)]
    [InlineData("\"b\"", false)]
    [InlineData("*", true)]
    [InlineData("a", false)]
    [InlineData("", false)]
    public void A_tag_is_known_by_any_of_those_that_are_named(string header, bool isKnown)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.IfNoneMatch = header;

        Assert.Equal(isKnown, EntityTags.IsKnown(context, "a"));
    }
}
