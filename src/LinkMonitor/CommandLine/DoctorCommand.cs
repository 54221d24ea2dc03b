using System.CommandLine;
using System.Text.Json;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.CommandLine.Output;
using LinkMonitor.Doctor;
using LinkMonitor.Hosting.Azurite;
using LinkMonitor.Hosting.Serving;
using LinkMonitor.Mail;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Wording;

namespace LinkMonitor.CommandLine;

/// <summary><c>linkmonitor doctor</c>: tries everything that the service needs, and says what to do.</summary>
internal static class DoctorCommand
{
    public static Command Build()
    {
        var mailTo = new Option<string?>("--mail-to")
        {
            Description = "Send a test mail to this address, in the same way as alerts.",
            HelpName = "ADDRESS",
        }.Checked(address => EmailAddress.IsValid(address) ? null : $"'{address}' is not an e-mail address.");
        var json = CommandOptions.Json();
        var exits = new ExitTable(
            (ExitCodes.AsExpected, "it can work"), (ExitCodes.Unavailable, "a setting is wrong, or something does not work"));
        var command = new CliCommand(
            "doctor",
            "Test everything that the service needs, with the settings of this folder and environment: settings, storage, queues, mail, "
                + "names, network, clock and public address. Says how to fix what fails.",
            exits)
        {
            Settings = _ => StartCheck.FailuresAsync(Server.CreateBuilder(new ServerSettings()).Configuration),
        };
        command.Add(mailTo);
        command.Add(json);
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetValue(mailTo), parsed.GetValue(json), parsed.InvocationConfiguration, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? mailTo, bool json, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        var findings = await FindAsync(mailTo, console, cancellationToken);
        if (json)
            await console.Output.WriteLineAsync(JsonSerializer.Serialize(findings, CliJson.Indented.IReadOnlyListFinding));
        else
            await WriteAsync(console.Output, findings);
        return findings.Any(finding => finding.State == FindingState.Fails) ? ExitCodes.Unavailable : ExitCodes.AsExpected;
    }

    private static async Task<IReadOnlyList<Finding>> FindAsync(
        string? mailTo, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        try
        {
            var builder = Server.CreateBuilder(new ServerSettings());
            builder.Logging.ClearProviders();
            if (await StartCheck.FailuresAsync(builder.Configuration) is [_, ..] failures)
                return [.. failures.Select(failure => new Finding("settings", FindingState.Fails, failure, "docs/configuration.md lists "
                    + "all settings. Nothing else was tested."))];
            await using var storage = await OwnStorage.OpenAsync(builder.Configuration, adopt: false, TextWriter.Null, cancellationToken);
            var name = storage.Azurite is null ? "the storage in the settings" : "Azurite on this machine";
            return await FindAsync(builder, storage.Options, name, mailTo, cancellationToken);
        }
        catch (AzuriteUnavailableException e)
        {
            return [new Finding("storage", FindingState.Fails, e.Message, "Install Node.js with npm, or set LinkMonitor:Storage to a "
                + "storage account.")];
        }
        catch (InvalidStorageOptionsException e)
        {
            return [new Finding("storage", FindingState.Fails, e.Message, "Correct LinkMonitor:Storage or AzureWebJobsStorage.")];
        }
    }

    private static async Task<IReadOnlyList<Finding>> FindAsync(
        WebApplicationBuilder builder, StorageOptions storage, string name, string? mailTo, CancellationToken cancellationToken)
    {
        Server.AddRooms(builder, storage);
        builder.Services.AddDoctor();
        await using var app = Server.Build(builder);
        var services = app.Services;
        return
        [
            new Finding("settings", FindingState.Ok, "All names and values are valid."),
            .. await services.GetRequiredService<StorageProbe>().RunAsync(name, cancellationToken),
            .. await services.GetRequiredService<MailProbe>().RunAsync(mailTo, cancellationToken),
            .. await services.GetRequiredService<NetworkProbe>().RunAsync(cancellationToken),
            await services.GetRequiredService<AddressProbe>().RunAsync(cancellationToken),
        ];
    }

    private static async Task WriteAsync(TextWriter output, IReadOnlyList<Finding> findings)
    {
        var width = findings.Max(finding => finding.Part.Length);
        foreach (var finding in findings)
        {
            await output.WriteLineAsync($"{Word(finding.State),-5} {finding.Part.PadRight(width)}  {TerminalText.Safe(finding.Said)}");
            if (finding.ToDo is { } toDo)
                await output.WriteLineAsync($"{new string(' ', width + 8)}{toDo}");
        }
    }

    private static string Word(FindingState state) => state switch
    {
        FindingState.Ok => "ok",
        FindingState.Note => "note",
        _ => "FAILS",
    };
}
