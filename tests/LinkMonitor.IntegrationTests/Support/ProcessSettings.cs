using System.Diagnostics;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>The environment of a process under test: nothing of this machine's settings but what the test gives it.</summary>
internal static class ProcessSettings
{
    private static readonly string[] Prefixes =
    [
        "LinkMonitor", "AzureWebJobs", "ASPNETCORE_", "FUNCTIONS_", "AZURE_FUNCTIONS_", "DOTNET_STARTUP_HOOKS",
        "OTEL_", "APPLICATIONINSIGHTS_",
    ];

    public static void Replace(ProcessStartInfo start, IReadOnlyDictionary<string, string> settings)
    {
        foreach (var name in start.Environment.Keys.Where(IsSetting).ToArray())
            start.Environment.Remove(name);
        // The ordinary control addresses are on the internet.
        start.Environment["LinkMonitor__Outages__ControlUrls"] = "";
        // What runs on the usual ports is somebody else's.
        start.Environment["LinkMonitor__Local__UsualPorts"] = "";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
    }

    private static bool IsSetting(string name) => Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
