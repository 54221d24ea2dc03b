using System.Globalization;
using System.Net;

namespace LinkMonitor.Hosting.Triggers;

/// <summary>The Azure Functions host in front of this process.</summary>
/// <param name="Port">The loopback port it calls us at.</param>
internal sealed record FunctionsHost(int Port)
{
    /// <summary>Set by the host, and by nothing else: its presence tells the two modes apart.</summary>
    public const string PortSetting = "FUNCTIONS_CUSTOMHANDLER_PORT";

    /// <summary>The only address to listen on. The host calls the IPv4 loopback; nothing else may reach us past it.</summary>
    public string Url => $"http://{Authority}";

    /// <summary>The Host header of the host's own calls.</summary>
    public string Authority => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>The host in front of us, or null when the process runs standalone.</summary>
    /// <exception cref="InvalidOperationException">The setting is there but is no port.</exception>
    public static FunctionsHost? From(IConfiguration configuration)
    {
        var value = configuration[PortSetting];
        if (string.IsNullOrEmpty(value))
            return null;
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > IPEndPoint.MaxPort)
            throw new InvalidOperationException($"{PortSetting} is '{value}', which is not a port.");
        return new FunctionsHost(port);
    }
}
