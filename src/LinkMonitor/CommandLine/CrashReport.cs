using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace LinkMonitor.CommandLine;

/// <summary>What people are told when LinkMonitor itself fails: one sentence, and where the rest is.</summary>
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
        var failed = $"LinkMonitor itself has failed ({fault.GetType().Name}); this is our fault, not yours: please send us";
        return Write(fault, time) is { } file
            ? $"{failed} the file {file} and the command that you ran (look through both first: addresses may stand in them)."
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
        typeof(CrashReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "of an unknown version";
}
