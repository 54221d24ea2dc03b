using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using LinkMonitor.Testing;
using Xunit.v3;

[assembly: RunWatch]

namespace LinkMonitor.Testing;

/// <summary>
/// Gives every wait in a test its end: a test that runs for longer than <see cref="Limit"/> ends the whole run, and its name is the last
/// that is said. Every half minute it says how far the run has come.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class RunWatchAttribute : BeforeAfterTestAttribute
{
    /// <summary>The exit code of a run that was ended.</summary>
    private const int Hanging = 124;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(
        int.TryParse(
            Environment.GetEnvironmentVariable("LINKMONITOR_TEST_LIMIT"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var seconds) ? seconds : 300);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(Math.Min(30, Limit.TotalSeconds / 2));
    private static readonly ConcurrentDictionary<string, (string Name, long Since)> Running = new();
    private static readonly ITimer Timer = TimeProvider.System.CreateTimer(_ => Report(), null, Pause, Pause);
    private static ITestContext? _context;
    private static ITimer? _end;
    private static int _done;
    private static int _said;

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        GC.KeepAlive(Timer);
        _context = TestContext.Current;
        Running[test.UniqueID] = (test.TestDisplayName, TimeProvider.System.GetTimestamp());
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        Running.TryRemove(test.UniqueID, out _);
        Interlocked.Increment(ref _done);
    }

    private static void Report()
    {
        if (_end is not null || (Running.IsEmpty && _said == _done))
            return;
        _said = _done;
        var longest = Running.Values.OrderBy(test => test.Since).FirstOrDefault();
        var age = longest.Name is null ? TimeSpan.Zero : TimeProvider.System.GetElapsedTime(longest.Since);
        Say($"{_done} tests done, {Running.Count} running"
            + (longest.Name is null ? "." : $", the longest for {age.TotalSeconds:F0} s: {longest.Name}"));
        if (age <= Limit)
            return;
        Say($"{longest.Name} hangs: it has run for more than {Limit.TotalSeconds:F0} s. The run ends here.");
        // In a second, so that the runner has read it.
        _end = TimeProvider.System.CreateTimer(_ => Environment.Exit(Hanging), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
    }

    // Standard output is the runner's own when it drives us; it takes messages of this kind, and shows them with diagnosticMessages.
    private static void Say(string line) => _context?.SendDiagnosticMessage(line);
}
