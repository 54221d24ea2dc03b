using LinkMonitor.Hosting.Settings;
using LinkMonitor.Sharing.Pages;

namespace LinkMonitor.Sharing;

/// <summary>Registers what makes and opens public addresses.</summary>
internal static class SharingServices
{
    public static IServiceCollection AddSharing(this IServiceCollection services)
    {
        services.AddSettings<SharingOptions>(SharingOptions.Section);
        return services.AddSingleton<PublicAddresses>().AddSingleton<DraftSection>();
    }
}
