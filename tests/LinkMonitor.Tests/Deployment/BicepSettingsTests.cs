using LinkMonitor.Hosting.Account;
using LinkMonitor.Hosting.Serving;
using LinkMonitor.Hosting.Settings;
using LinkMonitor.Tests.Docs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LinkMonitor.Tests.Deployment;

/// <summary>The settings that <c>infra/</c> gives the function app, and the code that reads them.</summary>
public sealed class BicepSettingsTests
{
    // Read by the Functions host or the platform; we could not tell a typing error in them.
    private static readonly string[] OfTheHost =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "AzureWebJobsStorage__blobServiceUri",
        "WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED",
    ];

    // https://learn.microsoft.com/azure/azure-functions/functions-app-settings#flex-consumption-plan-deprecations
    private static readonly string[] RefusedOnFlexConsumption =
    [
        "ENABLE_ORYX_BUILD", "FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_WORKER_RUNTIME", "SCM_DO_BUILD_DURING_DEPLOYMENT",
        "TZ", "WEBSITE_RUN_FROM_PACKAGE", "WEBSITE_TIME_ZONE",
    ];

    [Fact]
    public void Every_setting_is_read_by_the_host_or_by_us()
    {
        var asked = new AskedConfiguration(BicepSettings.Example);
        StorageAccount.From(new ConfigurationBuilder().Add(asked).Build());
        var documented = DocumentedSetting.ReadAll().Select(setting => setting.EnvironmentVariable).ToHashSet();

        Assert.NotEmpty(BicepSettings.Names);
        Assert.All(BicepSettings.Names.Except(OfTheHost), name => Assert.True(
            asked.WasAskedFor(name.Replace("__", ":", StringComparison.Ordinal)) || documented.Contains(name), $"Nothing reads {name}."));
    }

    [Fact]
    public void What_an_installation_on_Azure_needs_is_set()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(BicepSettings.Example).Build();

        var account = StorageAccount.From(configuration);
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration);
        Rooms.Add(services, account!.ToOptions());

        Assert.Equal(BicepSettings.Example["AzureWebJobsStorage:tableServiceUri"], account.TableEndpoint?.OriginalString);
        Assert.Equal(BicepSettings.Example["AzureWebJobsStorage:queueServiceUri"], account.QueueEndpoint?.OriginalString);
        Assert.True(account.Identity?.IsManagedOnly);
        Assert.Empty(SettingsCheck.Failures(services.BuildServiceProvider()));
        // No key is printed there, and behind the host nobody else knows the address for the links in mails.
        Assert.Superset(new HashSet<string> { "LinkMonitor__AdminKey", "LinkMonitor__PublicUrl" }, BicepSettings.Names.ToHashSet());
    }

    [Fact]
    public void Nothing_that_the_plan_refuses_is_set()
    {
        Assert.Empty(BicepSettings.Names.Intersect(RefusedOnFlexConsumption));
        Assert.DoesNotContain(BicepSettings.Names, name => name.StartsWith("WEBSITE_CONTENT", StringComparison.Ordinal));
    }
}
