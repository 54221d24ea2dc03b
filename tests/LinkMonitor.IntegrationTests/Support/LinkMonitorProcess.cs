using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>The real executable in a process of its own, with nothing of this machine's settings but what a test gives it.</summary>
internal sealed class LinkMonitorProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linkmonitor-");
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LinkMonitorProcess(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings)
    {
        // Who starts the tests in the background may have them ignore Ctrl+C, which a process hands on to those that it starts.
        var start = new ProcessStartInfo(OperatingSystem.IsLinux() ? "env" : DotnetProgram())
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        if (OperatingSystem.IsLinux())
        {
            start.ArgumentList.Add("--default-signal=INT");
            start.ArgumentList.Add(DotnetProgram());
        }

        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "linkmonitor.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        ProcessSettings.Replace(start, settings);
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _output);

    public static LinkMonitorProcess Start(IReadOnlyDictionary<string, string> settings, params string[] arguments) =>
        new(arguments, settings);

    public bool HasEnded => _process.HasExited;

    /// <summary>A port nobody uses just now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Completes when the process says that it runs; fails with its output when it ends instead.</summary>
    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        var ended = _process.WaitForExitAsync(cancellationToken);
        if (await Task.WhenAny(_ready.Task, ended) == ended)
            throw new InvalidOperationException($"It ended with {_process.ExitCode}:\n{Output}");
    }

    /// <summary>Asks it to stop, as a service manager does.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        return await ExitCodeAsync(cancellationToken);
    }

    /// <summary>Presses Ctrl+C.</summary>
    public async Task<int> InterruptAsync(CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        return await ExitCodeAsync(cancellationToken);
    }

    public async Task<int> ExitCodeAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>The program itself, so that a test may set PATH as it likes.</summary>
    private static string DotnetProgram() => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH")
        ?? (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "dotnet"))
            .FirstOrDefault(File.Exists)
        ?? "dotnet";

    private void Take(string? line)
    {
        if (line is null)
            return;
        _output.Enqueue(line);
        if (line.Contains("Ctrl+C", StringComparison.Ordinal))
            _ready.TrySetResult();
    }
}
