using System.CommandLine;
using System.Runtime.CompilerServices;
using LinkMonitor.Tests.CommandLine;

namespace LinkMonitor.Tests.Docs;

/// <summary>docs/command-line.md shows what the program itself says.</summary>
public sealed class CommandLineDocTests
{
    [Theory]
    [InlineData]
    [InlineData("check")]
    [InlineData("inspect")]
    [InlineData("serve")]
    [InlineData("demo")]
    [InlineData("doctor")]
    [InlineData("status")]
    [InlineData("list")]
    [InlineData("add")]
    [InlineData("import")]
    [InlineData("apply")]
    [InlineData("recheck")]
    [InlineData("projects")]
    [InlineData("projects", "add")]
    [InlineData("keys")]
    [InlineData("keys", "add")]
    [InlineData("keys", "revoke")]
    [InlineData("keys", "sign-in")]
    [InlineData("keys", "sign-out")]
    [InlineData("export")]
    [InlineData("health")]
    public async Task Document_shows_the_help_of_the_command(params string[] command)
    {
        var help = await Cli.RunAsync([.. command, "--help"]);

        Assert.Equal(0, help.ExitCode);
        Assert.Contains(
            Normal(help.Output.Replace(RootCommand.ExecutableName, "linkmonitor", StringComparison.Ordinal)),
            Normal(await File.ReadAllTextAsync(Document(), TestContext.Current.CancellationToken)),
            StringComparison.Ordinal);
    }

    /// <summary>Trailing blanks of the help are no content.</summary>
    private static string Normal(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Trim().Split('\n').Select(line => line.TrimEnd()));

    private static string Document([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "command-line.md"));
}
