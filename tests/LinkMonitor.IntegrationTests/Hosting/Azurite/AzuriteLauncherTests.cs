using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using LinkMonitor.Hosting.Azurite;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Installations;

namespace LinkMonitor.IntegrationTests.Hosting.Azurite;

[TakesLong]
public sealed class AzuriteLauncherTests : IDisposable
{
    private const string FakeListening =
        """
        for (const name of ['Blob', 'Queue', 'Table'])
          console.log(`Azurite ${name} service is successfully listening at http://127.0.0.1:1`);
        process.stdin.resume();
        """;

    private const string Install = "mkdir -p node_modules/azurite/dist/src && echo > node_modules/azurite/dist/src/azurite.js";

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
        Assert.Contains($"Azurite on ports {Ports(second).Blob}, {Ports(second).Queue} and {Ports(second).Table}", _console.ToString(),
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

        using var client = new TcpClient();
        await Assert.ThrowsAnyAsync<SocketException>(
            () => client.ConnectAsync(queue.Uri.Host, queue.Uri.Port, Cancellation).AsTask());
    }

    [Fact]
    public async Task An_Azurite_of_another_installation_is_left_alone()
    {
        var options = await RealAsync();
        await using var other = await StartAsync(options with { DataFolder = Folder("other") });

        await using var storage = await StartAsync(options with { UsualPorts = Ports(other) });

        Assert.True(storage.IsOurs);
        Assert.NotEqual(other.ConnectionString, storage.ConnectionString);
        Assert.Equal((await MarkAsync(other))!.Id, Id("other"));
        Assert.DoesNotContain("--adopt", _console.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_Azurite_of_a_stranger_with_a_table_of_our_name_is_left_alone()
    {
        var options = await RealAsync();
        await using var stranger = await StrangerAsync(options);
        var table = new TableClient(stranger.ConnectionString, "Keys");
        await table.UpsertEntityAsync(
            new TableEntity("installation", "mark") { ["id"] = 7, ["colour"] = "red" }, cancellationToken: Cancellation);
        await table.UpsertEntityAsync(new TableEntity("keys", "door") { ["owner"] = "Bob" }, cancellationToken: Cancellation);

        await using var storage = await StartAsync(options with { UsualPorts = Ports(stranger) });

        Assert.True(storage.IsOurs);
        Assert.DoesNotContain("--adopt", _console.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            "red", (await table.GetEntityAsync<TableEntity>("installation", "mark", cancellationToken: Cancellation)).Value["colour"]);
    }

    [Fact]
    public async Task Data_of_an_earlier_version_on_the_usual_ports_is_named_and_taken_over_when_told()
    {
        var options = await RealAsync();
        await using var old = await StrangerAsync(options);
        await new TableClient(old.ConnectionString, "Keys").UpsertEntityAsync(
            new TableEntity("keys", "aaaaaaaaaaaa") { ["hash"] = "x", ["scope"] = "admin" }, cancellationToken: Cancellation);
        var beside = options with { UsualPorts = Ports(old) };

        await (await StartAsync(beside)).DisposeAsync();
        Assert.Contains("--adopt", _console.ToString(), StringComparison.Ordinal);
        Assert.Null(await MarkAsync(old));

        await using var adopted = await StartAsync(beside with { Adopt = true });
        await using var later = await StartAsync(beside);

        Assert.All([adopted, later], storage => Assert.Equal((false, old.ConnectionString), (storage.IsOurs, storage.ConnectionString)));
        Assert.Equal((await MarkAsync(old))!.Id, Id("data"));
    }

    [Fact]
    public async Task An_adopted_Azurite_that_is_gone_is_not_replaced_by_an_empty_one()
    {
        var options = await RealAsync();
        var old = await StrangerAsync(options);
        var beside = options with { UsualPorts = Ports(old) };
        await (await StartAsync(beside with { Adopt = true })).DisposeAsync();
        await old.DisposeAsync();

        var refused = await Assert.ThrowsAsync<AzuriteUnavailableException>(() => StartAsync(beside));

        Assert.Contains("installation.json", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_of_an_earlier_version_in_the_folder_is_marked()
    {
        var options = await RealAsync();
        await using (var first = await StartAsync(options))
            await new TableClient(first.ConnectionString, "Keys").DeleteEntityAsync(
                "installation", "mark", cancellationToken: Cancellation);
        File.Delete(Path.Combine(options.DataFolder, "installation.json"));

        await using var second = await StartAsync(options);

        Assert.Equal((await MarkAsync(second))!.Id, Id("data"));
    }

    [Fact]
    public async Task A_copied_folder_is_another_installation_and_a_moved_one_is_not()
    {
        var options = await RealAsync();
        await (await StartAsync(options)).DisposeAsync();
        var id = Id("data");
        Directory.CreateDirectory(Folder("copy"));
        File.Copy(Path.Combine(Folder("data"), "installation.json"), Path.Combine(Folder("copy"), "installation.json"));

        await (await StartAsync(options with { DataFolder = Folder("copy") })).DisposeAsync();
        Directory.Move(Folder("data"), Folder("moved"));
        await (await StartAsync(options with { DataFolder = Folder("moved") })).DisposeAsync();

        Assert.NotEqual(id, Id("copy"));
        Assert.Equal(id, Id("moved"));
    }

    [Fact]
    public async Task Two_that_start_at_once_in_one_folder_use_one_Azurite()
    {
        var options = await RealAsync();

        var storages = await Task.WhenAll(StartAsync(options), StartAsync(options));

        await using var first = storages[0];
        await using var second = storages[1];
        Assert.Single(storages, storage => storage.IsOurs);
        Assert.Equal(first.ConnectionString, second.ConnectionString);
    }

    [Fact]
    public async Task A_second_one_in_the_same_folder_says_who_stops_Azurite_and_who_starts_it_again()
    {
        var options = await RealAsync();
        await using var first = await StartAsync(options);
        using var console = new StringWriter();

        await using var second = await new AzuriteLauncher(options, TimeProvider.System, console).StartAsync(
            TestContext.Current.CancellationToken);

        Assert.True(second.IsKept);
        Assert.Contains(
            "Another LinkMonitor in this folder has started it, and stops it when it ends; this one then starts it again.",
            console.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_that_start_at_once_in_two_folders_share_nothing()
    {
        var options = await RealAsync();

        var storages = await Task.WhenAll(StartAsync(options), StartAsync(options with { DataFolder = Folder("other") }));

        await using var first = storages[0];
        await using var second = storages[1];
        Assert.All(storages, storage => Assert.True(storage.IsOurs));
        Assert.NotEqual(first.ConnectionString, second.ConnectionString);
    }

    [Fact]
    public async Task It_keeps_its_ports_and_moves_when_something_else_has_one_of_them()
    {
        var options = await RealAsync();
        var first = await StartAsync(options);
        await first.DisposeAsync();
        var again = await StartAsync(options);
        await again.DisposeAsync();
        Assert.Equal(first.ConnectionString, again.ConnectionString);
        using var listener = new TcpListener(IPAddress.Loopback, Ports(first).Table);
        listener.Start();

        await using var moved = await StartAsync(options);

        Assert.NotEqual(first.ConnectionString, moved.ConnectionString);
        await Queue(moved).CreateAsync(cancellationToken: Cancellation);
    }

    [Fact]
    public async Task A_second_one_in_the_same_folder_whose_Azurite_does_not_answer_is_refused()
    {
        var options = Fake(FakeListening);
        Directory.CreateDirectory(options.DataFolder);
        using var folder = new AzuriteFolder(options, TimeProvider.System);
        await folder.LockAsync(_ => Task.FromResult<AzuriteStorage?>(null), Cancellation);

        var refused = await Assert.ThrowsAsync<AzuriteUnavailableException>(() => StartAsync(options with { OwnerTime = TimeSpan.Zero }));

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

        await using var storage = await StartAsync(await RealAsync());

        Assert.True(storage.IsOurs);
    }

    [Fact]
    public async Task An_absent_Azurite_is_installed_first()
    {
        var options = await WithNpmAsync(Install);

        var script = await new AzuriteInstallation(options, TimeProvider.System, _console).ScriptAsync(Cancellation);

        Assert.True(File.Exists(script));
        Assert.Contains("running `npm install`", _console.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_that_start_at_once_install_it_once()
    {
        var options = await WithNpmAsync(
            $"echo >> ../runs\n{Install}\nfor i in $(seq 600); do [ -e ../go ] && exit 0; sleep 0.05; done\nexit 5");
        var (first, second) = (new SignallingWriter("not installed yet"), new SignallingWriter("waiting for it"));

        var installing = new AzuriteInstallation(options, TimeProvider.System, first).ScriptAsync(Cancellation);
        await first.Written.WaitAsync(Cancellation);
        var waiting = new AzuriteInstallation(options, TimeProvider.System, second).ScriptAsync(Cancellation);
        await Task.WhenAny(second.Written, waiting).WaitAsync(Cancellation);
        Assert.False(waiting.IsCompleted);
        await File.WriteAllTextAsync(Folder("go"), "", Cancellation);

        Assert.Equal(await installing, await waiting);
        Assert.Single(await File.ReadAllLinesAsync(Folder("runs"), Cancellation));
    }

    [Fact]
    public async Task An_installation_that_was_broken_off_is_done_again()
    {
        var options = await WithNpmAsync($"{Install}\n[ -e ../go ] && exit 0\necho 'no space left'; exit 5");
        var installation = new AzuriteInstallation(options, TimeProvider.System, _console);

        var refused = await Assert.ThrowsAsync<AzuriteUnavailableException>(() => installation.ScriptAsync(Cancellation));
        Assert.Contains("no space left", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<AzuriteUnavailableException>(() => installation.ScriptAsync(Cancellation));
        await File.WriteAllTextAsync(Folder("go"), "", Cancellation);
        await installation.ScriptAsync(Cancellation);
        File.Delete(Folder("go"));

        Assert.Equal(Script(options), await installation.ScriptAsync(Cancellation));
    }

    [Fact]
    public async Task Signals_for_the_whole_terminal_do_not_reach_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        var answered = Path.Combine(_folder.FullName, "answered");
        var options = Fake(
            $$"""
            const fs = require('fs');
            process.once('SIGINT', () => process.exit(9));
            process.once('SIGTERM', () => { fs.writeFileSync('{{answered}}', 'saved'); process.exit(0); });
            process.kill(process.pid, 'SIGINT');
            setImmediate(() => setImmediate(() => { {{FakeListening}} }));
            """);
        Directory.CreateDirectory(options.DataFolder);

        var (process, _) = await new AzuriteFolder(options, TimeProvider.System).StartAsync(Script(options), Cancellation);
        await process.DisposeAsync();

        Assert.Equal("saved", await File.ReadAllTextAsync(answered, Cancellation));
    }

    [Fact]
    public async Task A_fault_inside_it_is_printed_and_lets_it_save()
    {
        var answered = Path.Combine(_folder.FullName, "answered");
        var options = Fake(
            $$"""
            const fs = require('fs');
            process.once('SIGTERM', () => { fs.writeFileSync('{{answered}}', 'saved'); process.exit(); });
            {{FakeListening}}
            setTimeout(() => { throw new Error('out of luck'); }, 1);
            """);
        Directory.CreateDirectory(options.DataFolder);

        var (process, _) = await new AzuriteFolder(options, TimeProvider.System).StartAsync(Script(options), Cancellation);
        var code = await process.EndedAsync(Cancellation);
        await process.DisposeAsync();

        Assert.Equal(70, code);
        Assert.Equal("saved", await File.ReadAllTextAsync(answered, Cancellation));
        Assert.Contains(
            "out of luck",
            await File.ReadAllTextAsync(Path.Combine(options.DataFolder, "azurite.log"), Cancellation),
            StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _console.Dispose();
        _folder.Delete(recursive: true);
    }

    private static QueueClient Queue(AzuriteStorage storage) =>
        new(storage.ConnectionString, "kept-queue", new QueueClientOptions(QueueServiceVersion.Pinned));

    private static AzuritePorts Ports(AzuriteStorage storage)
    {
        var services = storage.ConnectionString.Split(';');
        int Port(string name) => new Uri(services.Single(part => part.StartsWith(name, StringComparison.Ordinal)).Split('=')[1]).Port;
        return new AzuritePorts(Port("Blob"), Port("Queue"), Port("Table"));
    }

    private static Task<InstallationMark?> MarkAsync(AzuriteStorage storage) =>
        InstallationMarkStore.Glance(storage.ConnectionString).FindAsync(Cancellation);

    private string Folder(string name) => Path.Combine(_folder.FullName, name);

    private string? Id(string folder) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder(folder), "installation.json"))).RootElement.GetProperty("id").GetString();

    /// <summary>An Azurite with a table of the name of ours and without a mark.</summary>
    private async Task<AzuriteStorage> StrangerAsync(AzuriteOptions options)
    {
        var stranger = await StartAsync(options with { DataFolder = Folder("stranger") });
        await new TableClient(stranger.ConnectionString, "Keys").DeleteEntityAsync("installation", "mark", cancellationToken: Cancellation);
        return stranger;
    }

    private async Task<AzuriteOptions> RealAsync()
    {
        await NodeModules.FileAsync(Path.Combine("azurite", "dist", "src", "azurite.js"), Cancellation);
        return new() { DataFolder = Folder("data") };
    }

    /// <summary>A package folder whose azurite is the given script, or is not installed.</summary>
    private AzuriteOptions Fake(string? script)
    {
        var package = _folder.CreateSubdirectory("package");
        if (script is not null)
            File.WriteAllText(Path.Combine(package.CreateSubdirectory("node_modules/azurite/dist/src").FullName, "azurite.js"), script);
        return new()
        {
            DataFolder = Folder("data"),
            PackageFolder = package.FullName,
        };
    }

    /// <summary>A package folder without azurite, and a stand-in for npm that runs this shell script in it.</summary>
    private async Task<AzuriteOptions> WithNpmAsync(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for npm is a shell script.");
        var npm = Path.Combine(_folder.FullName, "npm");
        await File.WriteAllTextAsync(npm, $"#!/bin/sh\n{script}\n", Cancellation);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(npm, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return Fake(null) with { NpmProgram = npm };
    }

    private static string Script(AzuriteOptions options) =>
        Path.Combine(options.PackageFolder!, "node_modules", "azurite", "dist", "src", "azurite.js");

    private Task<AzuriteStorage> StartAsync(AzuriteOptions options) =>
        new AzuriteLauncher(options, TimeProvider.System, _console).StartAsync(Cancellation);

    /// <summary>Says when a line with some words was written.</summary>
    private sealed class SignallingWriter(string words) : StringWriter
    {
        private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Written => _written.Task;

        public override Task WriteLineAsync(string? value)
        {
            if (value?.Contains(words, StringComparison.Ordinal) == true)
                _written.TrySetResult();
            return base.WriteLineAsync(value);
        }
    }
}
