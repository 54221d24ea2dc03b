namespace LinkMonitor.Tests.CommandLine.Service;

/// <summary>What a command refuses before it asks a service or touches a storage.</summary>
public sealed class CommandRefusalTests
{
    [Theory]
    [InlineData("--dry-run")]
    [InlineData("--tag", "x")]
    [InlineData("--project", "Example")]
    public async Task An_archive_is_imported_without_other_options(params string[] other)
    {
        var run = await Cli.RunAsync(["import", "--all", "some.archive", .. other]);

        Assert.Equal(64, run.ExitCode);
        Assert.Contains($"{other[0]} cannot be given with --all. Nothing was imported.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("recheck", "--search")]
    [InlineData("recheck", "--state")]
    [InlineData("list", "--tag")]
    public async Task An_empty_filter_is_not_all_links(string command, string option)
    {
        var run = await Cli.RunAsync(command, option, "");

        Assert.Equal(64, run.ExitCode);
        Assert.Contains($"{option} is empty.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_links_and_a_filter_are_not_meant_at_once() =>
        Assert.Equal(64, (await Cli.RunAsync("recheck", "--all", "--state", "lost")).ExitCode);

    [Fact]
    public async Task An_encoding_that_is_not_read_is_named()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "page,target\nhttps://a.example/,https://b.example/\n", TestContext.Current.CancellationToken);

        var run = await Cli.RunAsync("check", "--file", file, "--encoding", "utf-7");

        File.Delete(file);
        Assert.True(run.ExitCode is 64 or 65, run.Error);
        Assert.Contains("utf-7", run.Error, StringComparison.Ordinal);
    }
}
