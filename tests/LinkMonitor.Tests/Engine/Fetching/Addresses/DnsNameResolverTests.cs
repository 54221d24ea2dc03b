using System.Net;
using System.Net.Sockets;
using LinkMonitor.Engine.Fetching.Addresses;

namespace LinkMonitor.Tests.Engine.Fetching.Addresses;

public sealed class DnsNameResolverTests
{
    [Theory]
    [InlineData(SocketError.HostNotFound, true, NameAnswerKind.NotFound)]
    [InlineData(SocketError.NoData, true, NameAnswerKind.NotFound)]
    [InlineData(SocketError.TryAgain, true, NameAnswerKind.Failed)]
    [InlineData(SocketError.NoRecovery, true, NameAnswerKind.Failed)]
    [InlineData(SocketError.TimedOut, true, NameAnswerKind.Failed)]
    [InlineData(SocketError.TryAgain, false, NameAnswerKind.NoNetwork)]
    [InlineData(SocketError.NetworkDown, true, NameAnswerKind.NoNetwork)]
    [InlineData(SocketError.NetworkUnreachable, true, NameAnswerKind.NoNetwork)]
    public void Only_an_answer_of_dns_makes_a_name_missing(SocketError error, bool hasNetwork, NameAnswerKind expected)
    {
        var answer = DnsNameResolver.FromError(error, hasNetwork);

        Assert.Equal(expected, answer.Kind);
        Assert.Empty(answer.Addresses);
    }

    [Fact]
    public async Task Localhost_is_found_by_the_operating_system()
    {
        var answer = await new DnsNameResolver().ResolveAsync("localhost", TestContext.Current.CancellationToken);

        Assert.Equal(NameAnswerKind.Found, answer.Kind);
        Assert.All(answer.Addresses, address => Assert.True(IPAddress.IsLoopback(address)));
    }

    [Fact]
    public async Task A_name_longer_than_dns_allows_does_not_exist()
    {
        var answer = await new DnsNameResolver().ResolveAsync(new string('a', 300) + ".example", TestContext.Current.CancellationToken);

        Assert.Equal(NameAnswerKind.NotFound, answer.Kind);
    }

    [Fact]
    public void An_answer_without_addresses_is_not_found() => Assert.Equal(NameAnswerKind.NotFound, NameAnswer.Found([]).Kind);
}
