using System.Net;
using System.Net.Sockets;
using Azure.Storage.Queues;
using LinkMonitor.Hosting.Azurite;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Connecting;

namespace LinkMonitor.IntegrationTests.Hosting.Azurite;

public sealed class AzuriteLauncherTests : IDisposable
{
    private const string FakeListening =
        """
        for (const name of ['Blob', 'Queue', 'Table'])
          console.log(`Azurite ${name} service is successfully listening at http://127.0.0.1:1`);
        process.stdin.resume();
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linkmonitor-launcher-");
    private readonly StringWriter _console = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_starts_with_working_storage_and_keeps_its_data()
    {
        var options = await RealAsync();
        await using (var first = await StartAsync(options))
        {
            Assert.True(first.IsOurs);
            await Queue(first).CreateAsync(cancellationToken: Cancellation);
            await Queue(first).SendMessageAsync("kept", Cancellation);
        }

        await using var second = await StartAsync(options);
        var message = (await Queue(second).ReceiveMessageAsync(cancellationToken: Cancellation)).Value;

        Assert.Equal("kept", message.Body.ToString());
        Assert.Contains($"Azurite on ports {options.Ports.Blob}, {options.Ports.Queue} and {options.Ports.Table}", _console.ToString(),
            StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(options.DataFolder, "azurite.log")));
    }

    [Fact]
    public async Task It_ends_what_it_started()
    {
        var storage = await StartAsync(await RealAsync());
        var queue = Queue(storage);
        await queue.CreateAsync(cancellationToken: Cancellation);

        await storage.DisposeAsync();

        Assert.True(storage.Ended.IsCompletedSuccessfully);
        using var client = new TcpClient();
        await Assert.ThrowsAnyAsync<SocketException>(
            () => client.ConnectAsync(queue.Uri.Host, queue.Uri.Port, Cancellation).AsTask());
    }

    [Fact]
    public async Task It_shares_an_Azurite_that_already_answers()
    {
        var options = await RealAsync();
        await using var first = await StartAsync(options);

        await using (var second = await StartAsync(options with { DataFolder = Path.Combine(_folder.FullName, "other") }))
        {
            Assert.False(second.IsOurs);
            Assert.Equal(first.ConnectionString, second.ConnectionString);
        }

        await Queue(first).CreateAsync(cancellationToken: Cancellation);
        Assert.Contains("already runs on port", _console.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_moves_to_other_ports_when_something_else_has_one_of_them()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var options = await RealAsync();
        options = options with { Ports = options.Ports with { Table = ((IPEndPoint)listener.LocalEndpoint).Port } };

        await using var storage = await StartAsync(options);
        await Queue(storage).CreateAsync(cancellationToken: Cancellation);

        Assert.DoesNotContain($":{options.Ports.Table}/", storage.ConnectionString, StringComparison.Ordinal);
        Assert.Contains("usual ports are taken", _console.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_one_in_the_same_folder_is_refused()
    {
        var options = await RealAsync();
        await using var first = await StartAsync(options with { Ports = AzuritePorts.Any });

        var refused = await Assert.ThrowsAsync<AzuriteUnavailableException>(() => StartAsync(options));

        Assert.Contains("Another LinkMonitor uses", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-node", "npm")]
    [InlineData("node", "no-such-npm")]
    public async Task A_missing_program_is_named_with_both_remedies(string node, string npm)
    {
        var installed = npm == "npm";
        var options = Fake(installed ? "" : null) with { NodeProgram = node, NpmProgram = npm };

        var refused = await Assert.ThrowsAsync<AzuriteUnavailableException>(() => StartAsync(options));

        Assert.Contains(installed ? "`no-such-node`" : "`no-such-npm`", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Node.js 20", refused.Message, StringComparison.Ordinal);
        Assert.Contains("LinkMonitor__Storage", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_Azurite_that_ends_at_once_is_told_with_its_last_lines()
    {
        var options = Fake("console.error('disk on fire'); process.exit(3);");

        var refused = await Assert.ThrowsAsync<AzuriteUnavailableException>(() => StartAsync(options));

        Assert.Contains("disk on fire", refused.Message, StringComparison.Ordinal);
        Assert.Contains("azurite.log", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_start_leaves_the_folder_to_the_next()
    {
        var options = Fake("process.exit(3);");
        await Assert.ThrowsAsync<AzuriteUnavailableException>(() => StartAsync(options));

        Fake(FakeListening);
        await using var storage = await StartAsync(options);

        Assert.True(storage.IsOurs);
    }

    [Fact]
    public async Task An_absent_Azurite_is_installed_first()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for npm is a shell script.");
        var options = Fake(null);
        var npm = Path.Combine(_folder.FullName, "npm");
        await File.WriteAllTextAsync(
            npm, $"#!/bin/sh\nmkdir -p node_modules/azurite/dist/src\ncat > node_modules/azurite/dist/src/azurite.js <<'END'\n{FakeListening}\nEND\n",
            Cancellation);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(npm, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await using var storage = await StartAsync(options with { NpmProgram = npm });

        Assert.True(storage.IsOurs);
        Assert.Contains("running `npm install`", _console.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signals_for_the_whole_terminal_do_not_reach_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        var pid = Path.Combine(_folder.FullName, "pid");
        var answered = Path.Combine(_folder.FullName, "answered");
        var options = Fake(
            $$"""
            const fs = require('fs');
            fs.writeFileSync('{{pid}}', String(process.pid));
            process.once('SIGINT', () => process.exit(9));
            process.once('SIGTERM', () => { fs.writeFileSync('{{answered}}', 'saved'); process.exit(0); });
            process.kill(process.pid, 'SIGINT');
            setImmediate(() => setImmediate(() => { {{FakeListening}} }));
            """);

        var storage = await StartAsync(options);
        await storage.DisposeAsync();

        Assert.Equal("saved", await File.ReadAllTextAsync(answered, Cancellation));
    }

    public void Dispose()
    {
        _console.Dispose();
        _folder.Delete(recursive: true);
    }

    private static QueueClient Queue(AzuriteStorage storage) =>
        new(storage.ConnectionString, "kept-queue", new QueueClientOptions(QueueServiceVersion.Pinned));

    private static AzuritePorts FreePorts()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        using var third = new TcpListener(IPAddress.Loopback, 0);
        var ports = new[] { first, second, third }.Select(listener =>
        {
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }).ToArray();
        return new AzuritePorts(ports[0], ports[1], ports[2]);
    }

    private async Task<AzuriteOptions> RealAsync()
    {
        await NodeModules.FileAsync(Path.Combine("azurite", "dist", "src", "azurite.js"), Cancellation);
        return new() { DataFolder = Path.Combine(_folder.FullName, "data"), Ports = FreePorts() };
    }

    /// <summary>A package folder whose azurite is the given script, or is not installed.</summary>
    private AzuriteOptions Fake(string? script)
    {
        var package = _folder.CreateSubdirectory("package");
        if (script is not null)
            File.WriteAllText(Path.Combine(package.CreateSubdirectory("node_modules/azurite/dist/src").FullName, "azurite.js"), script);
        return new()
        {
            DataFolder = Path.Combine(_folder.FullName, "data"),
            PackageFolder = package.FullName,
            Ports = FreePorts(),
        };
    }

    private Task<AzuriteStorage> StartAsync(AzuriteOptions options) =>
        new AzuriteLauncher(options, TimeProvider.System, _console).StartAsync(Cancellation);
}
