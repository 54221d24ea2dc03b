namespace LinkMonitor.Tests.CommandLine;

public sealed class DemoCommandTests
{
    [Theory]
    [InlineData("--for", "soon", "'soon' is not a duration")]
    [InlineData("--port", "70000", "from 1 to 65535")]
    public async Task A_wrong_value_is_told_and_nothing_is_started(string option, string value, string problem)
    {
        var run = await Cli.RunAsync(["demo", option, value]);

        Assert.Equal(64, run.ExitCode);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
    }
}
