using System.ComponentModel;
using System.Diagnostics;
using LinkMonitor.Hosting.Serving;

namespace LinkMonitor.Demo;

/// <summary>Finds a port on loopback.</summary>
internal static class DemoPorts
{
    private const int Tries = 100;

    /// <param name="wanted">The only one that will do; null for the first that is free.</param>
    /// <exception cref="NoFreePortException">It is taken, or all that were tried are.</exception>
    public static int Choose(int? wanted, int first)
    {
        if (wanted is { } only)
            return PortCheck.IsTaken(only) ? throw new NoFreePortException($"Port {only} is in use by another program.") : only;
        return Enumerable.Range(first, Tries).Select(port => (int?)port).FirstOrDefault(port => !PortCheck.IsTaken(port!.Value))
            ?? throw new NoFreePortException($"The ports {first} to {first + Tries - 1} are in use.");
    }
}

/// <summary>A port that is needed is taken. The message is meant for the user.</summary>
internal sealed class NoFreePortException(string message) : Exception(message);

/// <summary>The browser of whoever sits at the machine.</summary>
internal static class DemoBrowser
{
    private static readonly string[] Screens = ["DISPLAY", "WAYLAND_DISPLAY"];

    /// <returns>False where there is no screen, or nothing that opens addresses.</returns>
    public static bool TryOpen(Uri address)
    {
        if (Command(address, HasScreen()) is not { } start)
            return false;
        try
        {
            using var process = Process.Start(start);
            return process is not null;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <summary>What opens an address on this system; null where nothing does.</summary>
    internal static ProcessStartInfo? Command(Uri address, bool hasScreen)
    {
        if (OperatingSystem.IsWindows())
            return new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true };
        if (OperatingSystem.IsMacOS())
            return new ProcessStartInfo("open", [address.AbsoluteUri]);

        // What it prints would stand among our lines.
        return hasScreen
            ? new ProcessStartInfo("xdg-open", [address.AbsoluteUri]) { RedirectStandardError = true, RedirectStandardOutput = true }
            : null;
    }

    private static bool HasScreen() => Screens.Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)));
}
