using LinkMonitor.Alerts;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Alerts.Posting;
using LinkMonitor.Alerts.SendGrid;
using LinkMonitor.Alerts.Smtp;
using LinkMonitor.Monitoring;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Hosting.Budgets;

/// <summary>
/// Refuses settings that contradict each other. From the inside to the outside each time must be shorter than the next: what a run does,
/// the run's budget, its lease; and the budget than the time after which the Functions host kills the process.
/// </summary>
/// <param name="timeout">Null when no Functions host started us.</param>
internal sealed class BudgetRules(
    IOptions<MonitoringOptions> monitoring,
    IOptions<TellingOptions> telling,
    IOptions<ChannelOptions> channels,
    IOptions<MailOptions> mail,
    IServiceProvider services,
    FunctionTimeout? timeout = null) : IValidateOptions<BudgetOptions>
{
    public ValidateOptionsResult Validate(string? name, BudgetOptions options)
    {
        var problems = new List<string>();
        foreach (var rules in (IEnumerable<string>[])[HostsTime(options), OfChecks(options), OfAlerts(options)])
        {
            try
            {
                problems.AddRange(rules);
            }
            catch (OptionsValidationException other)
            {
                // What is wrong with the settings that they compare with; it keeps no other rule from its say.
                problems.AddRange(other.Failures);
            }
            catch (InvalidOperationException unreadable) when (unreadable.InnerException is FormatException or ArgumentException)
            {
                problems.Add(unreadable.Message);
            }
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> HostsTime(BudgetOptions options)
    {
        if (timeout?.Problem is { } problem)
            return [problem];
        return timeout?.Length is { } length
            ? options.All.Where(one => one.Budget >= length).Select(one => Contradiction(
                (one.Setting, one.Budget), (timeout.Setting, length), "the host would kill the process with everything else it is at"))
            : [];
    }

    private IEnumerable<string> OfChecks(BudgetOptions options)
    {
        var checks = monitoring.Value;
        var budget = (BudgetOptions.Name(nameof(BudgetOptions.CheckPage)), options.CheckPage);
        var round = (
            $"{Of(nameof(MonitoringOptions.RoundBudget))} with {Of(nameof(MonitoringOptions.Deadline))}",
            checks.RoundBudget + checks.Deadline);
        if (options.CheckPage >= checks.Lease)
            yield return Contradiction(
                budget, (Of(nameof(MonitoringOptions.Lease)), checks.Lease), "the page would be checked twice at once");
        if (checks.RoundBudget + checks.Deadline >= options.CheckPage)
            yield return Contradiction(round, budget, "what a long round has done would be lost");

        static string Of(string property) => $"{MonitoringOptions.Section}:{property}";
    }

    private IEnumerable<string> OfAlerts(BudgetOptions options)
    {
        var alerts = telling.Value;
        var budget = (BudgetOptions.Name(nameof(BudgetOptions.SendAlerts)), options.SendAlerts);
        if (options.SendAlerts >= alerts.Lease)
            yield return Contradiction(budget, (Of(nameof(TellingOptions.Lease)), alerts.Lease), "another worker would send the same");

        // A sending that was begun within the run's budget is seen through.
        foreach (var (setting, sending) in Sendings())
        {
            if (alerts.RunBudget + sending >= options.SendAlerts)
                yield return Contradiction(
                    ($"{Of(nameof(TellingOptions.RunBudget))} with {setting}", alerts.RunBudget + sending),
                    budget,
                    "a sending would be cut off and come twice");
        }

        static string Of(string property) => $"{TellingOptions.Section}:{property}";
    }

    private IEnumerable<(string Setting, TimeSpan Sending)> Sendings()
    {
        yield return ($"{ChannelOptions.Section}:{nameof(ChannelOptions.Timeout)}", channels.Value.Timeout);

        // The settings of a transport that is not chosen need not even be valid.
        if (mail.Value.Chosen == MailTransport.Smtp)
            yield return ($"{SmtpOptions.Section}:{nameof(SmtpOptions.Timeout)}", Chosen<SmtpOptions>().Timeout);
        if (mail.Value.Chosen == MailTransport.SendGrid)
            yield return ($"{SendGridOptions.Section}:{nameof(SendGridOptions.Timeout)}", Chosen<SendGridOptions>().Timeout);
    }

    private T Chosen<T>() where T : class => services.GetRequiredService<IOptions<T>>().Value;

    private static string Contradiction((string Name, TimeSpan Value) shorter, (string Name, TimeSpan Value) longer, string because) =>
        $"{shorter.Name} is {shorter.Value}, which must be shorter than {longer.Name}, {longer.Value}: otherwise {because}. "
        + "Shorten the first, or lengthen the second.";
}
