using System.CommandLine;
using System.Globalization;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.CommandLine.Service;

/// <summary><c>linkmonitor status</c>: how are my links?</summary>
internal static class StatusCommand
{
    public static Command Build(TimeProvider time)
    {
        var options = new ServiceOptions();
        var command = options.AddTo(
            options.NewCommand(
                "status",
                "Show the state of a project's links: counts by state, links not seen at the last check, what is at stake, the next check "
                    + "and the last alert."),
            ofProject: true);
        command.SetAction(
            (
                parsed,
                cancellationToken) => options.RunAsync(parsed, time, run => RunAsync(run, time, cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ServiceRun run, TimeProvider time, CancellationToken cancellationToken)
    {
        var project = await run.ProjectAsync(cancellationToken);
        var text = await run.Client.GetAsync($"projects/{project.Id}/summary", cancellationToken);
        if (run.Json)
        {
            await run.WriteJsonAsync(text);
            return ExitCodes.AsExpected;
        }

        foreach (var line in Lines(
            await run.Client.ReadAsync(text, ServiceJson.Default.SummaryAnswer, cancellationToken), time.GetUtcNow()))
            await run.SayAsync(line);
        return ExitCodes.AsExpected;
    }

    private static IEnumerable<string> Lines(SummaryAnswer summary, DateTimeOffset now)
    {
        yield return Text($"{summary.Name}: {CountText.Of(summary.Links.Total, "link")}");
        foreach (var state in summary.Links.States)
        {
            var notSeen = state.NotSeen > 0 ? Text($"   of these {state.NotSeen:N0} not seen at the last check") : string.Empty;
            yield return Text($"  {state.State,-12} {state.Count,7:N0}{notSeen}");
        }

        if (summary.Unreadable > 0)
            yield return Text($"  {"unreadable",-12} {summary.Unreadable,7:N0}   more, whose stored rows cannot be read");
        if (summary.Suspected > 0)
            yield return Text($"  {"suspected",-12} {summary.Suspected,7:N0}   wait for a second check");
        if (summary.Muted > 0)
            yield return Text($"  {"muted",-12} {summary.Muted,7:N0}");
        yield return Text($"  {"not seen",-12} {summary.Links.NotSeen,7:N0}   of all, at the last check");
        yield return $"  at stake     {(summary.AtStake.Count == 0 ? "nothing" : string.Join("; ", summary.AtStake.Select(Stake)))}";
        yield return $"  last check   {At(summary.LastCheckedAt, now, "none yet")}";
        yield return $"  next check   {At(summary.NextCheckAt, now, "none")}";
        yield return summary.LastAlert is { } alert
            ? $"  last alert   {At(alert.CreatedAt, now, string.Empty)}{(alert.ClosedAt is null ? ", not all sent yet" : string.Empty)}: "
                + $"{alert.Subject}"
            : "  last alert   none yet";
    }

    private static string Stake(MoneyAnswer stake)
    {
        List<string> sums = [];
        if (stake.PerMonth > 0 || stake.OneOff == 0)
            sums.Add($"{Amount(stake.PerMonth)} per month");
        if (stake.OneOff > 0)
            sums.Add($"{Amount(stake.OneOff)} once");
        return Text($"{stake.Currency} {string.Join(" and ", sums)} for {CountText.Of(stake.Links, "link")}");
    }

    // As many decimals as the service rounded to, which is what the currency has.
    private static string Amount(decimal amount) =>
        amount.ToString(decimal.Truncate(amount) == amount ? "#,0" : "#,0.00#", CultureInfo.InvariantCulture);

    private static string At(DateTimeOffset? time, DateTimeOffset now, string never)
    {
        if (time is not { } at)
            return never;
        var (age, isPast) = at <= now ? (now - at, true) : (at - now, false);
        var far = age switch
        {
            { TotalMinutes: < 1 } => "now",
            { TotalHours: < 1 } => Text($"{age.TotalMinutes:N0} min"),
            { TotalDays: < 2 } => Text($"{age.TotalHours:N0} h"),
            _ => Text($"{age.TotalDays:N0} days"),
        };
        var when = far == "now" ? far : isPast ? far + " ago" : "in " + far;
        return Text($"{at.UtcDateTime:yyyy-MM-dd HH:mm} UTC ({when})");
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
