using LinkMonitor.Hosting.Functions;
using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Hosting.FunctionApp;

/// <summary>
/// The functions that have a <c>function.json</c> beside this file, each named once in code. A test compares the two, because the
/// Functions host reads only the files and the standalone loops read only this.
/// </summary>
internal static class DeployedFunctions
{
    public static readonly TimerFunctionDefinition ScheduleChecks = new("ScheduleChecks", "0 * * * * *");
    public static readonly QueueFunctionDefinition CheckPage = new("CheckPage", QueueNames.PageChecks);
    public static readonly QueueFunctionDefinition CheckPagePoison = new("CheckPagePoison", QueueNames.PageChecks + QueueNames.PoisonSuffix);
    public static readonly QueueFunctionDefinition SendAlerts = new("SendAlerts", QueueNames.Alerts);
    public static readonly QueueFunctionDefinition SendAlertsPoison = new("SendAlertsPoison", QueueNames.Alerts + QueueNames.PoisonSuffix);
    public static readonly TimerFunctionDefinition SweepAlerts = new("SweepAlerts", "0 */5 * * * *");

    public static IReadOnlyList<FunctionDefinition> All { get; } =
        [ScheduleChecks, CheckPage, CheckPagePoison, SendAlerts, SendAlertsPoison, SweepAlerts];
}
