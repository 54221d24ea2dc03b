using System.Diagnostics;
using Azure.Data.Tables;
using LinkMonitor.Hosting.Azurite;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LinkMonitor.IntegrationTests.Hosting.Azurite;

/// <summary>An Azurite of ours that is killed, or ends with its process (<see cref="AzuriteScript"/>).</summary>
public sealed class AzuriteWatchTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linkmonitor-watch-");
    private readonly StringWriter _console = new();
    private readonly LoggedText _log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_started_again_where_it_was_with_what_it_had_and_told_once()
    {
        await NodeModules.FileAsync(Path.Combine("azurite", "dist", "src", "azurite.js"), Cancellation);
        await using var storage = await LaunchAsync(null);
        using var host = Host(storage, TimeProvider.System);
        await host.StartAsync(Cancellation);
        var table = new TableClient(storage.ConnectionString, TableNames.Projects);
        await table.CreateIfNotExistsAsync(Cancellation);
        await table.AddEntityAsync(new TableEntity("projects", "prj_kept"), Cancellation);
        await SavedAsync("prj_kept");

        using (var process = Process.GetProcessById(storage.ProcessId!.Value))
            process.Kill();
        await _log.WaitForAsync("was started again", Cancellation);

        Assert.Equal(
            "prj_kept", (await table.GetEntityAsync<TableEntity>("projects", "prj_kept", cancellationToken: Cancellation)).Value.RowKey);
        Assert.Single(_log.Lines, line => line.Contains("was started again", StringComparison.Ordinal));
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task The_second_in_a_folder_takes_over_when_the_first_goes_away_with_all_that_was_written()
    {
        await NodeModules.FileAsync(Path.Combine("azurite", "dist", "src", "azurite.js"), Cancellation);
        await using var first = await LaunchAsync(null);
        await using var second = await LaunchAsync(null);
        using var host = Host(second, TimeProvider.System);
        await host.StartAsync(Cancellation);
        var table = new TableClient(second.ConnectionString, TableNames.Projects);
        await table.CreateIfNotExistsAsync(Cancellation);
        await table.AddEntityAsync(new TableEntity("projects", "prj_kept"), Cancellation);
        Assert.Equal((false, true), (second.IsOurs, second.IsKept));

        await first.DisposeAsync();
        await _log.WaitForAsync("keeps it from now on", Cancellation);

        Assert.True(second.IsOurs);
        Assert.Equal(
            "prj_kept", (await table.GetEntityAsync<TableEntity>("projects", "prj_kept", cancellationToken: Cancellation)).Value.RowKey);
        await using (var third = await LaunchAsync(null))
            Assert.Equal((false, second.ConnectionString), (third.IsOurs, third.ConnectionString));
        Assert.Single(_log.Lines, line => line.Contains("Azurite", StringComparison.Ordinal));
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task One_whose_process_is_stopping_is_not_joined_but_waited_for()
    {
        await NodeModules.FileAsync(Path.Combine("azurite", "dist", "src", "azurite.js"), Cancellation);
        await using var first = await LaunchAsync(null);
        var table = new TableClient(first.ConnectionString, TableNames.Projects);
        await table.CreateIfNotExistsAsync(Cancellation);
        await table.AddEntityAsync(new TableEntity("projects", "prj_kept"), Cancellation);
        using (var host = Host(first, TimeProvider.System))
        {
            await host.StartAsync(Cancellation);
            await host.StopAsync(Cancellation);
        }

        // Its host has stopped, and its Azurite still answers.
        var starting = LaunchAsync(null);
        await first.DisposeAsync();
        await using var second = await starting;

        Assert.True(second.IsOurs);
        Assert.Equal(
            "prj_kept", (await table.GetEntityAsync<TableEntity>("projects", "prj_kept", cancellationToken: Cancellation)).Value.RowKey);
        await using var third = await LaunchAsync(null);
        Assert.Equal((false, true), (third.IsOurs, third.IsKept));
    }

    [Fact]
    public async Task One_that_went_away_right_after_it_was_joined_is_started_again_and_one_that_answers_is_left_alone()
    {
        await NodeModules.FileAsync(Path.Combine("azurite", "dist", "src", "azurite.js"), Cancellation);
        await using var first = await LaunchAsync(null);
        await using var second = await LaunchAsync(null);

        Assert.False(await second.TryTakeOverAsync(TimeSpan.FromMinutes(1), TimeProvider.System, Cancellation));
        await first.DisposeAsync();
        Assert.True(await second.TryTakeOverAsync(TimeSpan.FromMinutes(1), TimeProvider.System, Cancellation));

        Assert.True(second.IsOurs);
        await new TableClient(second.ConnectionString, TableNames.Projects).CreateIfNotExistsAsync(Cancellation);
    }

    /// <summary>A big storage is saved for longer than a moment: the clock of this one runs a hundred times as fast.</summary>
    [Fact]
    public async Task One_that_takes_long_to_save_is_not_ended_before_it_has()
    {
        var options = new AzuriteOptions { DataFolder = Path.Combine(_folder.FullName, "data") };
        Directory.CreateDirectory(options.DataFolder);
        var (script, saved) = (Path.Combine(_folder.FullName, "slow.js"), Path.Combine(_folder.FullName, "saved"));
        await File.WriteAllTextAsync(
            script,
            $$"""
            const later = setTimeout;
            global.setTimeout = (act, wait) => later(act, wait / 100);
            process.once('SIGTERM', () => later(() => require('fs').writeFileSync('{{saved}}', 'all'), 400));
            """,
            Cancellation);
        using var folder = new AzuriteFolder(options, TimeProvider.System);

        var process = folder.StartOn(script, new AzuritePorts(1, 1, 1));
        await process.DisposeAsync();

        Assert.Equal("all", await File.ReadAllTextAsync(saved, Cancellation));
    }

    /// <summary>A request of a killed client has no end; what was written is saved all the same, and the end is a clean one.</summary>
    [Fact]
    public async Task One_that_something_keeps_ends_as_soon_as_all_is_saved()
    {
        var options = new AzuriteOptions { DataFolder = Path.Combine(_folder.FullName, "data") };
        Directory.CreateDirectory(options.DataFolder);
        var (script, ended) = (Path.Combine(_folder.FullName, "kept.js"), Path.Combine(_folder.FullName, "ended"));
        var module = Directory.CreateDirectory(Path.Combine(_folder.FullName, "node_modules", "lokijs"));
        await File.WriteAllTextAsync(
            Path.Combine(module.FullName, "index.js"),
            """
            function Loki() { this.changes = 1; }
            Loki.prototype.autosaveDirty = function () { return this.changes > 0; };
            Loki.prototype.saveDatabase = function (done) {
              this.throttledSavePending = true;
              this.changes = 0;
              setTimeout(() => { this.throttledSavePending = false; this.saved = true; if (done) done(); }, 50);
            };
            module.exports = Loki;
            """,
            Cancellation);
        await File.WriteAllTextAsync(
            script,
            $$"""
            const Loki = require('lokijs');
            const data = new Loki();
            data.ignoreAutosave = true;
            data.autosaveEnable();
            setInterval(() => {}, 1000);
            process.on('exit', code => require('fs').writeFileSync('{{ended}}', `${code} ${data.saved}`));
            """,
            Cancellation);
        using var folder = new AzuriteFolder(options, TimeProvider.System);

        var process = folder.StartOn(script, new AzuritePorts(1, 1, 1));
        await process.DisposeAsync();

        Assert.Equal("0 true", await File.ReadAllTextAsync(ended, Cancellation));
    }

    [Fact]
    public async Task One_that_always_ends_stops_the_process_after_five_starts_with_one_sentence()
    {
        var clock = new ManualTimeProvider();
        var options = new AzuriteOptions { DataFolder = Path.Combine(_folder.FullName, "data") };
        Directory.CreateDirectory(options.DataFolder);
        var script = Path.Combine(_folder.FullName, "fails.js");
        var starts = Path.Combine(_folder.FullName, "starts");
        await File.WriteAllTextAsync(script, $"require('fs').appendFileSync('{starts}', 'x'); process.exit(3);", Cancellation);
        using var folder = new AzuriteFolder(options, TimeProvider.System);
        var ports = new AzuritePorts(1, 1, 1);
        await using var storage = AzuriteStorage.Started(
            ports.ConnectionString(), folder.StartOn(script, ports), () => folder.StartOn(script, ports), folder);
        using var host = Host(storage, clock);
        var stopped = new TaskCompletionSource();
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopped.SetResult);

        await host.StartAsync(Cancellation);
        while (!stopped.Task.IsCompleted)
        {
            await Task.WhenAny(stopped.Task, clock.WaitForTimersAsync(1, Cancellation));
            clock.Advance(TimeSpan.FromSeconds(8));
        }

        Assert.Equal(1 + AzuriteWatch.MaxRestarts, (await File.ReadAllTextAsync(starts, Cancellation)).Length);
        Assert.Contains("does not come up again", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _console.Dispose();
        _folder.Delete(recursive: true);
    }

    private Task<AzuriteStorage> LaunchAsync(AzuritePorts? usual) =>
        new AzuriteLauncher(
            new() { DataFolder = Path.Combine(_folder.FullName, "data"), UsualPorts = usual },
            TimeProvider.System,
            _console).StartAsync(Cancellation);

    private IHost Host(AzuriteStorage storage, TimeProvider time)
    {
        var builder = new HostApplicationBuilder();
        builder.Logging.ClearProviders().AddProvider(_log).AddFilter("Microsoft", LogLevel.Error);
        builder.Services.AddSingleton(time).AddSingleton(storage).AddHostedService<AzuriteWatch>();
        builder.Services.AddLinkMonitorStorage(_ => new StorageOptions { ConnectionString = storage.ConnectionString });
        builder.Services.AddSingleton<ISetAside>(new RecordedSetAside());
        return builder.Build();
    }

    // The file is written by Azurite itself, a moment after the row.
    private async Task SavedAsync(string text)
    {
        var file = new FileInfo(Path.Combine(_folder.FullName, "data", "azurite", "__azurite_db_table__.json"));
        var saved = new TaskCompletionSource();
        void Look()
        {
            if (File.ReadAllText(file.FullName).Contains(text, StringComparison.Ordinal))
                saved.TrySetResult();
        }

        using var watcher = new FileSystemWatcher(file.DirectoryName!, file.Name);
        watcher.Renamed += (_, _) => Look();
        watcher.EnableRaisingEvents = true;
        Look();
        await saved.Task.WaitAsync(Cancellation);
    }
}
