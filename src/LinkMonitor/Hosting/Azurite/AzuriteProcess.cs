using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LinkMonitor.Hosting.Azurite;

/// <summary>An Azurite of ours. Disposing it lets it write its data and ends it.</summary>
internal sealed partial class AzuriteProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StopTime = AzuriteScript.SaveTime + TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly AzuriteLog _log;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, int> _listening = new(StringComparer.OrdinalIgnoreCase);
    private readonly TaskCompletionSource<AzuritePorts> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _output;
    private bool _disposed;

    public AzuriteProcess(Process process, AzuriteLog log, TimeProvider time)
    {
        (_process, _log, _time) = (process, log, time);
        _output = Task.WhenAll(log.CopyAsync(process.StandardOutput, OnLine), log.CopyAsync(process.StandardError, _ => { }));
    }

    public int Id => _process.Id;

    /// <summary>Completes with the exit code when Azurite ends, for whatever reason.</summary>
    public async Task<int> EndedAsync(CancellationToken cancellationToken)
    {
        await _output.WaitAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Where Azurite listens, once all three services do.</summary>
    /// <exception cref="AzuriteUnavailableException">It ended or stayed silent; the message holds the last lines it printed.</exception>
    public async Task<AzuritePorts> ReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAny(_ready.Task, _output).WaitAsync(StartTime, _time, cancellationToken);
        }
        catch (TimeoutException late)
        {
            throw AzuriteUnavailableException.NotStarted(
                $"Azurite did not listen within {StartTime.TotalSeconds} seconds. {Lines()}", late);
        }

        return _ready.Task.IsCompleted
            ? await _ready.Task
            : throw AzuriteUnavailableException.NotStarted($"Azurite ended before it listened. {Lines()}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        // The end of its standard input is what it watches for; see AzuriteScript.
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(StopTime, _time, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _output;
        _process.Dispose();
        _log.Dispose();
    }

    // Azurite prints an address only when its socket listens, so the lines are the signal that it is ready.
    private void OnLine(string line)
    {
        if (Listening().Match(line) is not { Success: true } match)
            return;
        _listening[match.Groups["service"].Value] = int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture);
        if (_listening.Count == 3)
            _ready.TrySetResult(new AzuritePorts(_listening["blob"], _listening["queue"], _listening["table"]));
    }

    private string Lines() => $"Its log is {_log.Path}; the last lines:\n{_log.Tail}";

    [GeneratedRegex(@"Azurite (?<service>Blob|Queue|Table) service is successfully listening at http://127\.0\.0\.1:(?<port>\d+)")]
    private static partial Regex Listening();
}

/// <summary>What Azurite prints: all of it in a file, and its last lines for the message of a failure.</summary>
internal sealed class AzuriteLog : IDisposable
{
    private const int KeptLines = 20;

    private readonly StreamWriter _file;
    private readonly Queue<string> _last = new();
    private readonly Lock _lock = new();

    /// <param name="isFirst">Whether what an earlier start left is dropped.</param>
    public AzuriteLog(string path, bool isFirst)
    {
        Path = path;
        _file =
            new StreamWriter(
                new FileStream(
                    path, isFirst ? FileMode.Create : FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
            {
                AutoFlush = true,
            };
    }

    public string Path { get; }

    /// <summary>The last lines, oldest first, one per line.</summary>
    public string Tail
    {
        get
        {
            lock (_lock)
            {
                return string.Join('\n', _last);
            }
        }
    }

    /// <summary>Copies a stream until it ends, showing each line to <paramref name="seen"/>.</summary>
    public async Task CopyAsync(StreamReader reader, Action<string> seen)
    {
        while (await reader.ReadLineAsync(CancellationToken.None) is { } line)
        {
            lock (_lock)
            {
                _file.WriteLine(line);
                _last.Enqueue(line);
                if (_last.Count > KeptLines)
                    _last.Dequeue();
            }

            seen(line);
        }
    }

    public void Dispose() => _file.Dispose();
}

/// <summary>
/// A script preloaded into Azurite's process (<c>node --require</c>). It ties its life to ours: standard input is a pipe we hold, which
/// ends when we close it or when we end in whatever way, also by SIGKILL, on every platform. Azurite then writes its data and exits.
/// Signals are kept from it until then, because Ctrl+C reaches every process of a terminal and storage must outlive our draining.
/// And it keeps what was written: Azurite itself saves every five seconds, and not at all when it fails.
/// </summary>
internal static class AzuriteScript
{
    /// <summary>
    /// How long Azurite may take to save what it has when it ends: it writes all of it, and a project of 100,000 links has half a gigabyte.
    /// What it could not save was accepted and is lost.
    /// </summary>
    public static readonly TimeSpan SaveTime = TimeSpan.FromMinutes(2);

    private static readonly string Script =
        $$"""
        // Written by LinkMonitor; see src/LinkMonitor/Hosting/Azurite/AzuriteProcess.cs.
        const emit = process.emit;
        const databases = new Set();
        let leaving = false;
        process.emit = function (name, ...rest) {
          return !leaving && (name === 'SIGINT' || name === 'SIGTERM') ? true : emit.call(this, name, ...rest);
        };
        process.on('SIGINT', () => {});
        process.on('SIGTERM', () => {});
        function leave(code) {
          if (leaving) return;
          leaving = true;
          process.exitCode = code;
          // Azurite takes no more requests and saves its data in its SIGTERM handler, but one that its killed client never reads the answer
          // of would keep it for ever: it ends as soon as all is saved.
          process.emit('SIGTERM');
          setInterval(() => {
            const left = [...databases].filter(one => one.throttledSavePending || one.autosaveDirty());
            left.filter(one => !one.throttledSavePending).forEach(one => one.saveDatabase());
            if (databases.size > 0 && left.length === 0) process.exit(code);
          }, 100).unref();
          setTimeout(() => process.exit(code || 1), {{(int)SaveTime.TotalMilliseconds}}).unref();
        }
        process.stdin.on('end', () => leave(0));
        process.stdin.on('error', () => leave(0));
        process.stdin.resume();
        process.on('uncaughtException', error => {
          console.error(error);
          leave(70);
        });

        // A change is saved 200 ms later, or after ten times what the last saving took: a big storage is not saved without pause.
        const Module = require('module');
        const load = Module._load;
        Module._load = function (name, ...rest) {
          const loaded = load.call(this, name, ...rest);
          if (name === 'lokijs' && !loaded.prototype.savesSoon) {
            loaded.prototype.savesSoon = true;
            loaded.prototype.autosaveEnable = function () {
              this.autosave = true;
              databases.add(this);
              let pause = 200;
              const save = () => {
                if (!this.autosaveDirty() || this.ignoreAutosave) return again();
                const began = Date.now();
                this.saveDatabase(() => {
                  pause = Math.max(200, 10 * (Date.now() - began));
                  again();
                });
              };
              const again = () => { if (this.autosaveHandle) this.autosaveHandle = setTimeout(save, pause); };
              this.autosaveHandle = setTimeout(save, pause);
            };
          }
          return loaded;
        };

        """;

    /// <summary>Writes the script and returns its path.</summary>
    public static string Write(string folder)
    {
        var file = Path.Combine(folder, "azurite-watch.cjs");
        File.WriteAllText(file, Script);
        return file;
    }
}
