using LinkMonitor.Hosting.Functions;
using LinkMonitor.Hosting.Triggers;

namespace LinkMonitor.Hosting;

/// <summary>How the executable runs its functions: behind the Azure Functions host, or on its own.</summary>
internal static class HostingExtensions
{
    /// <summary>
    /// Adds the catalog and, when the Functions host is in front (<see cref="FunctionsHost.PortSetting"/> is set), its trigger calls,
    /// and listens at the address it expects and nowhere else. Standalone, trigger paths do not exist.
    /// </summary>
    /// <returns>The host in front, or null when the process runs standalone and needs the loops.</returns>
    public static FunctionsHost? AddFunctionHosting(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<FunctionCatalog>();
        builder.Services.AddSingleton<FunctionRunner>();
        if (FunctionsHost.From(builder.Configuration) is not { } host)
            return null;

        builder.Services.AddSingleton(host);
        builder.Services.AddSingleton<GenuineCall>();
        // First of all filters, as the first one registered is the outermost.
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, TriggerGateFilter>());
        ListenOnlyAt(host, builder.WebHost);
        return host;
    }

    // The host hands us its whole environment: ASPNETCORE_URLS would make us bind its own port, and a Kestrel section would add more.
    private static void ListenOnlyAt(FunctionsHost host, ConfigureWebHostBuilder webHost)
    {
        webHost.UseUrls(host.Url);
        webHost.UseSetting(WebHostDefaults.PreferHostingUrlsKey, bool.TrueString);
        webHost.ConfigureKestrel(kestrel => kestrel.Configure());
    }
}
