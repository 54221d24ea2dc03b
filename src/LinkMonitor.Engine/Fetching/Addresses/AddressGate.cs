using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using LinkMonitor.Engine.Fetching.Results;

namespace LinkMonitor.Engine.Fetching.Addresses;

/// <summary>
/// The only way out: the ConnectCallback of every handler that requests what a stranger named. It looks the name up once, checks the port,
/// the name and every address, and connects only to the addresses it has checked, so that no second look-up can give others (DNS
/// rebinding). One special address among public ones refuses them all.
/// </summary>
public sealed class AddressGate
{
    private readonly AddressPolicy _policy;
    private readonly INameResolver _resolver;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _timeout;
    private readonly Func<IPEndPoint, CancellationToken, ValueTask<Stream>> _dial;

    /// <param name="timeout">For the look-up and all attempts to connect together.</param>
    public AddressGate(AddressPolicy policy, INameResolver resolver, TimeProvider timeProvider, TimeSpan timeout)
        : this(policy, resolver, timeProvider, timeout, DialAsync)
    {
    }

    /// <param name="dial">Makes a TCP connection or throws SocketException; tests lead it to their own server.</param>
    internal AddressGate(
        AddressPolicy policy,
        INameResolver resolver,
        TimeProvider timeProvider,
        TimeSpan timeout,
        Func<IPEndPoint, CancellationToken, ValueTask<Stream>> dial)
    {
        _policy = policy;
        _resolver = resolver;
        _timeProvider = timeProvider;
        _timeout = timeout;
        _dial = dial;
    }

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="GateException">No connection was made, or none was allowed.</exception>
    public ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ConnectAsync(context.DnsEndPoint, cancellationToken);
    }

    internal async ValueTask<Stream> ConnectAsync(DnsEndPoint endPoint, CancellationToken cancellationToken)
    {
        Demand(_policy.CheckPort(endPoint.Port));
        Demand(_policy.CheckHost(endPoint.Host));

        var started = _timeProvider.GetTimestamp();
        var addresses = await AddressesAsync(endPoint.Host, cancellationToken);
        foreach (var address in addresses)
            Demand(_policy.Check(address), endPoint.Host);

        return await DialInTurnAsync(endPoint, addresses, started, cancellationToken);
    }

    private static void Demand(Refusal? refusal, string? host = null)
    {
        if (refusal is null)
            return;
        var leadIn = host is null ? "" : $"{host} leads to an address that is not public: ";
        throw new GateException(FetchFailure.Refused, leadIn + refusal.Message);
    }

    private async ValueTask<IReadOnlyList<IPAddress>> AddressesAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host.TrimEnd('.'), out var literal))
            return [literal];

        using var timer = new CancellationTokenSource(_timeout, _timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        NameAnswer answer;
        try
        {
            answer = await _resolver.ResolveAsync(host, linked.Token).AsTask().WaitAsync(linked.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            answer = NameAnswer.Failed;
        }

        return answer.Kind switch
        {
            NameAnswerKind.Found => answer.Addresses,
            NameAnswerKind.NotFound => throw new GateException(
                FetchFailure.NameNotFound, $"DNS has no address for {host}: the domain may have expired, or the name is misspelt."),
            NameAnswerKind.NoNetwork => throw new GateException(
                FetchFailure.OurNetwork, $"{host} could not be looked up because this machine has no network: check our own connection."),
            _ => throw new GateException(
                FetchFailure.NameLookupFailed, $"DNS gave no answer for {host}: its name servers may be down; it will be tried again."),
        };
    }

    private async ValueTask<Stream> DialInTurnAsync(
        DnsEndPoint endPoint, IReadOnlyList<IPAddress> addresses, long started, CancellationToken cancellationToken)
    {
        SocketException? failure = null;
        for (var i = 0; i < addresses.Count; i++)
        {
            // Each address gets an equal share of what is left, so that one which swallows packets does not keep the next from its turn.
            var left = _timeout - _timeProvider.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
                break;
            using var timer = new CancellationTokenSource(left / (addresses.Count - i), _timeProvider);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
            try
            {
                return await _dial(new IPEndPoint(addresses[i], endPoint.Port), linked.Token);
            }
            catch (SocketException e)
            {
                failure = MoreTelling(failure, e);
            }
            catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                failure = MoreTelling(failure, new SocketException((int)SocketError.TimedOut));
            }
        }

        throw NotConnected(endPoint, failure ?? new SocketException((int)SocketError.TimedOut));
    }

    /// <summary>A machine without IPv6 has no route to IPv6 addresses, which says nothing when an IPv4 address failed by itself.</summary>
    private static SocketException MoreTelling(SocketException? earlier, SocketException later) =>
        earlier is null || IsOurNetwork(earlier.SocketErrorCode) ? later : earlier;

    private static bool IsOurNetwork(SocketError error) => error is SocketError.NetworkUnreachable or SocketError.NetworkDown;

    private static GateException NotConnected(DnsEndPoint endPoint, SocketException failure) => failure.SocketErrorCode switch
    {
        var error when IsOurNetwork(error) => new GateException(
            FetchFailure.OurNetwork, $"This machine has no route to {endPoint.Host}: check our own network.", failure),
        SocketError.TimedOut => new GateException(
            FetchFailure.ConnectFailed,
            $"{endPoint.Host} did not accept a connection on port {endPoint.Port} in time: the server may be down or may block us.",
            failure),
        SocketError.ConnectionRefused => new GateException(
            FetchFailure.ConnectFailed,
            $"{endPoint.Host} refused a connection on port {endPoint.Port}: no web server runs there at the moment.",
            failure),
        _ => new GateException(
            FetchFailure.ConnectFailed, $"No connection to {endPoint.Host} on port {endPoint.Port}: {failure.Message}.", failure),
    };

    private static async ValueTask<Stream> DialAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>Looks names up with the operating system's resolver.</summary>
