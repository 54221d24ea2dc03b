using System.ComponentModel.DataAnnotations;
using LinkMonitor.Alerts.Sending;
using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Outages;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Telemetry;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Monitoring.Outages;

/// <summary>
/// Takes the blame where it is ours: when our network fails, what a check saw says nothing of the page, and nothing is judged. Asked about
/// every check.
/// </summary>
internal sealed partial class OutageGuard(
    ControlProbe controls, FailureShare share, OutageLog log, ProductMeter meter, ILogger<OutageGuard> logger)
{
    /// <summary>The check as it is, or one that says that the fault is ours.</summary>
    /// <param name="couldBeReached">Whether the page could be reached at its last check; asked only when it cannot be now.</param>
    public async Task<PageObservations> ReviewAsync(
        PageObservations observations, Func<CancellationToken, Task<bool>> couldBeReached, CancellationToken cancellationToken)
    {
        var found = await FaultAsync(observations.Seen, couldBeReached, cancellationToken);
        meter.Checked(found is null ? observations.Seen.Kind : ObservationKind.OurFault);
        if (found is not { } fault)
            return observations;
        await log.NoteAsync(fault, cancellationToken);
        Log.OurFault(logger, observations.Seen.Page.Host ?? string.Empty, fault.Kind);
        var ours = Observation.OurFault(observations.Seen.Page, observations.Seen.CheckedAt, fault.Sentence);
        return new PageObservations(ours, ours);
    }

    /// <summary>Notes that a page's site answered.</summary>
    /// <returns>
    /// False while our network is known to fail: then the answer may be anybody's, and the page must be checked to say more.
    /// </returns>
    public bool NoteAnswer(WebUrl page)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (controls.IsKnownDown)
            return false;
        share.Note(page.Host ?? string.Empty, isFailing: false);
        return true;
    }

    private async Task<OutageFault?> FaultAsync(
        Observation seen, Func<CancellationToken, Task<bool>> couldBeReached, CancellationToken cancellationToken)
    {
        if (controls.IsKnownDown)
            return Controls();
        if (seen.Kind == ObservationKind.OurFault)
            return new OutageFault(OutageKind.NoRoute, seen.Detail);
        if (seen.Kind != ObservationKind.Unreachable)
        {
            // Whatever it answered, the way there is well.
            share.Note(seen.Page.Host ?? string.Empty, isFailing: false);
            return null;
        }

        if (await controls.IsDownAsync(cancellationToken))
            return Controls();
        return share.Note(seen.Page.Host ?? string.Empty, isFailing: await couldBeReached(cancellationToken))
            ? new OutageFault(
                OutageKind.MostFail,
                "Most of the sites that could be reached before could not be reached in this round, so our own network is probably "
                    + "at fault; nothing is judged, and we try again soon.")
            : null;
    }

    private static OutageFault Controls() => new(
        OutageKind.ControlsFail,
        "None of the control addresses answered, so our own network is at fault; nothing is judged, and we try again soon.");

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Debug,
            Message = "Our own network seems to have failed ({Kind}); the check of a page on {Host} is not judged.")]
        public static partial void OurFault(ILogger logger, string host, OutageKind kind);
    }
}

/// <summary>
/// The share of hosts that this process could not reach in the last while. Only hosts that could be reached at their last check before
/// count as failing: a project full of dead sites is no outage of ours. A note costs the same however many hosts there are.
/// </summary>
public sealed class FailureShare(IOptions<OutageOptions> options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Outcome> _byHost = new(StringComparer.Ordinal);

    // Every note, the oldest first; one that its host has outlived by a newer note is skipped when its time comes.
    private readonly Queue<(string Host, DateTimeOffset At)> _notes = new();
    private int _failing;

    /// <summary>Notes a host's latest outcome.</summary>
    /// <returns>Whether so many fail now that the fault must be ours.</returns>
    public bool Note(string host, bool isFailing)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            Forget(host);
            _byHost[host] = new Outcome(isFailing, now);
            _failing += isFailing ? 1 : 0;
            _notes.Enqueue((host, now));
            while (_notes.TryPeek(out var oldest) && now - oldest.At > options.Value.Window)
            {
                _notes.Dequeue();
                if (_byHost.TryGetValue(oldest.Host, out var outcome) && outcome.At == oldest.At)
                    Forget(oldest.Host);
            }

            return _byHost.Count >= options.Value.MinHosts && _failing >= options.Value.FailureShare * _byHost.Count;
        }
    }

    private void Forget(string host)
    {
        if (_byHost.Remove(host, out var outcome) && outcome.IsFailing)
            _failing--;
    }

    private readonly record struct Outcome(bool IsFailing, DateTimeOffset At);
}

