using System.CommandLine;
using System.Text;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.CommandLine.Files;
using LinkMonitor.Wording;

namespace LinkMonitor.CommandLine.Service;

/// <summary><c>linkmonitor apply FILE</c>: makes a project watch what a list in git says.</summary>
internal static class ApplyCommand
{
    private static readonly ExitTable Exits = new(
        (ExitCodes.AsExpected, "the project is as the list says, or with --dry-run the plan was shown"),
        (ExitCodes.WrongUsage, "wrong usage, something in the list is wrong, or refused"),
        (ExitCodes.BadData, "the file is missing or cannot be read"),
        (ExitCodes.Unavailable, "a setting is wrong, or the service does not answer"),
        (ExitCodes.NoPermission, "the key does not allow it"));

    public static Command Build(TimeProvider time)
    {
        var options = new ServiceOptions();
        var file = new Argument<FileInfo>("file") { Description = "A list of links in YAML or JSON." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only show what would be done." };
        var prune = new Option<bool>("--prune")
        {
            Description = "Also remove links of the project that the list does not name. It can be undone in the dashboard.",
        };
        var command = options.NewCommand(
            "apply",
            "Make a project watch what a list says: add links that are new, change those that differ. Links that the list does not name "
                + "stay. Everything is read and planned first: if a line is wrong, nothing is written.",
            parsed => parsed.Valid(file) is { Exists: false } missing ? [FileCheck.Missing(missing)] : [],
            Exits);
        command.Add(file);
        command.Add(dryRun);
        command.Add(prune);
        options.AddTo(command, ofProject: true);
        command.SetAction((parsed, cancellationToken) => options.RunAsync(
            parsed,
            time,
            async run =>
            {
                var (list, isRight) = await ReadAsync(parsed.GetRequiredValue(file), run.Console, cancellationToken);
                var apply = list is null ? null : new WatchListRun(run, list, parsed.GetValue(prune), parsed.GetValue(dryRun));
                if (isRight)
                    return await apply!.RunAsync(cancellationToken);
                if (apply is not null)
                    await apply.NameErrorsAsync(cancellationToken);
                await run.Console.Error.WriteLineAsync("Nothing was written.");
                return ExitCodes.WrongUsage;
            },
            cancellationToken));
        return command;
    }

    /// <summary>The list, as far as it can be read, and whether it is right; what is not is said.</summary>
    /// <exception cref="ServiceFailureException">The file cannot be read.</exception>
    private static async Task<(WatchList? List, bool IsRight)> ReadAsync(
        FileInfo file, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        const int mostErrors = 50;
        var errors = new List<string>();
        var list = WatchList.Read(await TextAsync(file, cancellationToken), errors);
        foreach (var error in errors.Take(mostErrors))
            await console.Error.WriteLineAsync(TerminalText.Safe(error, 2_000));
        if (errors.Count > mostErrors)
            await console.Error.WriteLineAsync($"And {errors.Count - mostErrors} more.");
        return (list, errors.Count == 0);
    }

    private static async Task<string> TextAsync(FileInfo file, CancellationToken cancellationToken)
    {
        if (file.Length > WatchList.MaxLength)
            throw Unreadable($"it has {file.Length} bytes; at most {WatchList.MaxLength} are read. Import it instead.");
        try
        {
            var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            return await File.ReadAllTextAsync(file.FullName, strict, cancellationToken);
        }
        catch (DecoderFallbackException)
        {
            throw Unreadable("it is not UTF-8. Save it as UTF-8.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(e.Message);
        }

        ServiceFailureException Unreadable(string why) => new($"{file.Name} cannot be read: {why}", ExitCodes.BadData);
    }
}
