using LinkMonitor.Alerts.Planning;
using LinkMonitor.Hosting.Settings;

namespace LinkMonitor.Alerts.Telling;

/// <summary>Registers what tells changes.</summary>
internal static class TellingServices
{
    public static IServiceCollection AddTelling(this IServiceCollection services)
    {
        services.AddSettings<TellingOptions>(TellingOptions.Section);
        services.AddSingleton<AlertTeller>();
        services.AddSingleton<AlertPlanning>();
        services.AddSingleton<PlanReader>();
        services.AddSingleton<AlertPlanner>();
        services.AddSingleton<OutboxPlanner>();
        services.AddSingleton<FlappingPlanner>();
        services.AddSingleton<UnstablePlanner>();
        services.AddSingleton<DigestPlanner>();
        services.AddSingleton<TermPlanner>();
        services.AddSingleton<TermMatters>();
        services.AddSingleton<RestingRoutes>();
        services.AddSingleton<AlertDrafting>();
        services.AddSingleton<AlertDelivery>();
        services.AddSingleton<DeliveryAttempt>();
        services.AddSingleton<AlertMessages>();
        services.AddSingleton<AlertMatters>();
        services.AddSingleton<DigestMatters>();
        services.AddSingleton<ChannelFailures>();
        services.AddSingleton<OperatorNotices>();
        services.AddSingleton<RetryPauses>();
        services.AddSingleton<AlertSweep>();
        services.AddSingleton<SweepTurns>();
        services.AddSingleton<KeptCopies>();
        services.AddSingleton<Jitter>(Random.Shared.NextDouble);
        services.AddSingleton<AlertNudges>();
        services.AddSingleton<NudgeHandler>();
        return services;
    }
}
