using LinkMonitor.Sharing;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;

namespace LinkMonitor.Tests.Sharing;

public sealed class PublicTokenTests
{
    private static readonly SigningKey Key = new(1, new byte[32]);
    private static readonly PublicSubject Thing = new(PublicPurpose.Mute, new ProjectId("prj_a"), "lnk_b");

    private static readonly PublicToken Dated = new(Thing, 3, new DateTimeOffset(2027, 6, 1, 0, 0, 0, TimeSpan.Zero));

    public static IEnumerable<TheoryDataRow<string>> Kinds => [new("dated"), new("without an end"), new("of the version before")];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_token_gives_back_what_it_says_and_needs_no_escaping(string kind)
    {
        foreach (var token in new[] { Of(kind), Of(kind) with { Thing = Thing with { Purpose = PublicPurpose.Feed, Id = "" } } })
        {
            var text = token.Write(Key);

            Assert.Equal(token, PublicToken.Read(text, token.Thing.Purpose, Key));
            Assert.Equal(text, Uri.EscapeDataString(text));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_token_opens_nothing_else(string kind)
    {
        var text = Of(kind).Write(Key);

        foreach (var purpose in Enum.GetValues<PublicPurpose>().Where(purpose => purpose != Thing.Purpose))
            Assert.Null(PublicToken.Read(text, purpose, Key));
        Assert.Null(PublicToken.Read(text, Thing.Purpose, Key with { Version = 2 }));
        Assert.Null(PublicToken.Read(text, Thing.Purpose, new SigningKey(1, new byte[] { 1 })));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_token_that_was_cut_altered_or_made_up_opens_nothing(string kind)
    {
        var token = Of(kind).Write(Key);
        var dot = token.IndexOf('.', StringComparison.Ordinal);
        List<string> wrong = ["", ".", "a.b", "..", token + "A", token + "=", " " + token, new string('A', 500) + ".A", "ü.ü"];
        PublicToken[] others =
        [
            Of(kind) with { Thing = Thing with { Id = "lnk_c" } }, Dated with { Generation = 4 }, Dated with { ExpiresAt = null },
            Dated with { ExpiresAt = Dated.ExpiresAt!.Value.AddSeconds(1) }, new(Thing, 0, null), new(Thing, null, null),
        ];
        wrong.AddRange(
            others.Where(other => other != Of(kind)).Select(
                other => other.Write(Key)[..other.Write(Key).IndexOf('.', StringComparison.Ordinal)] + token[dot..]));
        for (var length = 0; length < token.Length; length++)
            wrong.Add(token[..length]);
        for (var at = 0; at < token.Length; at++)
            wrong.Add(token[..at] + (token[at] == 'x' ? 'y' : 'x') + token[(at + 1)..]);

        Assert.All(wrong, text => Assert.Null(PublicToken.Read(text, Thing.Purpose, Key)));
    }

    private static PublicToken Of(string kind) => kind switch
    {
        "dated" => Dated,
        "without an end" => Dated with { ExpiresAt = null },
        _ => new PublicToken(Thing, null, null),
    };

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
