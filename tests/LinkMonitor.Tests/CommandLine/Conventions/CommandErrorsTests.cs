using System.CommandLine;
using LinkMonitor.CommandLine.Conventions;

namespace LinkMonitor.Tests.CommandLine.Conventions;

/// <summary>
/// A call that is wrong in several ways is told all of them at once, on every command (<see cref="CommandErrors"/>).
/// </summary>
public sealed class CommandErrorsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linkmonitor-");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<string[], string[]> WrongCalls => new()
    {
        {
            ["check", "https://a.example/", "--match", "x", "--rel", "y", "--delay", "z", "--skip-bad"],
            ["'x' is not a match mode", "rel expectation", "'z' is not a duration", "--skip-bad works only with --file",
                "target is missing"]
        },
        {
            ["check", "nonsense", "--target", "ftp://b.example/", "--anchor", "\uFFFD", "--json", "--explain"],
            ["The page 'nonsense' is not", "The target 'ftp://b.example/' is not", "U+FFFD", "--json or --explain"]
        },
        {
            ["check", "--file", "no.csv", "--output", "no.txt", "--baseline", "no.jsonl", "--rel", "follow", "--encoding", "xx",
                "--concurrency", "0"],
            ["no.csv'", "no.txt' must end in", "no.jsonl'", "--rel works only with a single page", "'xx' is not an encoding",
                "--concurrency"]
        },
        { ["check", "--resume", "--per-host", "0", "--file", "no.csv"], ["--resume continues", "--per-host", "no.csv'"] },
        { ["inspect", "nonsense", "--unknown"], ["The page 'nonsense' is not", "--unknown"] },
        {
            ["serve", "--port", "none", "--unknown"], ["'none' is not a valid value for --port", "--unknown"]
        },
        { ["doctor", "--mail-to", "nobody", "--unknown"], ["'nobody' is not an e-mail address", "--unknown"] },
        { ["status", "--url", "nowhere", "--profile", "no-such-profile"], ["'nowhere' is not the address", "no-such-profile"] },
        { ["list", "--tag", "", "--url", "nowhere"], ["--tag is empty", "'nowhere' is not the address"] },
        {
            ["add", "nonsense", "--target", "no", "--match", "x", "--rel", "y", "--url", "nowhere"],
            ["The page 'nonsense'", "The target 'no'", "'x' is not a match mode", "rel expectation", "'nowhere' is not the address"]
        },
        {
            ["import", "no.csv", "--match", "x", "--target", "no", "--encoding", "xx", "--url", "nowhere"],
            ["no.csv'", "'x' is not a match mode", "The target 'no'", "'xx' is not an encoding", "'nowhere' is not the address"]
        },
        { ["import", "no.csv", "--all", "no.archive", "--dry-run"], ["not both", "--dry-run cannot be given", "no.archive'"] },
        { ["recheck", "--url", "nowhere", "--all", "--state", "lost"], ["Name links by their ids", "'nowhere' is not the address"] },
        { ["keys", "revoke", "no/such", "--url", "nowhere"], ["There is no key 'no/such'", "'nowhere' is not the address"] },
        { ["health", "--url", "nowhere", "--unknown"], ["'nowhere' is not the address", "--unknown"] },
    };

    [Theory]
    [MemberData(nameof(WrongCalls))]
    public async Task All_that_is_wrong_is_told_at_once(string[] args, string[] wrong)
    {
        var result = await Cli.RunAsync(args);

        Assert.Equal(64, result.ExitCode);
        Assert.All(wrong, message => Assert.Contains(message, result.Error, StringComparison.Ordinal));
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task Settings_are_told_with_what_else_is_wrong_and_alone_are_no_error_of_the_call()
    {
        var option = new Option<int>("--port");
        var command = new CliCommand("serve", "Serves.", new ExitTable())
        {
            Rules = parsed => parsed.Valid(option) == 7 ? [new WrongCall("Not 7.")] : [],
            Settings = _ => Task.FromResult<IReadOnlyList<string>>(["A setting is wrong."]),
        };
        command.Add(option);

        var right = await command.FindWrongAsync(command.Parse(["--port", "5"]));
        var ruled = await command.FindWrongAsync(command.Parse(["--port", "7"]));
        var unread = await command.FindWrongAsync(command.Parse(["--port", "x"]));

        Assert.Empty(right);
        Assert.Equal([("Not 7.", 64), ("A setting is wrong.", 69)], ruled.Select(wrong => (wrong.Message, wrong.ExitCode)));
        Assert.Equal(2, unread.Count);
    }

    [Theory]
    [InlineData("See 'linkmonitor check --help'.", "check")]
    [InlineData("See 'linkmonitor keys add --help'.", "keys", "add")]
    [InlineData("See 'linkmonitor --help'.", "dance")]
    public async Task The_help_of_the_command_is_named(string hint, params string[] args) =>
        Assert.Contains(hint, (await Cli.RunAsync(args)).Error, StringComparison.Ordinal);

    [Fact]
    public async Task A_password_in_an_address_is_not_named()
    {
        var calls = new[]
        {
            await Cli.RunAsync("check", "https://me:secret@a.example/", "--target", "https://b.example/"),
            await Cli.RunAsync("inspect", "me:secret@a.example/"),
            await Cli.RunAsync("add", "https://a.example/", "--target", "https://me:secret@b.example/"),
            await Cli.RunAsync("status", "--url", "https://me:secret@service.example/"),
        };

        Assert.All(calls, call => Assert.Equal(64, call.ExitCode));
        Assert.All(calls, call => Assert.DoesNotContain("secret", call.Error, StringComparison.Ordinal));
        Assert.Contains("The page 'https://…@a.example/' contains a user name or password", calls[0].Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_exit_code_of_the_program_stands_in_some_help()
    {
        var help = (await Cli.RunAsync("--help")).Output;
        var codes = typeof(ExitCodes).GetFields().Where(field => field.IsLiteral).Select(field => (int)field.GetRawConstantValue()!);

        Assert.All(codes, code => Assert.Contains($" {code} ", help, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_row_is_not_named_with_its_password()
    {
        var file = Path.Combine(_folder.FullName, "links.csv");
        await File.WriteAllTextAsync(
            file, "page,target\nhttps://me:secret@a.example/,https://b.example/\n", TestContext.Current.CancellationToken);

        var result = await Cli.RunAsync("check", "--file", file);

        Assert.Equal(64, result.ExitCode);
        Assert.DoesNotContain("secret", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--help", result.Error, StringComparison.Ordinal);
    }
}
