using LinkMonitor.Hosting.Settings;

namespace LinkMonitor.Channels;

/// <summary>Registers what keeps the channels.</summary>
internal static class ChannelServices
{
    public static IServiceCollection AddChannels(this IServiceCollection services)
    {
        services.AddSettings<ChannelOptions>(ChannelOptions.Section);
        services.AddSingleton<OutgoingPolicy>();
        return services.AddSingleton<ChannelRegistry>();
    }
}
