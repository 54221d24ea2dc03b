using System.Runtime.InteropServices;

namespace LinkMonitor.Hosting;

/// <summary>Runs the process to its end and says with which exit code it must end.</summary>
internal static class ProcessRunExtensions
{
    /// <summary>After a stop that was asked for by whoever may ask.</summary>
    public const int Stopped = 0;

    /// <summary>EX_SOFTWARE of sysexits.h: something stopped the process that should not have.</summary>
    public const int Crashed = 70;

    /// <summary>
    /// Runs until the application stops. The exit code is <see cref="Stopped"/> only after a signal (Ctrl+C, SIGTERM, SIGQUIT) or
    /// <paramref name="cancellationToken"/>. Any other end is <see cref="Crashed"/>: .NET ends with 0 when a background service throws.
    /// </summary>
    public static async Task<int> RunToExitCodeAsync(this IHost app, CancellationToken cancellationToken)
    {
        if (await RunAsync(app, cancellationToken) || cancellationToken.IsCancellationRequested)
            return Stopped;
        await Console.Error.WriteLineAsync("Stopped by a failure; the log above says which.");
        return Crashed;
    }

    /// <summary>
    /// The same behind the Functions host, which asks over its own connection and never starts a worker again that ended with 0. So that is
    /// left to a stop without a signal and without a failed background service; all else is <see cref="Crashed"/>.
    /// </summary>
    public static async Task<int> RunBehindHostAsync(this IHost app)
    {
        // Read before the run disposes of them.
        var services = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        var signalled = await RunAsync(app, CancellationToken.None);
        var failures = services.Select(service => service.ExecuteTask?.Exception).OfType<AggregateException>().ToList();
        if (!signalled && failures.Count == 0)
            return Stopped;
        // The log goes over the host's connection, which may have been too slow for its last words.
        foreach (var failure in failures)
            await Console.Error.WriteLineAsync(failure.GetBaseException().ToString());
        await Console.Error.WriteLineAsync(signalled ? "Stopped by a signal, not by the Functions host." : "Stopped by a failure.");
        return Crashed;
    }

    /// <returns>Whether a signal came.</returns>
    private static async Task<bool> RunAsync(IHost app, CancellationToken cancellationToken)
    {
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
            // Stopped while it was still starting; why, is judged by the caller.
        }

        return Volatile.Read(ref signalled) == 1;
    }
}
