using LinkMonitor.Alerts.Planning;
using LinkMonitor.Hosting.Settings;

namespace LinkMonitor.Alerts.Sending;

/// <summary>Registers what tells changes.</summary>
internal static class SendingServices
{
    public static IServiceCollection AddSending(this IServiceCollection services)
    {
        services.AddSettings<AlertOptions>(AlertOptions.Section);
        services.AddSingleton<AlertReporter>();
        services.AddSingleton<AlertPlanning>();
        services.AddSingleton<PlanReader>();
        services.AddSingleton<AlertPlanner>();
        services.AddSingleton<OutboxPlanner>();
        services.AddSingleton<FlappingPlanner>();
        services.AddSingleton<UnstablePlanner>();
        services.AddSingleton<DigestPlanner>();
        services.AddSingleton<TermPlanner>();
        services.AddSingleton<CasePlanner>();
        services.AddSingleton<CaseFactsReader>();
        services.AddSingleton<TermFactsReader>();
        services.AddSingleton<PausedRoutes>();
        services.AddSingleton<AlertDrafting>();
        services.AddSingleton<AlertDelivery>();
        services.AddSingleton<DeliveryAttempt>();
        services.AddSingleton<AlertCopyWriter>();
        services.AddSingleton<AlertFactsReader>();
        services.AddSingleton<DigestFactsReader>();
        services.AddSingleton<ChannelFailures>();
        services.AddSingleton<OperatorNotices>();
        services.AddSingleton<RetryBackoff>();
        services.AddSingleton<AlertSweep>();
        services.AddSingleton<SweepTurns>();
        services.AddSingleton<WithheldCopies>();
        services.AddSingleton<Jitter>(Random.Shared.NextDouble);
        services.AddSingleton<NudgeSender>();
        services.AddSingleton<NudgeHandler>();
        return services;
    }
}
