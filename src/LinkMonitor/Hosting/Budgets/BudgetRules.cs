using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
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
    IOptions<AlertOptions> alertOptions,
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
                (one.Setting, one.Budget), (timeout.Setting, length), "the host would kill the process and everything else that it is "
                    + "doing"))
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
            yield return Contradiction(round, budget, "the work of a long round would be lost");

        static string Of(string property) => $"{MonitoringOptions.Section}:{property}";
    }

    private IEnumerable<string> OfAlerts(BudgetOptions options)
    {
        var alerts = alertOptions.Value;
        var budget = (BudgetOptions.Name(nameof(BudgetOptions.SendAlerts)), options.SendAlerts);
        if (options.SendAlerts >= alerts.Lease)
            yield return Contradiction(budget, (Of(nameof(AlertOptions.Lease)), alerts.Lease), "another worker would send the same");

        // A sending that was begun within the run's budget is seen through.
        foreach (var (setting, sending) in Sendings())
        {
            if (alerts.RunBudget + sending >= options.SendAlerts)
                yield return Contradiction(
                    ($"{Of(nameof(AlertOptions.RunBudget))} with {setting}", alerts.RunBudget + sending),
                    budget,
                    "a message would be cut off and sent twice");
        }

        static string Of(string property) => $"{AlertOptions.Section}:{property}";
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
        + "Shorten the first or lengthen the second.";
}

/// <summary>When the Functions host kills a worker whose function still runs.</summary>
/// <param name="Length">Null for never.</param>
/// <param name="Setting">Where it is set, for people.</param>
/// <param name="Problem">Why what is set there is no time; null when it is.</param>
internal sealed record FunctionTimeout(TimeSpan? Length, string Setting, string? Problem = null)
{
    /// <summary>
    /// Overrides host.json: https://learn.microsoft.com/azure/azure-functions/functions-host-json#override-hostjson-values.
    /// </summary>
    public const string Override = "AzureFunctionsJobHost:functionTimeout";

    private static readonly JsonDocumentOptions AsTheHostReads = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    // Of the Consumption plan, the shortest: https://learn.microsoft.com/azure/azure-functions/functions-scale#timeout.
    private static readonly TimeSpan Default = TimeSpan.FromMinutes(5);

    /// <summary>What holds for a worker that was started by the host.</summary>
    /// <param name="folder">Where host.json lies.</param>
    public static FunctionTimeout Read(IConfiguration configuration, string folder)
    {
        if (configuration[Override] is { Length: > 0 } set)
            return Of(set, Override.Replace(":", "__", StringComparison.Ordinal));
        var file = Path.Combine(folder, "host.json");
        return File.Exists(file) && InFile(file) is { } written
            ? Of(written, "functionTimeout in host.json")
            : new FunctionTimeout(Default, "functionTimeout (not set in host.json)");
    }

    private static string? InFile(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file), AsTheHostReads);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("functionTimeout", out var value)
                ? value.ToString()
                : null;
        }
        catch (JsonException)
        {
            // The host says what is wrong with its file.
            return null;
        }
    }

    private static FunctionTimeout Of(string text, string setting)
    {
        if (text == "-1")
            return new FunctionTimeout(null, setting);
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var length) && length > TimeSpan.Zero
            ? new FunctionTimeout(length, setting)
            : new FunctionTimeout(
                null, setting, $"{setting} is '{text}', which is not a duration: write hours:minutes:seconds, or -1 for none.");
    }
}

/// <summary>
/// How long one run of each function may take: then its token is cancelled, long before the Functions host would kill the process with
/// everything else in it.
/// <see cref="BudgetRules"/> says what they must fit.
/// </summary>
public sealed class BudgetOptions
{
    public const string Section = "LinkMonitor:Budgets";

    /// <summary>One message of <c>page-checks</c>. 10 seconds to 1 hour, 9 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan CheckPage { get; set; } = TimeSpan.FromMinutes(9);

    /// <summary>One message of <c>alerts</c>. 10 seconds to 1 hour, 8 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan SendAlerts { get; set; } = TimeSpan.FromMinutes(8);

    /// <summary>
    /// One message of <c>imports</c>, which ends on its own after 3 minutes and goes on with the next. 3.5 minutes to 1 hour, 4 minutes by
    /// default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:03:30", "01:00:00")]
    public TimeSpan ImportLinks { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>One round of the schedule. 10 seconds to 1 hour, 4 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan ScheduleChecks { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>One sweep of alerts. 10 seconds to 1 hour, 8 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan SweepAlerts { get; set; } = TimeSpan.FromMinutes(8);

    /// <summary>
    /// One run of the purge of deleted projects, or of data past its retention, which ends on its own after 3 minutes. 3.5
    /// minutes to 1 hour, 4 minutes by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:03:30", "01:00:00")]
    public TimeSpan PurgeProjects { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>
    /// One look of the watchdog, one look for times of a wrong clock, or one message of a poison queue: a handful of requests. 10 seconds
    /// to 1 hour, 1 minute by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan Small { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The budgets by setting.</summary>
    internal IEnumerable<(string Setting, TimeSpan Budget)> All =>
    [
        (Name(nameof(CheckPage)), CheckPage),
        (Name(nameof(SendAlerts)), SendAlerts),
        (Name(nameof(ImportLinks)), ImportLinks),
        (Name(nameof(ScheduleChecks)), ScheduleChecks),
        (Name(nameof(SweepAlerts)), SweepAlerts),
        (Name(nameof(PurgeProjects)), PurgeProjects),
        (Name(nameof(Small)), Small),
    ];

    /// <summary>The budget of a function.</summary>
    /// <exception cref="ArgumentException">The function has none; a test sees to it that each has.</exception>
    internal TimeSpan Of(string function) => function switch
    {
        nameof(CheckPage) => CheckPage,
        nameof(SendAlerts) => SendAlerts,
        nameof(ImportLinks) => ImportLinks,
        nameof(ScheduleChecks) => ScheduleChecks,
        nameof(SweepAlerts) => SweepAlerts,
        nameof(PurgeProjects) or "PurgeHistory" => PurgeProjects,
        "CheckPagePoison" or "SendAlertsPoison" or "ImportLinksPoison" or "SweepImports" or "WatchSchedule" or "MendTimes" => Small,
        _ => throw new ArgumentException(
            $"The function {function} has no budget: give it one in {nameof(BudgetOptions)}.", nameof(function)),
    };

    internal static string Name(string property) => $"{Section}:{property}";
}
