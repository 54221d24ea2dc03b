using LinkMonitor.Alerts;
using LinkMonitor.Alerts.Kinds;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;

namespace LinkMonitor.Tests.Alerts.Kinds;

public sealed class ChannelCatalogueTests
{
    private const string Secret = "https://chat.example.org/hooks/token-that-opens-the-chat";

    [Fact]
    public void Every_kind_has_a_type_that_names_its_channels()
    {
        Assert.Equal(Enum.GetValues<ChannelKind>(), ChannelCatalogue.All.Select(type => type.Kind).Order());
        Assert.All(ChannelCatalogue.All, type => Assert.Contains("{name}", type.Named, StringComparison.Ordinal));
    }

    [Fact]
    public void A_kind_that_says_nothing_of_it_keeps_its_address_a_secret()
    {
        var type = new NewType();

        Assert.Equal("https://chat.example.org/…chat", type.Show(Secret));
        Assert.Equal("…", type.Show("no URL, and a secret"));
        Assert.Equal("chat.example.org", type.Recipient(At(Secret)));
        Assert.Equal("chn_a", type.Recipient(At("no URL, and a secret")));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/", "http://127.0.0.1:1/")]
    [InlineData("http://127.0.0.1:1/x", "http://127.0.0.1:1/x")]
    [InlineData("http://127.0.0.1:1/abcd", "http://127.0.0.1:1/abcd")]
    [InlineData("http://127.0.0.1:1/abcde", "http://127.0.0.1:1/…bcde")]
    [InlineData("https://EXAMPLE.org", "https://example.org/")]
    public void Only_what_is_left_out_is_said_to_be_left_out(string address, string shown) =>
        Assert.Equal(shown, new NewType().Show(address));

    [Theory]
    [InlineData(ChannelKind.Slack)]
    [InlineData(ChannelKind.Teams)]
    public void The_address_of_a_chat_is_a_secret(ChannelKind kind) =>
        Assert.DoesNotContain(
            "token", ChannelCatalogue.Of(kind).Show(Secret) + ChannelCatalogue.Of(kind).Recipient(At(Secret)), StringComparison.Ordinal);

    [Fact]
    public void Every_kind_but_mail_names_what_sends_to_it() => Assert.All(ChannelCatalogue.All, type => Assert.True(
        type.Kind == ChannelKind.Email ? type.Sender is null : typeof(IAlertChannel).IsAssignableFrom(type.Sender)));

    private static Channel At(string address) => new()
    {
        ProjectId = new ProjectId("prj_a"),
        Id = new ChannelId("chn_a"),
        Kind = ChannelKind.Slack,
        Address = address,
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private sealed class NewType : ChannelType
    {
        public override ChannelKind Kind => ChannelKind.Teams;

        public override Type? Sender => null;

        public override string Named => "the new channel {name}";
    }
}
