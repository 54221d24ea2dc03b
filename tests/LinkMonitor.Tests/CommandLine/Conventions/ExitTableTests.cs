using LinkMonitor.CommandLine.Conventions;

namespace LinkMonitor.Tests.CommandLine.Conventions;

public sealed class ExitTableTests
{
    [Fact]
    public void The_codes_of_all_commands_and_of_its_own_are_in_the_help()
    {
        var exits = new ExitTable((ExitCodes.CannotCreate, "no room"), (ExitCodes.AsExpected, "done"), (ExitCodes.WrongUsage, "refused"));

        Assert.Equal([0, 64, 70, 73, 130, 143], exits.Codes);
        Assert.Equal(
            "Exit code: 0 done; 64 refused; 70 LinkMonitor itself failed; 73 no room; 130 stopped by Ctrl+C; 143 stopped by SIGTERM.",
            exits.Help);
    }
}
