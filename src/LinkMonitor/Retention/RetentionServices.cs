using LinkMonitor.Hosting.Settings;

namespace LinkMonitor.Retention;

internal static class RetentionServices
{
    public static IServiceCollection AddRetention(this IServiceCollection services) =>
        services.AddSettings<RetentionOptions>(RetentionOptions.Section).AddSingleton<RetentionPurge>();
}
