using LinkMonitor.Api;
using LinkMonitor.Hosting.Account;
using LinkMonitor.Hosting.Settings;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Installations;
using LinkMonitor.Telemetry;

namespace LinkMonitor.Hosting.Serving;

/// <summary>Looks at all settings before anything is started, those of the storage among them: what is wrong is told in one list.</summary>
internal static class StartCheck
{
    /// <summary>What is wrong, a line each; empty when nothing is.</summary>
    public static async Task<IReadOnlyList<string>> FailuresAsync(IConfiguration configuration)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(configuration);

        // Nothing is opened: only the rules of the rooms are asked.
        Rooms.Add(services, new StorageOptions());
        services.AddTelemetryExport(configuration, Product.Version);
        await using var provider = services.BuildServiceProvider();
        return [.. SettingsCheck.Failures(provider), .. Storage(configuration)];
    }

    private static IEnumerable<string> Storage(IConfiguration configuration)
    {
        try
        {
            // Opening an account reads its setting and asks nobody.
            if (StorageAccount.From(configuration) is { } account)
                InstallationMarks.Of(account.ToOptions());
            return [];
        }
        catch (InvalidStorageOptionsException e)
        {
            return [$"The storage setting cannot be used: {e.Message}"];
        }
    }
}
