using System.CommandLine;
using System.CommandLine.Parsing;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.CommandLine.Conventions;

/// <summary>How the command line says that it cannot go on.</summary>
internal static class CommandErrors
{
    /// <summary>Says how to see a page that our own rules keep us from, where that is possible.</summary>
    public static async Task HintAsync(InvocationConfiguration console, ObservationKind observation, bool allowPrivateNetworks)
    {
        if (observation == ObservationKind.Refused && !allowPrivateNetworks)
            await console.Error.WriteLineAsync("For tests and intranets: --allow-private-networks lets such addresses through.");
        if (observation == ObservationKind.RobotsDisallowed)
            await console.Error.WriteLineAsync("For pages you own: --ignore-robots reads them anyway.");
    }

    /// <summary>Says all that is wrong with a call, and where the help of its command is.</summary>
    /// <param name="wrong">At least one.</param>
    /// <returns>The exit code: <see cref="ExitCodes.WrongUsage"/> if the call itself is wrong in any way.</returns>
    public static async Task<int> TellAsync(InvocationConfiguration console, CommandResult command, IReadOnlyList<WrongCall> wrong)
    {
        foreach (var message in wrong.Select(one => one.Message).Distinct(StringComparer.Ordinal))
            await console.Error.WriteLineAsync(message);
        if (wrong.All(one => one.ExitCode != ExitCodes.WrongUsage))
            return wrong[0].ExitCode;
        await console.Error.WriteLineAsync($"See '{PathOf(command)} --help'.");
        return ExitCodes.WrongUsage;
    }

    /// <summary>For example <c>linkmonitor keys add</c>, whatever the name of the file that runs.</summary>
    private static string PathOf(CommandResult command)
    {
        List<string> names = [];
        for (var at = command; at.Parent is CommandResult parent; at = parent)
            names.Insert(0, at.Command.Name);
        return string.Join(' ', names.Prepend("linkmonitor"));
    }
}

/// <summary>One thing that is wrong with a call.</summary>
/// <param name="Message">A sentence that says what to give instead.</param>
/// <param name="ExitCode">The exit code when nothing else is wrong.</param>
internal sealed record WrongCall(string Message, int ExitCode = ExitCodes.WrongUsage);

/// <summary>
/// A command with its exit codes and rules. What is wrong with its options is never reported by its action: the rules are asked first, so
/// that all of it is reported at once, with what the parser has found.
/// </summary>
internal sealed class CliCommand(string name, string does, ExitTable exits) : Command(name, $"{does} {exits.Help}")
{
    /// <summary>All codes that the command may end with.</summary>
    public ExitTable Exits { get; } = exits;

    /// <summary>
    /// What is wrong with a call beyond what the parser finds in single options. Also asked when the parser has found errors: values are
    /// read with <see cref="ParsedValues.Valid{T}(ParseResult, Option{T})"/>.
    /// </summary>
    public Func<ParseResult, IEnumerable<WrongCall>> Rules { get; init; } = _ => [];

    /// <summary>What else would stop a call that is refused: settings, each error in a sentence.</summary>
    public Func<ParseResult, Task<IReadOnlyList<string>>> Settings { get; init; } = _ => Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>All that is wrong with a call.</summary>
    public async Task<IReadOnlyList<WrongCall>> FindWrongAsync(ParseResult parsed)
    {
        List<WrongCall> wrong = [.. parsed.Errors.Select(error => new WrongCall(error.Message)), .. Rules(parsed)];
        if (wrong.Count > 0)
            wrong.AddRange((await Settings(parsed)).Select(setting => new WrongCall(setting, ExitCodes.Unavailable)));
        return wrong;
    }
}
