using System.CommandLine;
using LinkMonitor.Doctor;
using LinkMonitor.Hosting;
using LinkMonitor.Hosting.Account;
using LinkMonitor.Hosting.Azurite;
using LinkMonitor.Hosting.Serving;
using LinkMonitor.Hosting.Settings;
using LinkMonitor.Keys;
using LinkMonitor.Storage.Connecting;

namespace LinkMonitor.CommandLine;

/// <summary><c>linkmonitor serve</c>, also without arguments: API, timers and queues in one process.</summary>
internal static class ServeCommand
{
    public static Command Build()
    {
        var port = new Option<int?>("--port")
        {
            Description = $"Port on localhost (default {ServerSettings.DefaultPort}).",
            HelpName = "PORT",
            CustomParser = result => CommandOptions.ReadNumber("--port", 1, 65535)(result),
        };
        var allowPrivate = CommandOptions.AllowPrivateNetworks();
        var command = new Command("serve", "Run the API, the timers and the queues. The default without a "
            + "command. " + CommandErrors.ExitCodesOfOthers) { port, allowPrivate };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new ServerSettings { Port = parsed.GetValue(port), AllowPrivateNetworks = parsed.GetValue(allowPrivate) },
            parsed.InvocationConfiguration,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ServerSettings settings, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        try
        {
            var builder = Server.CreateBuilder(settings);
            if (StorageAccount.From(builder.Configuration) is { } account)
                return await ServeAsync(builder, account.ToOptions(), console, cancellationToken);

            var launcher = new AzuriteLauncher(new AzuriteOptions(), TimeProvider.System, console.Output);
            await using var azurite = await launcher.StartAsync(cancellationToken);
            if (azurite.IsOurs)
                builder.Services.AddSingleton(azurite).AddHostedService<AzuriteWatch>();
            return await ServeAsync(builder, new StorageOptions { ConnectionString = azurite.ConnectionString }, console, cancellationToken);
        }
        catch (AzuriteUnavailableException e)
        {
            return await FailAsync(console, e.Message);
        }
        catch (InvalidStorageOptionsException e)
        {
            return await FailAsync(console, $"The storage setting cannot be used: {e.Message}");
        }
    }

    private static async Task<int> ServeAsync(
        WebApplicationBuilder builder, StorageOptions storage, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        Server.AddRooms(builder, storage);
        Server.AddLoops(builder);
        builder.Services.AddDoctor();
        await using var app = Server.Build(builder);
        if (SettingsCheck.Failures(app.Services) is [_, ..] failures)
            return await FailAsync(console, [.. failures.Prepend("The configuration is not valid:")]);
        if (PortCheck.Taken(app.Configuration) is { } taken)
            return await FailAsync(console, $"{taken} is in use by another program. Stop that, or choose another port with --port.");
        if (await StorageStart.PrepareAsync(app.Services, cancellationToken) is { } problem)
            return await FailAsync(console, problem);
        if (await app.Services.GetRequiredService<MailLook>().FindProblemAsync(cancellationToken) is { } mail)
            await console.Error.WriteLineAsync($"No mail can leave now. {mail} Alerts wait meanwhile. 'linkmonitor doctor' says "
                + $"what to do.");
        await AnnounceAsync(app, console, cancellationToken);
        return await app.RunToExitCodeAsync(cancellationToken);
    }

    private static async Task AnnounceAsync(WebApplication app, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        var firstKey = await app.Services.GetRequiredService<KeyRing>().IssueFirstAsync(cancellationToken);
        app.Lifetime.ApplicationStarted.Register(() => Announcement.WriteAsync(app, firstKey, console.Output).GetAwaiter().GetResult());
    }

    private static async Task<int> FailAsync(InvocationConfiguration console, params string[] lines)
    {
        foreach (var line in lines)
            await console.Error.WriteLineAsync(line);
        return ExitCodes.Unavailable;
    }
}
