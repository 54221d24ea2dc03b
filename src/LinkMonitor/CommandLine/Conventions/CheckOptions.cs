using System.CommandLine;
using System.Globalization;
using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Imports;
using LinkMonitor.Imports.Rows;

namespace LinkMonitor.CommandLine.Conventions;

/// <summary>The options of <c>linkmonitor check</c>.</summary>
internal sealed class CheckOptions
{
    public const int DefaultConcurrency = 32;

    /// <summary><see cref="HostPacing.DefaultPause"/> as it is written here.</summary>
    private static readonly string DefaultDelay =
        string.Create(CultureInfo.InvariantCulture, $"{HostPacing.DefaultPause.TotalSeconds}s");

    public Argument<string?> Page { get; } = new Argument<string?>("page")
    {
        Description = "The page that should carry the link.",
        Arity = ArgumentArity.ZeroOrOne,
    }.Checked(text => ExpectationText.WrongUrl("page", text));

    public Option<string?> Target { get; } = new Option<string?>("--target")
    {
        Description = "Where the link should point; with --file, where all links should, if the file has no column for it.",
        HelpName = "URL",
    }.Checked(text => ExpectationText.WrongUrl("target", text));

    public Option<string?> Match { get; } = new Option<string?>("--match")
    {
        Description = "How close the link must come: exact, page (default), prefix or host.",
        HelpName = "MODE",
    }.Checked(ExpectationText.WrongMatch);

    public Option<string?> Rel { get; } = new Option<string?>("--rel")
    {
        Description = "Expected rel: follow, any (default), or one or more of nofollow, sponsored, ugc.",
        HelpName = "REL",
    }.Checked(ExpectationText.WrongRel);

    public Option<string?> Anchor { get; } = new Option<string?>("--anchor")
    {
        Description = "Expected anchor text.",
        HelpName = "TEXT",
    }.Checked(ExpectationText.WrongAnchor);

    public Option<bool> Json { get; } = CommandOptions.Json();

    public Option<bool> Explain { get; } = new("--explain")
    {
        Description = "Show every step of the check and the one that decides. For a single page, as text only.",
    };

    public Option<FileInfo?> File { get; } = new("--file")
    {
        Description = "Check every row of a CSV file with the columns page,target and optionally rel,anchor,match, or of another "
            + "tool's export.",
        HelpName = "links.csv",
    };

    public Option<FileInfo?> Output { get; } = new("--output")
    {
        Description = "With --file: where the results go, as .csv or .jsonl.",
        HelpName = "results.csv|results.jsonl",
    };

    public Option<bool> Resume { get; } = new("--resume")
    {
        Description = "With --output: keep the results that are there; check what is missing, and rows with a changed cell.",
    };

    public Option<bool> SkipBad { get; } = new("--skip-bad")
    {
        Description = "With --file: list rows that are not links and skip them, also bad lines of a baseline, instead of checking nothing.",
    };

    public Option<string?> Sheet { get; } = new("--sheet")
    {
        Description = "With --file: the sheet of an Excel workbook, where several list links.",
        HelpName = "NAME",
    };

    public Option<string?> Columns { get; } = new Option<string?>("--columns")
    {
        Description = "With --file: what columns are, by name or number, where the guess is wrong or in doubt: page:2,target:Landing page.",
        HelpName = "ROLE:COLUMN,...",
    }.Checked(ImportChoicesReader.WrongColumns);

    public Option<string?> Encoding { get; } = new Option<string?>("--encoding")
    {
        Description = "With --file: its encoding, where that cannot be detected for certain, for example windows-1250, macintosh or "
            + "shift_jis.",
        HelpName = "NAME",
    };

    public Option<FileInfo?> Baseline { get; } = new("--baseline")
    {
        Description = "With --file: the .jsonl results of an earlier run, to compare pages and links with.",
        HelpName = "earlier.jsonl",
    };

    public Option<int> Concurrency { get; } = new("--concurrency")
    {
        Description = "With --file: how many pages at a time in all, 1 to 1000.",
        HelpName = "N",
        DefaultValueFactory = _ => DefaultConcurrency,
        CustomParser = CommandOptions.ReadNumber("--concurrency", 1, 1000),
    };

    public Option<int> PerHost { get; } = new("--per-host")
    {
        Description = "With --file: how many pages at a time of one host, 1 to 100.",
        HelpName = "N",
        DefaultValueFactory = _ => HostPacing.DefaultPerHost,
        CustomParser = CommandOptions.ReadNumber("--per-host", 1, 100),
    };

    public Option<TimeSpan?> Delay { get; } = new("--delay")
    {
        Description = $"With --file: pause between requests to one host, for example 500ms, 1s or 0 (default {DefaultDelay}).",
        HelpName = "DURATION",
        CustomParser = CommandOptions.ReadDuration,
    };

    public WebAccessOptions Web { get; } = new();

    /// <summary>The options that only make sense for a single page.</summary>
    public IEnumerable<Option> OfSinglePage => [Rel, Anchor];

    /// <summary>The options that only make sense with <see cref="File"/>.</summary>
    public IEnumerable<Option> OfFile => [Output, Resume, SkipBad, Encoding, Sheet, Columns, Baseline, Concurrency, PerHost, Delay];

    public void AddTo(Command command)
    {
        command.Arguments.Add(Page);
        Option[] all =
        [
            Target, Match, Rel, Anchor, Json, Explain, File, Output, Resume, SkipBad, Encoding, Sheet, Columns, Baseline, Concurrency,
            PerHost, Delay,
            .. Web.All,
        ];
        foreach (var option in all)
            command.Options.Add(option);
    }
}
