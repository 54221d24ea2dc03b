using LinkMonitor.CommandLine.Output;

namespace LinkMonitor.CommandLine;

/// <summary>Says every five seconds how many rows are done.</summary>
internal sealed class ArchiveProgress(TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private long _last = time.GetTimestamp();

    public void Say(long rows)
    {
        if (time.GetElapsedTime(_last) < Pause)
            return;
        _last = time.GetTimestamp();
        output.WriteLine($"{CountText.Of(rows, "row")} so far");
    }
}
