using System.CommandLine;
using LinkMonitor.Engine.Judging;

namespace LinkMonitor.CommandLine;

/// <summary>How the command line says that it cannot go on.</summary>
internal static class CommandErrors
{
    /// <summary>Says how to see a page that our own rules keep us from, where that is possible.</summary>
    public static async Task HintAsync(InvocationConfiguration console, ObservationKind observation, bool allowPrivateNetworks)
    {
        if (observation == ObservationKind.Refused && !allowPrivateNetworks)
            await console.Error.WriteLineAsync("For tests and intranets: --allow-private-networks lets such addresses through.");
        if (observation == ObservationKind.RobotsDisallowed)
            await console.Error.WriteLineAsync("For pages you own: --ignore-robots reads them all the same.");
    }

    public static async Task<int> UsageAsync(InvocationConfiguration console, params IEnumerable<string> messages)
    {
        foreach (var message in messages)
            await console.Error.WriteLineAsync(message);
        await console.Error.WriteLineAsync("See 'linkmonitor --help'.");
        return ExitCodes.WrongUsage;
    }
}
