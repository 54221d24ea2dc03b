using System.CommandLine;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.Doctor;
using LinkMonitor.Hosting;
using LinkMonitor.Hosting.Azurite;
using LinkMonitor.Hosting.Installations;
using LinkMonitor.Hosting.Serving;
using LinkMonitor.Keys;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Connecting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LinkMonitor.CommandLine;

/// <summary><c>linkmonitor serve</c>, also without arguments: API, timers and queues in one process.</summary>
internal static class ServeCommand
{
    public const string Name = "serve";

    public static CliCommand Build()
    {
        var port = new Option<int?>("--port")
        {
            Description = $"Port on localhost (default {ServerSettings.DefaultPort}).",
            HelpName = "PORT",
            CustomParser = result => CommandOptions.ReadNumber("--port", 1, 65535)(result),
        };
        var allowPrivate = CommandOptions.AllowPrivateNetworks();
        var adopt = new Option<bool>("--adopt")
        {
            Description = "Take over a storage that is not marked as this installation's own: the one in the settings, or the Azurite "
                + "on the usual ports.",
        };
        var exits = new ExitTable(
            (ExitCodes.AsExpected, "stopped by Ctrl+C or SIGTERM while it ran"),
            (ExitCodes.Unavailable, "a setting is wrong, or something needed is missing or does not answer"),
            (ExitCodes.Interrupted, "Ctrl+C before it ran, or when it could not end within 20 seconds"),
            (ExitCodes.Terminated, "the same by SIGTERM"));
        var command = new CliCommand(Name, "Run the API, the timers and the queues. This is the default without a command.", exits)
        {
            Settings = parsed => StartCheck.FailuresAsync(Server.CreateBuilder(Settings(parsed)).Configuration),
        };
        command.Add(port);
        command.Add(allowPrivate);
        command.Add(adopt);
        command.SetAction(
            (parsed, cancellationToken) => RunAsync(Settings(parsed), parsed.InvocationConfiguration, cancellationToken));
        return command;

        ServerSettings Settings(ParseResult parsed) => new()
        {
            Port = parsed.Valid(port),
            AllowPrivateNetworks = parsed.Valid(allowPrivate),
            Adopt = parsed.Valid(adopt),
        };
    }

    /// <summary>A process that was told to stop has twenty seconds for it, and its Azurite ten.</summary>
    private static readonly TimeSpan TakeOverTime = TimeSpan.FromSeconds(40);

    private static async Task<int> RunAsync(ServerSettings settings, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        try
        {
            OwnStorage? opened = null;
            var builder = Builder(settings, () => opened!);
            // What is wrong with the settings is found in the application that is to run: a second one would double the work of a start.
            await using var app = builder.Build();
            if (StartCheck.Failures(app.Services) is [_, ..] failures)
                return await FailAsync(console, [.. failures.Prepend("The configuration is not valid:")]);
            if (PortCheck.Taken(app.Configuration) is { } taken)
                return await FailAsync(console, $"{taken} is in use by another program. Stop that, or choose another port with --port.");
            var file = new InstallationFile(LocalOptions.From(app.Configuration).FullFolder, TimeProvider.System);
            await using var storage = await OwnStorage.OpenAsync(app.Configuration, settings.Adopt, console.Output, cancellationToken);
            opened = storage;
            Rooms.Use(app);
            return await ServeAsync(app, storage.Azurite, Claim, console, cancellationToken);

            // What is in the data folder, or was joined by its mark, is ours.
            Task<string?> Claim(CancellationToken stop) => storage.Azurite is null
                ? StorageClaim.MakeAsync(storage.Options, file, settings.Adopt, stop)
                : Task.FromResult<string?>(null);
        }
        catch (AzuriteUnavailableException e)
        {
            return await FailAsync(console, e.Message);
        }
        catch (StorageFailureException e)
        {
            return await FailAsync(console, $"The Azurite of this installation failed: {e.Message}");
        }
        catch (InvalidStorageOptionsException e)
        {
            return await FailAsync(console, e.Message);
        }
    }

    /// <param name="opened">The storage, which is opened once the settings are known to be right.</param>
    private static WebApplicationBuilder Builder(ServerSettings settings, Func<OwnStorage> opened)
    {
        var builder = Server.CreateBuilder(settings);
        Server.AddRooms(builder, () => opened().Options);
        Server.AddLoops(builder);
        builder.Services.AddDoctor();
        // All settings are checked before anything runs, so not again when it starts.
        builder.Services.RemoveAll<IStartupValidator>();
        if (!StartCheck.NamesStorage(builder.Configuration))
            builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<AzuriteWatch>(services, opened().Azurite!));
        return builder;
    }

    /// <param name="azurite">Null when the storage is set.</param>
    /// <param name="claim">Marks the storage, and gives a warning when it is another installation's.</param>
    private static async Task<int> ServeAsync(
        WebApplication app, AzuriteStorage? azurite, Func<CancellationToken, Task<string?>> claim, InvocationConfiguration console,
        CancellationToken cancellationToken)
    {
        // Ends before its storage does.
        await using var ending = app;
        if (await PrepareAsync(app, azurite, cancellationToken) is { } problem)
            return await FailAsync(console, problem);
        if (await app.Services.GetRequiredService<MailProbe>().FindProblemAsync(cancellationToken) is { } mail)
            await console.Error.WriteLineAsync(
                $"Mail cannot be sent now. {mail} Alerts wait meanwhile. 'linkmonitor doctor' says what to do.");
        if (await claim(cancellationToken) is { } warning)
            await console.Error.WriteLineAsync(warning);
        await AnnounceAsync(app, console, cancellationToken);
        return await app.RunToExitCodeAsync(cancellationToken);
    }

    // The process whose Azurite was joined may have been killed since, or have begun to stop: then that is waited for, and ours started.
    private static async Task<string?> PrepareAsync(WebApplication app, AzuriteStorage? azurite, CancellationToken cancellationToken)
    {
        var problem = await StorageStart.PrepareAsync(app.Services, cancellationToken);
        return problem is not null && azurite is not null
            && await azurite.TryTakeOverAsync(TakeOverTime, TimeProvider.System, cancellationToken)
            ? await StorageStart.PrepareAsync(app.Services, cancellationToken) : problem;
    }

    private static async Task AnnounceAsync(WebApplication app, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        var firstKey = await app.Services.GetRequiredService<KeyRing>().IssueFirstAsync(cancellationToken);

        // A log is kept and read by others; a terminal is read by whoever started this.
        var signsIn = !Console.IsOutputRedirected;
        app.Lifetime.ApplicationStarted.Register(
            () => Announcement.WriteAsync(app, firstKey, signsIn, console.Output, cancellationToken).GetAwaiter().GetResult());
    }

    private static async Task<int> FailAsync(InvocationConfiguration console, params string[] lines)
    {
        foreach (var line in lines)
            await console.Error.WriteLineAsync(line);
        return ExitCodes.Unavailable;
    }
}
