using System.Globalization;
using LinkMonitor.CommandLine.Output;
using LinkMonitor.Engine.Judging;

namespace LinkMonitor.CommandLine.Files;

/// <summary>How many results of each state there are.</summary>
internal sealed class CheckTally
{
    private readonly int[] _counts = new int[Enum.GetValues<VerdictState>().Length];

    public int Total => _counts.Sum();

    /// <summary>The worst of all.</summary>
    public int ExitCode { get; private set; } = ExitCodes.AsExpected;

    public void Count(CheckView check)
    {
        _counts[(int)check.State]++;
        ExitCode = ExitCodes.Worse(ExitCode, ExitCodes.For(check.State));
    }

    public string Summary(int pages, TimeSpan took) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Total:N0} links on {pages:N0} pages: {Of(VerdictState.Live):N0} live, {Of(VerdictState.Changed):N0} changed, {Of(VerdictState.Lost):N0} lost, {Of(VerdictState.Unknown):N0} could not tell; {took.TotalSeconds:N1} s.");

    private int Of(VerdictState state) => _counts[(int)state];
}
