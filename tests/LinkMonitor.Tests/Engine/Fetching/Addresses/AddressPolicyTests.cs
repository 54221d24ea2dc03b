using System.Net;
using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Fetching.Addresses;

public sealed class AddressPolicyTests
{
    public static TheoryData<string, string> Evasions => [.. AddressEvasions.All];

    [Theory]
    [MemberData(nameof(Evasions))]
    public async Task Every_evasion_is_refused_with_its_reason_and_without_a_look_up_or_connection(string input, string reason)
    {
        if (reason == "no URL")
        {
            Assert.False(WebUrl.TryParse(input, out _));
            return;
        }

        var resolver = new MapResolver();
        using var web = new PublicWeb(resolver);

        var failed = Assert.IsType<FetchFailed>(await web.FetchAsync(input));

        Assert.Equal(FetchFailure.Refused, failed.Failure);
        Assert.Contains(reason, failed.Message, StringComparison.Ordinal);
        Assert.Empty(resolver.Asked);
        Assert.Empty(web.Dialled);
    }

    [Fact]
    public void The_table_of_evasions_is_long_and_has_no_row_twice()
    {
        string[] urls = [.. AddressEvasions.All.Select(row => row.Url)];

        Assert.True(urls.Length >= 120, $"{urls.Length} rows");
        Assert.Distinct(urls);
    }

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("93.184.216.34")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.0")]
    [InlineData("168.63.129.15")]
    [InlineData("168.63.129.17")]
    [InlineData("169.253.255.255")]
    [InlineData("169.255.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.0.1.0")]
    [InlineData("192.167.255.255")]
    [InlineData("192.169.0.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2001:200::1")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2003::1")]
    [InlineData("2606:4700::1111")]
    [InlineData("2606:4700::5efe:8.8.8.8")]
    [InlineData("2a00:1450::1")]
    [InlineData("3fff:1000::1")]
    public void Public_addresses_next_to_special_ranges_pass(string address)
    {
        var refusal = new AddressPolicy(allowPrivateNetworks: false).Check(IPAddress.Parse(address));

        Assert.Null(refusal);
    }

    [Theory]
    [InlineData("http://example.org/")]
    [InlineData("https://example.org./")]
    [InlineData("http://example.org:443/")]
    [InlineData("https://example.org:80/")]
    [InlineData("https://localhost.example.org/")]
    [InlineData("https://my-internal.example/")]
    [InlineData("https://thelocal.se/")]
    [InlineData("https://1.1.1.1/")]
    public void Public_urls_pass(string url)
    {
        var policy = new AddressPolicy(allowPrivateNetworks: false);

        var refusal = policy.Check(Web.Parse(url));

        Assert.Null(refusal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080/")]
    [InlineData("http://localhost:5000/")]
    [InlineData("http://wiki/")]
    [InlineData("http://[fd00::1]:8443/")]
    public void Private_networks_and_their_ports_pass_when_allowed(string url)
    {
        var refusal = new AddressPolicy(allowPrivateNetworks: true).Check(Web.Parse(url));

        Assert.Null(refusal);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://user:secret@127.0.0.1/")]
    public void Schemes_and_credentials_stay_refused_when_private_networks_are_allowed(string url)
    {
        var refusal = new AddressPolicy(allowPrivateNetworks: true).Check(Web.Parse(url));

        Assert.NotNull(refusal);
    }

    [Fact]
    public void A_refusal_never_repeats_a_password()
    {
        var refusal = new AddressPolicy(allowPrivateNetworks: false).Check(Web.Parse("http://user:hunter2@example.org/"));

        Assert.DoesNotContain("hunter2", refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_special_range_refuses_its_first_and_last_address()
    {
        var policy = new AddressPolicy(allowPrivateNetworks: false);

        foreach (var range in ReservedRangeTable.All)
        {
            Assert.NotNull(policy.Check(range.Network.BaseAddress));
            Assert.NotNull(policy.Check(LastOf(range.Network)));
        }
    }

    private static IPAddress LastOf(IPNetwork network)
    {
        var bytes = network.BaseAddress.GetAddressBytes();
        for (var bit = network.PrefixLength; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        return new IPAddress(bytes);
    }
}
