using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.CommandLine.Conventions;

/// <summary>What the process says of its work when it ends.</summary>
internal static class ExitCodes
{
    public const int AsExpected = 0;

    /// <summary>Changed, lost or not found.</summary>
    public const int Different = 1;

    public const int CouldNotTell = 2;

    /// <summary>EX_USAGE of sysexits.h: the command line, or a row of the file given, is wrong.</summary>
    public const int WrongUsage = 64;

    /// <summary>
    /// EX_DATAERR of sysexits.h: the file is not there, or holds nothing that can be checked: no row, or no text that can be read for
    /// certain.
    /// </summary>
    public const int BadData = 65;

    /// <summary>
    /// EX_UNAVAILABLE of sysexits.h: something that LinkMonitor needs is missing or does not answer, or a setting (not an option) is wrong.
    /// </summary>
    public const int Unavailable = 69;

    /// <summary>EX_SOFTWARE of sysexits.h: a fault of LinkMonitor itself.</summary>
    public const int OwnFault = 70;

    /// <summary>EX_CANTCREAT of sysexits.h: a result file cannot be written.</summary>
    public const int CannotCreate = 73;

    /// <summary>EX_NOPERM of sysexits.h: the service does not know the key, or the key may not do this.</summary>
    public const int NoPermission = 77;

    /// <summary>128 + SIGINT, as shells say it: stopped by the user before the end.</summary>
    public const int Interrupted = 130;

    /// <summary>128 + SIGTERM.</summary>
    public const int Terminated = 143;

    public static int For(VerdictState state) => state switch
    {
        VerdictState.Live => AsExpected,
        VerdictState.Unknown => CouldNotTell,
        _ => Different,
    };

    /// <summary>The worse of two: different before could not tell before as expected.</summary>
    public static int Worse(int one, int other) => (one, other) switch
    {
        (Different, _) or (_, Different) => Different,
        (CouldNotTell, _) or (_, CouldNotTell) => CouldNotTell,
        _ => AsExpected,
    };
}

/// <summary>
/// The exit codes of one command with their words. The help is written from it, and a command returns no other code: the tests compare.
/// </summary>
internal sealed class ExitTable
{
    /// <summary>What any command may end with.</summary>
    private static readonly (int Code, string Means)[] OfAll =
    [
        (ExitCodes.WrongUsage, "wrong usage"),
        (ExitCodes.OwnFault, "LinkMonitor itself failed"),
        (ExitCodes.Interrupted, "stopped by Ctrl+C"),
        (ExitCodes.Terminated, "stopped by SIGTERM"),
    ];

    private readonly SortedDictionary<int, string> _means = [];

    /// <param name="own">The codes of the command; one that all commands have is described here instead.</param>
    public ExitTable(params ReadOnlySpan<(int Code, string Means)> own)
    {
        foreach (var (code, means) in (ReadOnlySpan<(int, string)>)[.. OfAll, .. own])
            _means[code] = means;
    }

    public IReadOnlyCollection<int> Codes => _means.Keys;

    /// <summary>One sentence for the help.</summary>
    public string Help =>
        $"Exit code: {string.Join("; ", _means.Select(code => string.Create(CultureInfo.InvariantCulture, $"{code.Key} {code.Value}")))}.";
}

/// <summary>The message when LinkMonitor itself fails: one sentence, and where the rest is.</summary>
internal static class CrashReport
{
    /// <summary>Writes down what failed, and says where.</summary>
    /// <returns><see cref="ExitCodes.OwnFault"/>.</returns>
    public static async Task<int> TellAsync(InvocationConfiguration console, Exception fault, TimeProvider time)
    {
        await console.Error.WriteLineAsync(Sentence(fault, time));
        return ExitCodes.OwnFault;
    }

    /// <summary>Also where nobody waits: without this .NET prints a stack trace and ends with a signal.</summary>
    public static void CatchUnhandled(TimeProvider time) => AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
    {
        Console.Error.WriteLine(Sentence((Exception)unhandled.ExceptionObject, time));
        Environment.Exit(ExitCodes.OwnFault);
    };

    /// <summary>The sentence for people; what failed is written to the file that it names.</summary>
    public static string Sentence(Exception fault, TimeProvider time)
    {
        var failed = $"LinkMonitor itself has failed ({fault.GetType().Name}). This is our fault, not yours: please send us";
        return Write(fault, time) is { } file
            ? $"{failed} the file {file} and the command that you ran (read both first: they may contain addresses)."
            : $"{failed} the command that you ran and this: {Where(fault)}.";
    }

    /// <returns>The file; null when it cannot be written.</returns>
    private static string? Write(Exception fault, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var name = string.Create(CultureInfo.InvariantCulture, $"linkmonitor-fault-{now:yyyyMMdd-HHmmss}-{Environment.ProcessId}.txt");
        var file = Path.Combine(Path.GetTempPath(), name);
        try
        {
            File.WriteAllText(file, $"LinkMonitor {Version()}\n{RuntimeInformation.FrameworkDescription}, "
                + $"{RuntimeInformation.RuntimeIdentifier}\n{now:O}\n\n{fault}\n");
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Where(Exception fault) => fault.StackTrace?.Split('\n').FirstOrDefault()?.Trim() ?? fault.GetType().FullName!;

    private static string Version() =>
        typeof(CrashReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? "of an unknown version";
}
