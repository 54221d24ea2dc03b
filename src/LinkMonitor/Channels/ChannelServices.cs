namespace LinkMonitor.Channels;

/// <summary>Registers what keeps the channels.</summary>
internal static class ChannelServices
{
    public static IServiceCollection AddChannels(this IServiceCollection services) =>
        services.AddSingleton<ChannelRegistry>().AddSingleton<ChannelTest>().AddSingleton<TestLimit>();
}