/// <summary>Why a check is our own fault.</summary>
/// <param name="Sentence">For people.</param>
public sealed record OutageFault(OutageKind Kind, string Sentence);

/// <summary>How we tell that our own network failed, and not the sites.</summary>
public sealed class OutageOptions : IValidatableObject
{
    public const string Section = "LinkMonitor:Outages";

    /// <summary>
    /// Addresses that answer 2xx whenever our network is well, separated by spaces; asked when a page cannot be reached. When none of them
    /// answers, nothing is judged. Choose ones on different networks; empty asks none. By default three that are made for this question.
    /// </summary>
    public string ControlUrls { get; set; } = ControlAddresses.Default;

    /// <summary>How long the control addresses' answer counts. 5 seconds to 1 hour, 1 minute by default.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan ControlEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The share of hosts, of those that could be reached at their last check, that fail in the network before it is taken for our own
    /// fault. 0.1 to 1, 0.5 by default.
    /// </summary>
    [Range(0.1, 1.0)]
    public double FailureShare { get; set; } = 0.5;

    /// <summary>With fewer hosts than this in the window the share says nothing. 3 to 10,000, 10 by default.</summary>
    [Range(3, 10_000)]
    public int MinHosts { get; set; } = 10;

    /// <summary>What counts as one round. 1 minute to 1 day, 10 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// A failure later than this after the last one is a new outage, with a notice of its own. 10 minutes to 1 day, 1 hour by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:10:00", "1.00:00:00")]
    public TimeSpan QuietAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The control addresses, parsed.</summary>
    public IReadOnlyList<WebUrl> Controls => ControlAddresses.Read(ControlUrls);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        ControlAddresses.Wrong(ControlUrls).Select(wrong => new ValidationResult(wrong, [nameof(ControlUrls)]));
}

/// <summary>Keeps what we know of an outage where every worker and the operator can see it.</summary>
internal sealed class OutageLog(IOutageStore outages, OperatorNotices notices, IOptions<OutageOptions> options, TimeProvider time)
{
    /// <summary>A worker that meets hundreds of failures a minute writes once in this time.</summary>
    internal static readonly TimeSpan WriteEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private DateTimeOffset? _writtenAt;
    private int _unwritten;

    /// <summary>Notes one check that was not judged, and tells the operator, once for each outage.</summary>
    public async Task NoteAsync(OutageFault fault, CancellationToken cancellationToken)
    {
        if (TakeUnwritten() is not { } checks)
            return;
        try
        {
            await WriteAsync(fault, checks, cancellationToken);
        }
        catch (UnreadableRowException)
        {
            // The row is listed under failures; the check goes on, and is not judged all the same.
        }
    }

    private async Task WriteAsync(OutageFault fault, int checks, CancellationToken cancellationToken)
    {
        var outage = await outages.NoteAsync(
            new OutageNote(fault.Kind, checks, time.GetUtcNow()), options.Value.QuietAfter, cancellationToken);

        // Reported under the outage's own name every time: whoever died in between leaves it to the next, and twice is once.
        await notices.TellAsync([outage.Id], ContentOf(outage), "Our own network failed; checks are not judged", cancellationToken);
    }

    private AlertContent ContentOf(Outage outage) => new()
    {
        Notice = NoticeNames.NetworkFailed,
        From = outage.Since,
        Count = (int)Math.Min(outage.Checks, int.MaxValue),
        Controls = outage.Kind == OutageKind.ControlsFail ? [.. options.Value.Controls.Select(control => control.Href)] : [],
    };

    private int? TakeUnwritten()
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            _unwritten++;
            if (StoredTime.IsWithin(_writtenAt, WriteEvery, now))
                return null;
            (var checks, _unwritten, _writtenAt) = (_unwritten, 0, now);
            return checks;
        }
    }
}