public sealed class DnsNameResolver : INameResolver
{
    public async ValueTask<NameAnswer> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            // On Linux a look-up cannot be stopped once it runs; WaitAsync leaves it behind.
            return NameAnswer.Found(await Dns.GetHostAddressesAsync(host, cancellationToken).WaitAsync(cancellationToken));
        }
        catch (SocketException e)
        {
            return FromError(e.SocketErrorCode, NetworkInterface.GetIsNetworkAvailable());
        }
        catch (ArgumentException)
        {
            // Longer than DNS allows, so it cannot exist.
            return NameAnswer.NotFound;
        }
    }

    /// <param name="error">The resolver's error.</param>
    /// <param name="hasNetwork">Whether a network interface other than loopback is up: the resolver's error does not tell.</param>
    internal static NameAnswer FromError(SocketError error, bool hasNetwork) => error switch
    {
        SocketError.HostNotFound or SocketError.NoData => NameAnswer.NotFound,
        SocketError.NetworkDown or SocketError.NetworkUnreachable => NameAnswer.NoNetwork,
        _ => hasNetwork ? NameAnswer.Failed : NameAnswer.NoNetwork,
    };
}

/// <summary>The port to DNS.</summary>
public interface INameResolver
{
    /// <summary>Looks up all addresses of a host name. What DNS says is a value; only cancellation is thrown.</summary>
    /// <param name="host">A host name in ASCII, never an IP address.</param>
    ValueTask<NameAnswer> ResolveAsync(string host, CancellationToken cancellationToken);
}

/// <summary>What a name look-up gave.</summary>
/// <param name="Kind">With <see cref="NameAnswerKind.Found"/> there is at least one address.</param>
public sealed record NameAnswer(NameAnswerKind Kind, IReadOnlyList<IPAddress> Addresses)
{
    public static NameAnswer NotFound { get; } = new(NameAnswerKind.NotFound, []);

    public static NameAnswer Failed { get; } = new(NameAnswerKind.Failed, []);

    public static NameAnswer NoNetwork { get; } = new(NameAnswerKind.NoNetwork, []);

    /// <summary><see cref="NameAnswerKind.NotFound"/> when there is no address.</summary>
    public static NameAnswer Found(IEnumerable<IPAddress> addresses)
    {
        IPAddress[] all = [.. addresses];
        return all.Length == 0 ? NotFound : new NameAnswer(NameAnswerKind.Found, all);
    }
}

/// <summary>How a name look-up ended.</summary>
public enum NameAnswerKind
{
    Found,

    /// <summary>The name does not exist (NXDOMAIN), or has no address.</summary>
    NotFound,

    /// <summary>The DNS server failed (SERVFAIL) or did not answer: nothing is known about the name.</summary>
    Failed,

    /// <summary>This machine has no network to ask with.</summary>
    NoNetwork,
}
