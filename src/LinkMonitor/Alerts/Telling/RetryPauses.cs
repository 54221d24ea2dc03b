using LinkMonitor.Alerts.Planning;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Telling;

/// <summary>How long to wait after a failed attempt.</summary>
internal sealed class RetryPauses(Jitter jitter, IOptions<TellingOptions> options)
{
    private const double MaxJitter = 0.1;

    /// <summary>As the schedule has it and up to a tenth longer, so that what failed together is not tried together; longer when the other side asks.</summary>
    /// <param name="attempts">Failed so far, 1 or more.</param>
    public TimeSpan After(int attempts, TimeSpan? asked)
    {
        var delays = options.Value.RetryDelays;
        var pause = delays[Math.Min(attempts, delays.Count) - 1] * (1 + (MaxJitter * jitter()));
        return asked > pause ? asked.Value : pause;
    }
}
