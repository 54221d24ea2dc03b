using System.Net;
using System.Net.Sockets;
using LinkMonitor.Engine.Unicode;

namespace LinkMonitor.Hosting.Serving;

/// <summary>Finds a port that is taken before the web server does, whose own report is a page of stack trace.</summary>
internal static class PortCheck
{
    /// <summary>The first configured address on this machine whose port is taken, or null.</summary>
    public static string? Taken(IConfiguration configuration) => Addresses(configuration)
        .FirstOrDefault(address => Parse(address) is { Host: "localhost", Port: > 0 and var port } && IsTaken(port));

    /// <summary>What is wrong with the configured addresses, a line each.</summary>
    public static IEnumerable<string> Unreadable(IConfiguration configuration) => Addresses(configuration)
        .Where(address => Parse(address) is null)
        .Select(address => $"ASPNETCORE_URLS: '{address}' is not an address to listen at. Give for example http://localhost:7071.");

    private static string[] Addresses(IConfiguration configuration) => (configuration[WebHostDefaults.ServerUrlsKey] ?? string.Empty)
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static BindingAddress? Parse(string address)
    {
        try
        {
            return BindingAddress.Parse(address);
        }
        catch (FormatException)
        {
            // ASP.NET has no other way to ask.
            return null;
        }
    }

    /// <summary>Whether another program listens on a port of 127.0.0.1.</summary>
    internal static bool IsTaken(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return false;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return true;
        }
    }
}

/// <summary>
/// Host names with letters beyond ASCII are read right only with ICU (docs/decisions/0008-globalization-icu.md), which the environment
/// variable DOTNET_SYSTEM_GLOBALIZATION_INVARIANT switches off.
/// </summary>
internal static class GlobalizationCheck
{
    /// <summary>What is wrong and what to do, or null.</summary>
    public static string? Warning() =>
        IdnName.ToAscii("B\u00DCCHER.example", isHost: false) == "xn--bcher-kva.example"
            ? null
            : "Warning: .NET runs in globalization-invariant mode, so international host names are read wrongly. Install libicu and unset "
                + "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT.";
}
