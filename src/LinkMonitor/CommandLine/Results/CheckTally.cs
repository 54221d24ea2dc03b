using System.Globalization;
using LinkMonitor.CommandLine.Output;
using LinkMonitor.Engine.Judging;

namespace LinkMonitor.CommandLine.Results;

/// <summary>How many results of each state there are.</summary>
internal sealed class CheckTally
{
    private readonly int[] _counts = new int[Enum.GetValues<VerdictState>().Length];

    private int _neverKnown;

    public int Total => _counts.Sum();

    /// <summary>The worst of all.</summary>
    public int ExitCode { get; private set; } = ExitCodes.AsExpected;

    /// <param name="wasKnown">An earlier run has found the link.</param>
    public void Count(VerdictState state, bool wasKnown)
    {
        _counts[(int)state]++;
        if (state is VerdictState.Lost && !wasKnown)
            _neverKnown++;
        ExitCode = ExitCodes.Worse(ExitCode, ExitCodes.For(state));
    }

    /// <summary>The counts in a few words, for the bar.</summary>
    public string InShort() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Of(VerdictState.Live):N0} live, {Of(VerdictState.Changed):N0} changed, {Absent()}, {Of(VerdictState.Unknown):N0} could not tell");

    public string Summary(int pages, TimeSpan took) => string.Create(
        CultureInfo.InvariantCulture,
        $"{CountText.Of(Total, "link")} on {CountText.Of(pages, "page")}: {InShort()}; {took.TotalSeconds:N1} s.");

    // Lost is only what an earlier run has found.
    private string Absent() => _neverKnown == Of(VerdictState.Lost)
        ? string.Create(CultureInfo.InvariantCulture, $"{_neverKnown:N0} not found")
        : string.Create(CultureInfo.InvariantCulture, $"{Of(VerdictState.Lost) - _neverKnown:N0} lost, {_neverKnown:N0} not found");

    private int Of(VerdictState state) => _counts[(int)state];
}
