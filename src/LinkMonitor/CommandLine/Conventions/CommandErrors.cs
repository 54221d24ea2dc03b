using System.CommandLine;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.CommandLine.Conventions;

/// <summary>How the command line says that it cannot go on.</summary>
internal static class CommandErrors
{
    /// <summary>For the help of commands that check.</summary>
    public const string ExitCodesOfChecks =
        "Exit code: 0 as expected, 1 changed, lost or not found, 2 could not tell (for a file the worst of all: 1, then 2, then 0), 64 "
            + "wrong usage or a wrong row, "
        + "65 the file cannot be read, 70 LinkMonitor itself failed, 73 results cannot be written, 130 interrupted.";

    /// <summary>For the help of all other commands.</summary>
    public const string ExitCodesOfOthers =
        "Exit code: 0 done, 64 wrong usage, 69 something needed is missing or does not answer, 70 LinkMonitor itself failed, 130 "
        + "interrupted.";

    /// <summary>Says how to see a page that our own rules keep us from, where that is possible.</summary>
    public static async Task HintAsync(InvocationConfiguration console, ObservationKind observation, bool allowPrivateNetworks)
    {
        if (observation == ObservationKind.Refused && !allowPrivateNetworks)
            await console.Error.WriteLineAsync("For tests and intranets: --allow-private-networks lets such addresses through.");
        if (observation == ObservationKind.RobotsDisallowed)
            await console.Error.WriteLineAsync("For pages you own: --ignore-robots reads them anyway.");
    }

    public static async Task<int> UsageAsync(InvocationConfiguration console, params IEnumerable<string> messages)
    {
        foreach (var message in messages)
            await console.Error.WriteLineAsync(message);
        await console.Error.WriteLineAsync("See 'linkmonitor --help'.");
        return ExitCodes.WrongUsage;
    }
}
