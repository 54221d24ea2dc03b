using System.Net;
using System.Net.Sockets;
using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Fetching.Addresses;

public sealed class AddressGateTests
{
    private const string Public = "93.184.216.34";

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("100.64.1.1")]
    [InlineData("::1")]
    [InlineData("::ffff:192.168.1.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("fd00::1")]
    [InlineData(Public, "10.0.0.1")]
    [InlineData("10.0.0.1", Public)]
    [InlineData(Public, "1.1.1.1", "8.8.8.8", "127.0.0.1")]
    [InlineData(Public, "2606:4700::1", "fe80::1")]
    [InlineData("2606:4700::1", "2002:7f00:1::")]
    public async Task A_name_with_any_special_address_is_refused_and_not_connected(params string[] addresses)
    {
        var resolver = new MapResolver().Add("site.example", addresses);
        using var web = new PublicWeb(resolver);

        var failed = Assert.IsType<FetchFailed>(await web.FetchAsync("https://site.example/"));

        Assert.Equal(FetchFailure.Refused, failed.Failure);
        Assert.StartsWith("site.example leads to an address that is not public: ", failed.Message, StringComparison.Ordinal);
        Assert.Empty(web.Dialled);
    }

    [Fact]
    public async Task A_name_is_looked_up_once_and_only_the_checked_addresses_are_dialled()
    {
        await using var server = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        server.MapHtml("/", "hello");
        var resolver = new MapResolver().Add("rebind.example", Public).Add("rebind.example", "127.0.0.1");
        using var web = new PublicWeb(resolver, server.Port);

        var result = await web.FetchAsync("http://rebind.example/");

        Assert.IsType<FetchedResponse>(result);
        Assert.Equal(["rebind.example"], resolver.Asked);
        Assert.Equal([new IPEndPoint(IPAddress.Parse(Public), 80)], web.Dialled);
    }

    [Fact]
    public async Task A_name_that_turns_private_before_the_next_connection_is_refused_there()
    {
        await using var server = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        server.Map("/", context =>
        {
            context.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        });
        var resolver = new MapResolver().Add("rebind.example", Public).Add("rebind.example", "127.0.0.1");
        using var web = new PublicWeb(resolver, server.Port);

        await web.FetchAsync("http://rebind.example/");
        var second = Assert.IsType<FetchFailed>(await web.FetchAsync("http://rebind.example/"));

        Assert.Equal(FetchFailure.Refused, second.Failure);
        Assert.Single(web.Dialled);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/", "link-local")]
    [InlineData("http://localhost/", "means this machine")]
    [InlineData("http://public.example:8080/", "Port 8080")]
    [InlineData("//127.1/", "loopback")]
    [InlineData("http://user:secret@public.example/", "user name or password")]
    [InlineData("http://inside.example/", "10.0.0.1 is private")]
    public async Task A_redirect_to_what_is_not_public_is_refused_before_it_is_followed(string location, string reason)
    {
        await using var server = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        server.MapRedirect("/", location);
        var resolver = new MapResolver().Add("public.example", Public).Add("inside.example", "10.0.0.1");
        using var web = new PublicWeb(resolver, server.Port);

        var failed = Assert.IsType<FetchFailed>(await web.FetchAsync("http://public.example/"));

        Assert.Equal(FetchFailure.Refused, failed.Failure);
        Assert.Contains(reason, failed.Message, StringComparison.Ordinal);
        Assert.Equal(302, Assert.Single(failed.Redirects).Status);
        Assert.Single(server.Requests);
        Assert.Single(web.Dialled);
    }

    [Fact]
    public async Task The_gate_checks_port_and_name_by_itself_because_webhooks_use_it_alone()
    {
        var resolver = new MapResolver().Add("site.example", Public);
        var gate = new AddressGate(new AddressPolicy(false), resolver, TimeProvider.System, TimeSpan.FromSeconds(5));
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler { ConnectCallback = gate.ConnectAsync, UseProxy = false });

        foreach (var url in new[] { "http://site.example:25/", "http://localhost/", "http://127.0.0.1/", "http://[::1]/" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url);
            var thrown = await Assert.ThrowsAsync<HttpRequestException>(
                () => invoker.SendAsync(request, TestContext.Current.CancellationToken));
            Assert.Equal(FetchFailure.Refused, Assert.IsType<GateException>(thrown.InnerException).Failure);
        }

        Assert.Empty(resolver.Asked);
    }

    [Fact]
    public async Task The_next_address_is_tried_when_one_refuses()
    {
        List<IPAddress> dialled = [];
        var gate = Gate(new MapResolver().Add("site.example", "1.1.1.1", "1.0.0.1"), TimeProvider.System, endPoint =>
        {
            dialled.Add(endPoint.Address);
            return dialled.Count == 1
                ? throw new SocketException((int)SocketError.ConnectionRefused)
                : ValueTask.FromResult(Stream.Null);
        });

        var stream = await gate.ConnectAsync(new DnsEndPoint("site.example", 80), TestContext.Current.CancellationToken);

        Assert.Same(Stream.Null, stream);
        Assert.Equal([IPAddress.Parse("1.1.1.1"), IPAddress.Parse("1.0.0.1")], dialled);
    }

    [Fact]
    public async Task An_address_that_swallows_packets_leaves_time_for_the_next()
    {
        var clock = new ManualTimeProvider();
        var resolver = new MapResolver().Add("site.example", "1.1.1.1", "1.0.0.1");
        var attempts = 0;
        var gate = new AddressGate(new AddressPolicy(false), resolver, clock, TimeSpan.FromSeconds(10), async (_, token) =>
        {
            if (++attempts == 1)
                await new TaskCompletionSource().Task.WaitAsync(token);
            return Stream.Null;
        });

        var connecting = gate.ConnectAsync(new DnsEndPoint("site.example", 80), TestContext.Current.CancellationToken);
        await clock.WaitForTimersAsync(1, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Same(Stream.Null, await connecting);
        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task Addresses_that_all_swallow_packets_are_a_failed_connection()
    {
        var clock = new ManualTimeProvider();
        var gate = new AddressGate(
            new AddressPolicy(false), new MapResolver().Add("site.example", "1.1.1.1"), clock, TimeSpan.FromSeconds(10), async (_, token) =>
            {
                await new TaskCompletionSource().Task.WaitAsync(token);
                return Stream.Null;
            });

        var connecting = gate.ConnectAsync(new DnsEndPoint("site.example", 80), TestContext.Current.CancellationToken).AsTask();
        await clock.WaitForTimersAsync(1, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(10));

        var thrown = await Assert.ThrowsAsync<GateException>(() => connecting);
        Assert.Equal(FetchFailure.ConnectFailed, thrown.Failure);
        Assert.Contains("in time", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_up_without_answer_is_a_failed_look_up_and_not_a_missing_name()
    {
        var clock = new ManualTimeProvider();
        var gate = Gate(new SilentResolver(), clock, _ => throw new InvalidOperationException("There is nothing to dial."));

        var connecting = gate.ConnectAsync(new DnsEndPoint("site.example", 80), TestContext.Current.CancellationToken).AsTask();
        await clock.WaitForTimersAsync(1, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(10));

        var thrown = await Assert.ThrowsAsync<GateException>(() => connecting);
        Assert.Equal(FetchFailure.NameLookupFailed, thrown.Failure);
    }

    [Theory]
    [InlineData(SocketError.NetworkUnreachable, SocketError.NetworkUnreachable, FetchFailure.OurNetwork)]
    [InlineData(SocketError.NetworkDown, SocketError.NetworkDown, FetchFailure.OurNetwork)]
    [InlineData(SocketError.NetworkUnreachable, SocketError.ConnectionRefused, FetchFailure.ConnectFailed)]
    [InlineData(SocketError.ConnectionRefused, SocketError.NetworkUnreachable, FetchFailure.ConnectFailed)]
    [InlineData(SocketError.HostUnreachable, SocketError.HostUnreachable, FetchFailure.ConnectFailed)]
    public async Task Our_network_is_blamed_only_when_it_is_the_whole_story(SocketError first, SocketError second, FetchFailure expected)
    {
        var errors = new Queue<SocketError>([first, second]);
        var gate = Gate(
            new MapResolver().Add("site.example", "2606:4700::1", "1.1.1.1"),
            TimeProvider.System,
            _ => throw new SocketException((int)errors.Dequeue()));

        var thrown = await Assert.ThrowsAsync<GateException>(
            () => gate.ConnectAsync(new DnsEndPoint("site.example", 80), TestContext.Current.CancellationToken).AsTask());

        Assert.Equal(expected, thrown.Failure);
    }

    private static AddressGate Gate(INameResolver resolver, TimeProvider clock, Func<IPEndPoint, ValueTask<Stream>> dial) =>
        new(new AddressPolicy(false), resolver, clock, TimeSpan.FromSeconds(10), (endPoint, _) => dial(endPoint));

    private sealed class SilentResolver : INameResolver
    {
        public async ValueTask<NameAnswer> ResolveAsync(string host, CancellationToken cancellationToken)
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return NameAnswer.Failed;
        }
    }
}
