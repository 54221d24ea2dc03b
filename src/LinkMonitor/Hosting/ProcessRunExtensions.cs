using System.Runtime.InteropServices;
using LinkMonitor.Hosting.Triggers;

namespace LinkMonitor.Hosting;

/// <summary>Runs the process to its end and says with which exit code it must end.</summary>
internal static class ProcessRunExtensions
{
    /// <summary>Standalone, after a stop that was asked for.</summary>
    public const int Stopped = 0;

    /// <summary>EX_SOFTWARE of sysexits.h: something inside stopped the process.</summary>
    public const int Crashed = 70;

    /// <summary>
    /// Runs until the application stops. The exit code is <see cref="Stopped"/> only standalone and only after a signal (Ctrl+C,
    /// SIGTERM, SIGQUIT) or <paramref name="cancellationToken"/>. Any other end is <see cref="Crashed"/>: .NET ends with 0 when a
    /// background service throws, and the Functions host never starts a handler again that ended with 0.
    /// </summary>
    public static async Task<int> RunToExitCodeAsync(this IHost app, CancellationToken cancellationToken)
    {
        var behindHost = app.Services.GetService<FunctionsHost>() is not null;
        var signalled = 0;
        void OnSignal(PosixSignalContext context) => Volatile.Write(ref signalled, 1);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, OnSignal);

        var stopping = app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            await app.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped while it was still starting; why, is judged below.
        }

        var asked = Volatile.Read(ref signalled) == 1 || cancellationToken.IsCancellationRequested;
        if (asked && !behindHost)
            return Stopped;
        await Console.Error.WriteLineAsync(asked ? "Stopped behind the Functions host." : "Stopped by a failure; the log above says which.");
        return Crashed;
    }
}
