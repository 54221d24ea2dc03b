using LinkMonitor.Hosting.FunctionApp;
using LinkMonitor.Hosting.Functions;
using LinkMonitor.Hosting.Settings;

namespace LinkMonitor.Alerts.Telling;

/// <summary>Registers what tells changes.</summary>
internal static class TellingServices
{
    public static IServiceCollection AddTelling(this IServiceCollection services)
    {
        services.AddSettings<TellingOptions>(TellingOptions.Section);
        services.AddSingleton<AlertTeller>();
        services.AddSingleton<AlertOpening>();
        services.AddSingleton<AlertDelivery>();
        services.AddSingleton<AlertSweep>();
        services.AddQueueFunction<SendAlerts>(DeployedFunctions.SendAlerts);
        services.AddQueueFunction<SendAlertsPoison>(DeployedFunctions.SendAlertsPoison);
        services.AddTimerFunction<SweepAlerts>(DeployedFunctions.SweepAlerts);
        return services;
    }
}
