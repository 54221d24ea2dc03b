using System.CommandLine;
using System.Text.Json;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.CommandLine.Files;
using LinkMonitor.CommandLine.Output;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Imports;
using LinkMonitor.Imports.Encodings;
using LinkMonitor.Imports.Rows;

namespace LinkMonitor.CommandLine;

/// <summary><c>linkmonitor check</c>: one check of one link, or of every link in a file.</summary>
internal static class CheckCommand
{
    private static readonly ExitTable Exits = new(
        (ExitCodes.AsExpected, "as expected"),
        (ExitCodes.Different, "changed, lost or not found"),
        (ExitCodes.CouldNotTell, "could not tell (for a file the worst of all: 1, then 2, then 0)"),
        (ExitCodes.WrongUsage, "wrong usage or a wrong row"),
        (ExitCodes.BadData, "the file is missing or cannot be read"),
        (ExitCodes.CannotCreate, "results cannot be written"));

    public static Command Build(TimeProvider time)
    {
        var options = new CheckOptions();
        options.Encoding.Checked(TextEncodings.WrongName);
        var command = new CliCommand("check", "Check whether a page carries a link, or every link of a CSV file.", Exits)
        {
            Rules = parsed => Wrong(parsed, options),
        };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(options.File) is { } file
            ? CheckFileAsync(parsed, options, file, time, cancellationToken)
            : CheckPageAsync(parsed, options, time, cancellationToken));
        return command;
    }

    private static IEnumerable<WrongCall> Wrong(ParseResult parsed, CheckOptions options) =>
        (parsed.Gives(options.Page), parsed.Gives(options.File)) switch
        {
            (false, false) => [new WrongCall("Give a page and --target, or a file with --file.")],
            (true, true) => [new WrongCall("Give either a page or --file, not both.")],
            (true, false) => WrongForPage(parsed, options).Select(message => new WrongCall(message)),
            (false, true) => Given(parsed, options.OfSinglePage)
                .Select(option => new WrongCall($"{option} works only with a single page; in a file it is a column."))
                .Concat(FileCheck.Wrong(
                    parsed.Valid(options.File), parsed.Valid(options.Output), parsed.Valid(options.Baseline),
                    parsed.Valid(options.Resume) && !parsed.Gives(options.Output))),
        };

    private static IEnumerable<string> WrongForPage(ParseResult parsed, CheckOptions options)
    {
        foreach (var option in Given(parsed, options.OfFile))
            yield return $"{option} works only with --file.";
        if (parsed.Valid(options.Json) && parsed.Valid(options.Explain))
            yield return "Give either --json or --explain, not both.";
        if (!parsed.Gives(options.Target))
            yield return "The target is missing. Give --target, where the link should point.";
    }

    private static async Task<int> CheckPageAsync(
        ParseResult parsed, CheckOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var console = parsed.InvocationConfiguration;

        // Each part was right by itself when the call was read.
        if (!ExpectationText.TryReadUrl("page", parsed.GetValue(options.Page), out var url, out var error)
            || !ExpectationText.TryRead(
                parsed.GetValue(options.Target), parsed.GetValue(options.Match), parsed.GetValue(options.Rel),
                parsed.GetValue(options.Anchor),
                out var expectation, out error))
            return await CommandErrors.TellAsync(console, parsed.CommandResult, [new WrongCall(error)]);

        var access = options.Web.Read(parsed);
        var verdict = await SinglePage.CheckAsync(url, expectation, access, time, cancellationToken);
        var view = CheckView.Of(url, expectation, verdict);
        if (parsed.GetValue(options.Json))
            await console.Output.WriteLineAsync(JsonSerializer.Serialize(view, CliJson.Indented.CheckView));
        else
            await CheckText.WriteAsync(console.Output, view);
        if (parsed.GetValue(options.Explain))
            ExplanationText.Write(console.Output, Explainer.Explain(verdict));
        await CommandErrors.HintAsync(console, view.Observation, access.AllowPrivateNetworks);
        return ExitCodes.For(view.State);
    }

    private static Task<int> CheckFileAsync(
        ParseResult parsed, CheckOptions options, FileInfo file, TimeProvider time, CancellationToken cancellationToken)
    {
        return new FileCheck(parsed.InvocationConfiguration, time).RunAsync(
            new FileCheckSettings
            {
                Source = new RowSource(
                    file,
                    new RowDefaults(parsed.GetValue(options.Target), parsed.GetValue(options.Match))
                    {
                        Encoding = parsed.GetValue(options.Encoding),
                        Sheet = parsed.GetValue(options.Sheet),
                        Columns = ImportChoicesReader.Columns(parsed.GetValue(options.Columns), static _ => { }),
                    },
                    parsed.GetValue(options.SkipBad)),
                Output = parsed.GetValue(options.Output),
                Baseline = parsed.GetValue(options.Baseline),
                Json = parsed.GetValue(options.Json),
                Resume = parsed.GetValue(options.Resume),
                Explain = parsed.GetValue(options.Explain),
                Pacing = new HostPacing
                {
                    PerHost = parsed.GetValue(options.PerHost),
                    InAll = parsed.GetValue(options.Concurrency),
                    Pause = parsed.GetValue(options.Delay) ?? HostPacing.DefaultPause,
                },
                Access = options.Web.Read(parsed),
            },
            cancellationToken);
    }

    /// <summary>The names of those of some options that were given.</summary>
    private static IEnumerable<string> Given(ParseResult parsed, IEnumerable<Option> options) =>
        options.Where(parsed.Gives).Select(option => option.Name);
}

/// <summary>Checks one page for one command.</summary>
internal static class SinglePage
{
    // A robots.txt and a page, asked for by somebody who waits, burden no host.
    private static readonly HostPacing Unpaced = new() { Pause = TimeSpan.Zero };

    /// <summary>What the page itself says.</summary>
    public static async Task<Observation> ObserveAsync(
        WebUrl page, WebAccess access, TimeProvider time, CancellationToken cancellationToken)
    {
        using var checks = new CommandChecks(access, Unpaced, time);
        return (await checks.Observer.CheckAsync(page, !access.IgnoreRobots, cancellationToken)).Seen;
    }

    /// <summary>What the page says of a link, with its canonical and the link's target.</summary>
    public static async Task<Verdict> CheckAsync(
        WebUrl page, Expectation expectation, WebAccess access, TimeProvider time, CancellationToken cancellationToken)
    {
        using var checks = new CommandChecks(access, Unpaced, time);
        var observed = await checks.Pages.CheckAsync(page, !access.IgnoreRobots, cancellationToken);
        return await checks.Links.CheckAsync(observed.Seen, expectation, cancellationToken);
    }
}
