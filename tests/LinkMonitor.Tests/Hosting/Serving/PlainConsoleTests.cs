using LinkMonitor.Hosting.Serving;
using LinkMonitor.Storage.Border;
using LinkMonitor.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LinkMonitor.Tests.Hosting.Serving;

public sealed class PlainConsoleTests
{
    private static readonly StorageFailureException Down = new(
        StorageFailureKind.NoAnswer, 0, "Connection refused", new IOException("inner"));

    public static TheoryData<Exception> Foreseen => [Down, new AggregateException(Down), new InvalidOperationException("outer", Down)];

    [Fact]
    public void A_line_has_time_and_grade_and_no_numbers_of_ours() =>
        Assert.Equal("12:00:00 warn  All is well." + Environment.NewLine, Write(null));

    [Theory]
    [MemberData(nameof(Foreseen), DisableDiscoveryEnumeration = true)]
    public void A_storage_that_fails_is_one_line(Exception failure) =>
        Assert.Equal("12:00:00 warn  All is well. Connection refused" + Environment.NewLine, Write(failure));

    [Fact]
    public void What_nobody_foresaw_comes_with_all_that_is_known()
    {
        var written = Write(new InvalidOperationException("a bug"));

        Assert.Contains("System.InvalidOperationException: a bug", written, StringComparison.Ordinal);
    }

    private static string Write(Exception? exception)
    {
        using var text = new StringWriter();
        var entry = new LogEntry<string>(
            LogLevel.Warning, "LinkMonitor.Some.Room", new EventId(1837600131), "All is\nwell.", exception, (state, _) => state);
        new PlainConsole(new ManualTimeProvider()).Write(entry, null, text);
        return text.ToString();
    }
}
