using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace LinkMonitor.IntegrationTests.Support.FunctionsHost;

/// <summary>The worker in a process of its own, started from a published folder as its <c>worker.config.json</c> says.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private WorkerProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it wrote to its two streams, which is what a host logs.</summary>
    public string Output => string.Join('\n', _output);

    public Task Ended => _process.WaitForExitAsync(CancellationToken.None);

    /// <param name="hostUrl">Where the host listens for the worker's stream.</param>
    public static WorkerProcess Start(string folder, Uri hostUrl, string workerId, IReadOnlyDictionary<string, string> settings)
    {
        var description = JsonElement.Parse(File.ReadAllText(Path.Combine(folder, "worker.config.json"))).GetProperty("description");
        var requestId = Guid.NewGuid().ToString();
        const string MaxMessage = "2147483647";
        var program = description.GetProperty("defaultExecutablePath").GetString()!;
        var start = new ProcessStartInfo(
            program.Replace("{WorkerRoot}", folder + Path.DirectorySeparatorChar, StringComparison.Ordinal),
            [
                Path.Combine(folder, description.GetProperty("defaultWorkerPath").GetString()!),
                "--host", hostUrl.Host, "--port", hostUrl.Port.ToString(CultureInfo.InvariantCulture),
                "--workerId", workerId, "--requestId", requestId, "--grpcMaxMessageLength", MaxMessage,
                "--functions-uri", hostUrl.ToString(), "--functions-worker-id", workerId,
                "--functions-request-id", requestId, "--functions-grpc-max-message-length", MaxMessage,
            ])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        ProcessSettings.Replace(start, settings);
        // The host hands on its own environment: this is where the host listens, not the worker.
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:1";
        start.Environment["Kestrel__Endpoints__Host__Url"] = "http://127.0.0.1:1";
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = folder;
        return new WorkerProcess(start);
    }

    /// <summary>Completes with the process's exit code.</summary>
    public async Task<int> ExitCodeAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Asks it to stop as a service manager would, which a host does not.</summary>
    public void Signal()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Ends it at once.</summary>
    public void Kill() => _process.Kill(entireProcessTree: true);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is not null)
            _output.Enqueue(line);
    }
}
