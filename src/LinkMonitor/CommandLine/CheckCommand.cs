using System.CommandLine;
using System.Text.Json;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.CommandLine.Files;
using LinkMonitor.CommandLine.Output;
using LinkMonitor.CommandLine.Rows;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Fetching.Pacing;

namespace LinkMonitor.CommandLine;

/// <summary><c>linkmonitor check</c>: one check of one link, or of every link in a file.</summary>
internal static class CheckCommand
{
    public static Command Build(TimeProvider time)
    {
        var command = new Command("check", "Check whether a page carries a link, or every link of a "
            + "CSV file. " + CommandErrors.ExitCodesOfChecks);
        var options = new CheckOptions();
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, options, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, CheckOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var console = parsed.InvocationConfiguration;
        var page = parsed.GetValue(options.Page);
        var file = parsed.GetValue(options.File);
        return (page, file) switch
        {
            (null, null) => await CommandErrors.UsageAsync(console, "Give a page and --target, or a file with --file."),
            ({ }, { }) => await CommandErrors.UsageAsync(console, "Give either a page or --file, not both."),
            (null, { }) => await CheckFileAsync(parsed, options, file, time, cancellationToken),
            ({ }, null) => await CheckPageAsync(parsed, options, page, time, cancellationToken),
        };
    }

    private static async Task<int> CheckPageAsync(
        ParseResult parsed, CheckOptions options, string page, TimeProvider time, CancellationToken cancellationToken)
    {
        var console = parsed.InvocationConfiguration;
        if (Given(parsed, options.OfFile) is { } fileOption)
            return await CommandErrors.UsageAsync(console, $"{fileOption} works only with --file.");
        if (parsed.GetValue(options.Json) && parsed.GetValue(options.Explain))
            return await CommandErrors.UsageAsync(console, "Give either --json or --explain, not both.");
        if (!ExpectationText.TryReadUrl("page", page, out var url, out var error)
            || !ExpectationText.TryRead(
                parsed.GetValue(options.Target), parsed.GetValue(options.Match), parsed.GetValue(options.Rel),
                parsed.GetValue(options.Anchor),
                out var expectation, out error))
            return await CommandErrors.UsageAsync(console, error);

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
        var console = parsed.InvocationConfiguration;
        if (Given(parsed, options.OfSinglePage) is { } pageOption)
            return CommandErrors.UsageAsync(console, $"{pageOption} works only with a single page; in a file it is a column.");
        return new FileCheck(console, time).RunAsync(
            new FileCheckSettings
            {
                Source = new RowSource(
                    file, parsed.GetValue(options.Encoding),
                    new RowDefaults(parsed.GetValue(options.Target), parsed.GetValue(options.Match)), parsed.GetValue(options.SkipBad)),
                Output = parsed.GetValue(options.Output),
                Baseline = parsed.GetValue(options.Baseline),
                Json = parsed.GetValue(options.Json),
                Resume = parsed.GetValue(options.Resume),
                Explain = parsed.GetValue(options.Explain),
                Pacing = new HostPacing
                {
                    PerHost = parsed.GetValue(options.PerHost),
                    InAll = parsed.GetValue(options.Concurrency),
                    Pause = parsed.GetValue(options.Delay),
                },
                Access = options.Web.Read(parsed),
            },
            cancellationToken);
    }

    /// <summary>The name of the first of some options that was given, or null.</summary>
    private static string? Given(ParseResult parsed, IEnumerable<Option> options) =>
        options.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false })?.Name;
}
