using System.Text.Json;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Links;
using LinkMonitor.Monitoring;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Testing;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Links;

/// <summary>The API reads addresses as the command line does.</summary>
public sealed class LinkRequestReaderTests
{
    [Fact]
    public void An_address_without_a_scheme_is_https()
    {
        var errors = new FieldErrors();

        var link = Reader().Read(new LinkRequest { Page = "example.com/post", Target = "example.org" }, ProjectTypes.BuiltIn, errors);

        Assert.False(errors.Any);
        Assert.Equal(("https://example.com/post", "https://example.org/"), (link!.Page.Href, link.Target.Href));
    }

    [Fact]
    public void A_user_name_or_password_is_refused_and_not_named()
    {
        var errors = new FieldErrors();

        Reader().Read(
            new LinkRequest { Page = "https://me:secret@example.com/", Target = "https://me:secret@example.org/" },
            ProjectTypes.BuiltIn,
            errors);

        var told = errors.ToDictionary();
        Assert.Equal(["page", "target"], told.Keys);
        Assert.All(told.Values, messages => Assert.Contains("contains a user name or password", Assert.Single(messages),
            StringComparison.Ordinal));
        Assert.All(told.Values, messages => Assert.DoesNotContain("secret", messages[0], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ignore", "this is null")]
    [InlineData("page", "cannot be without it")]
    [InlineData("match", "cannot be without it")]
    public void Null_that_sets_nothing_back_is_refused_by_its_field(string field, string why)
    {
        using var document = JsonDocument.Parse($"{{\"{field}\":null,\"note\":null}}");
        var body = Body<LinkRequest>.Read(document.RootElement, new FieldErrors());

        Assert.Null(LinkPatch.Read(body, ProjectTypes.BuiltIn, Reader()));
        Assert.Contains(why, Assert.Single(body.Errors.ToDictionary()[field]), StringComparison.Ordinal);
    }

    private static LinkRequestReader Reader() => new(Options.Create(new MonitoringOptions()), new ManualTimeProvider());
}
