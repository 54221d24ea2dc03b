using System.Globalization;
using LinkMonitor.CommandLine.Output;
using LinkMonitor.Engine.Judging;

namespace LinkMonitor.CommandLine.Files;

/// <summary>How many results of each state there are.</summary>
internal sealed class CheckTally
{
    private readonly int[] _counts = new int[Enum.GetValues<VerdictState>().Length];

    private int _neverKnown;

    public int Total => _counts.Sum();

    /// <summary>The worst of all.</summary>
    public int ExitCode { get; private set; } = ExitCodes.AsExpected;

    public void Count(CheckView check)
    {
        _counts[(int)check.State]++;
        if (check is { State: VerdictState.Lost, WasKnown: false })
            _neverKnown++;
        ExitCode = ExitCodes.Worse(ExitCode, ExitCodes.For(check.State));
    }

    public string Summary(int pages, TimeSpan took) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Total:N0} links on {pages:N0} pages: {Of(VerdictState.Live):N0} live, {Of(VerdictState.Changed):N0} changed, {Absent()}, {Of(VerdictState.Unknown):N0} could not tell; {took.TotalSeconds:N1} s.");

    // Lost is only what an earlier run has found.
    private string Absent() => _neverKnown == Of(VerdictState.Lost)
        ? string.Create(CultureInfo.InvariantCulture, $"{_neverKnown:N0} not found")
        : string.Create(CultureInfo.InvariantCulture, $"{Of(VerdictState.Lost) - _neverKnown:N0} lost, {_neverKnown:N0} not found");

    private int Of(VerdictState state) => _counts[(int)state];
}
