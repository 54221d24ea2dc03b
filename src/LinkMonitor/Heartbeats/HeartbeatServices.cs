using LinkMonitor.Alerts.Posting;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Hosting.Settings;

namespace LinkMonitor.Heartbeats;

/// <summary>Registers the heartbeat.</summary>
internal static class HeartbeatServices
{
    public static IServiceCollection AddHeartbeat(this IServiceCollection services)
    {
        services.AddSettings<HeartbeatOptions>(HeartbeatOptions.Section);
        services.AddSingleton<Heartbeat>();
        services.AddSingleton<ScheduleRound>();

        // The operator, not a user, has set the address, so it may be on this machine. The factory's own loggers write addresses, and this
        // one is a secret.
        services.AddHttpClient(Heartbeat.HttpClientName)
            .ConfigurePrimaryHttpMessageHandler(provider => OutgoingHandler.Create(provider, new AddressPolicy(allowPrivateNetworks: true)))
            .RemoveAllLoggers();
        return services;
    }
}
