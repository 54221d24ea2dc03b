using LinkMonitor.Sharing;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Tests.Sharing;

public sealed class PublicTokenTests
{
    private static readonly SigningKey Key = new(1, new byte[32]);
    private static readonly PublicThing Thing = new(PublicPurpose.Mute, new ProjectId("prj_a"), "lnk_b");

    [Fact]
    public void A_token_gives_back_what_it_opens_and_needs_no_escaping()
    {
        foreach (var thing in new[] { Thing, Thing with { Purpose = PublicPurpose.Feed, Id = "" } })
        {
            var token = PublicToken.Write(thing, Key);

            Assert.Equal(thing, PublicToken.Read(token, thing.Purpose, Key));
            Assert.Equal(token, Uri.EscapeDataString(token));
        }
    }

    [Fact]
    public void A_token_opens_nothing_else()
    {
        var token = PublicToken.Write(Thing, Key);

        foreach (var purpose in Enum.GetValues<PublicPurpose>().Where(purpose => purpose != Thing.Purpose))
            Assert.Null(PublicToken.Read(token, purpose, Key));
        Assert.Null(PublicToken.Read(token, Thing.Purpose, Key with { Version = 2 }));
        Assert.Null(PublicToken.Read(token, Thing.Purpose, new SigningKey(1, new byte[] { 1 })));
    }

    [Fact]
    public void A_token_that_was_cut_altered_or_made_up_opens_nothing()
    {
        var token = PublicToken.Write(Thing, Key);
        var other = PublicToken.Write(Thing with { Id = "lnk_c" }, Key);
        var dot = token.IndexOf('.', StringComparison.Ordinal);
        List<string> wrong = ["", ".", "a.b", "..", token + "A", token + "=", " " + token, token[..dot] + other[dot..], new string('A', 500) + ".A", "ü.ü"];
        for (var length = 0; length < token.Length; length++)
            wrong.Add(token[..length]);
        for (var at = 0; at < token.Length; at++)
            wrong.Add(token[..at] + (token[at] == 'x' ? 'y' : 'x') + token[(at + 1)..]);

        Assert.All(wrong, text => Assert.Null(PublicToken.Read(text, Thing.Purpose, Key)));
    }

    [Theory]
    [InlineData("links.example.org", "relative")]
    [InlineData("ftp://links.example.org", "scheme")]
    [InlineData("https://links.example.org/?a=b", "query")]
    [InlineData("https://a:b@links.example.org/", "credentials")]
    public void A_public_address_is_a_plain_web_address(string address, string why)
    {
        var options = new SharingOptions { PublicUrl = new Uri(address, UriKind.RelativeOrAbsolute) };

        Assert.True(options.Validate(new(options)).Any(), why);
        Assert.Empty(new SharingOptions { PublicUrl = new Uri("https://links.example.org/lm") }.Validate(new(options)));
    }
}
