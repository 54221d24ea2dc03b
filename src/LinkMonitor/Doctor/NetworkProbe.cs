using System.Globalization;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Monitoring.Outages;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Doctor;

/// <summary>Tries names, the way out and the clock by the control addresses, which are made for such questions.</summary>
internal sealed class NetworkProbe(INameResolver names, PageFetcher fetcher, IOptions<OutageOptions> options, TimeProvider time)
{
    /// <summary>Beyond this certificates and signatures begin to fail, and times in alerts mislead.</summary>
    private static readonly TimeSpan MostWrong = TimeSpan.FromMinutes(2);

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Controls is not [_, ..] controls)
            return [new Finding("network", FindingState.Note, "There are no control addresses to test "
                + "it with.", "Set LinkMonitor:Outages:ControlUrls.")];
        var answers = await Task.WhenAll(controls.Select(control => fetcher.FetchAsync(control, cancellationToken)));
        return [await NamesAsync(controls, cancellationToken), Network(answers), Clock(answers)];
    }

    private async Task<Finding> NamesAsync(IReadOnlyList<WebUrl> controls, CancellationToken cancellationToken)
    {
        var hosts = controls.Select(control => control.Host!)
            .Where(host => !System.Net.IPAddress.TryParse(host.Trim('[', ']'), out _))
            .ToList();
        foreach (var host in hosts)
        {
            if ((await names.ResolveAsync(host, cancellationToken)).Kind == NameAnswerKind.Found)
                return new Finding("dns", FindingState.Ok, $"{host} was found.");
        }

        return hosts.Count == 0
            ? new Finding("dns", FindingState.Note, "The control addresses have no names, so no name was looked up.")
            : new Finding("dns", FindingState.Fails, $"No name was found: {string.Join(", ", hosts)}.", "Check the name server of "
                + "this machine (on Linux /etc/resolv.conf).");
    }

    private static Finding Network(FetchResult[] answers)
    {
        if (answers.OfType<FetchedResponse>().FirstOrDefault(
            answer => answer is { Status: >= 200 and < 300, Redirects.Count: 0 }) is { } well)
            return new Finding("network", FindingState.Ok, $"{well.Url} answered {well.Status}.");
        var why = string.Join(" ", answers.Select(answer => answer is FetchFailed failed ? failed.Message : $"{answer.Url} did not "
            + $"answer as expected."));
        return new Finding(
            "network",
            FindingState.Fails,
            $"None of the control addresses answers: {why}",
            "Let this machine reach the web by http and https; LinkMonitor uses no proxy. If it can reach the web but not these addresses, "
            + "set LinkMonitor:Outages:ControlUrls to others: "
            + "until then it takes every page that fails as its own fault and judges nothing.");
    }

    private Finding Clock(FetchResult[] answers)
    {
        var off = answers.OfType<FetchedResponse>()
            .Select(Off)
            .OfType<TimeSpan>()
            .OrderBy(time => time.Duration())
            .Cast<TimeSpan?>()
            .FirstOrDefault();
        return off switch
        {
            null => new Finding("clock", FindingState.Note, "No answer named the time, so the clock was not compared."),
            { } wrong when wrong.Duration() > MostWrong => new Finding(
                "clock",
                FindingState.Fails,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The clock is {wrong.Duration().TotalMinutes:N0} minutes {(wrong > TimeSpan.Zero ? "fast" : "slow")}."),
                "Have the machine set its clock by NTP."),
            { } right =>
                new Finding(
                    "clock",
                    FindingState.Ok,
                    string.Create(CultureInfo.InvariantCulture, $"It is right to within "
                        + $"{Math.Max(right.Duration().TotalSeconds, 1):N0} s.")),
        };
    }

    private TimeSpan? Off(FetchedResponse answer) =>
        DateTimeOffset.TryParse(answer.Headers.First("Date"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var theirs)
            ? time.GetUtcNow() - theirs
            : null;
}
