using LinkMonitor.Hosting.Serving;
using LinkMonitor.Hosting.Settings;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Tests.Docs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LinkMonitor.Tests.Hosting.Settings;

/// <summary>What is set and would not count, or cannot be read, stops the start with what to write.</summary>
public sealed class SettingsCheckTests
{
    [Theory]
    [InlineData("LinkMonitor:Mail:Transprot", "smtp", "Did you mean LinkMonitor:Mail:Transport?")]
    [InlineData("linkmonitor:alerts:operator", "me@example.org", "Did you mean LinkMonitor:Alerts:Operators?")]
    [InlineData("LinkMonitor:Smtp:Host", "smtp.example.org", "Did you mean LinkMonitor:Mail:Smtp:Host?")]
    [InlineData("LinkMonitor:Mail:Smtp:Host:Name", "smtp.example.org", "Did you mean LinkMonitor:Mail:Smtp:Host?")]
    [InlineData("LinkMoniter:AdminKey", "a key of more than 24 characters", "Did you mean LinkMonitor:AdminKey?")]
    [InlineData("LinkMonitor_Mail_From", "me@example.org", "Did you mean LinkMonitor__Mail__From?")]
    [InlineData("AzureWebJobStorage", "UseDevelopmentStorage=true", "Did you mean AzureWebJobsStorage?")]
    public void A_misspelt_name_is_told_with_the_nearest(string name, string value, string hint)
    {
        var failure = Assert.Single(Failures((name, value)));

        Assert.Contains("is not a setting", failure, StringComparison.Ordinal);
        Assert.Contains(hint, failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LINKMONITOR_PORT", "tcp://10.0.0.1:7071")]
    [InlineData("LINKMONITOR_SERVICE_HOST", "10.0.0.1")]
    [InlineData("LINKMONITOR_URL", "https://links.example.org")]
    [InlineData("AzureWebJobsStorage:accountName", "links")]
    [InlineData("Logging:LogLevel:Default", "Debug")]
    public void What_others_set_is_none_of_ours(string name, string value) => Assert.Empty(Failures((name, value)));

    [Theory]
    [InlineData("LinkMonitor:Alerts:GroupingDelay", "5 minutes", "for example 00:05:00 for five minutes, from 00:00:00 to 01:00:00")]
    [InlineData("LinkMonitor:Alerts:GroupingDelay", "30", "A number alone means days")]
    [InlineData("LinkMonitor:Mail:Smtp:Port", "smtps", "Use a whole number, from 1 to 65535")]
    [InlineData("LinkMonitor:Outages:FailureShare", "half", "Use a number such as 0.5, from 0.1 to 1")]
    [InlineData("LinkMonitor:Monitoring:AllowPrivateNetworks", "yes", "Use true or false")]
    public void A_wrong_value_is_told_with_what_is_allowed(string name, string value, string hint)
    {
        var failure = Assert.Single(Failures((name, value)));

        Assert.StartsWith($"{name} is '{value}'.", failure, StringComparison.Ordinal);
        Assert.Contains(hint, failure, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once() =>
        Assert.Equal(
            3, Failures(("LinkMonitor:Mail:Form", "x"), ("LinkMonitor:Alerts:Lease", "soon"), ("LinkMonitor:Mail:Smtp:Port", "0")).Count);

    [Fact]
    public void No_failure_hides_another()
    {
        var failures = Failures(
            ("LinkMonitor:Mail:Transport", "pigeon"), ("LinkMonitor:Retention:Changes", "1.00:00:00"), ("LinkMonitor:AdminKey", "short"),
            ("LinkMonitor:Heartbeat:Url", "a-secret"),
            ("LinkMonitor:Mail:From", "nobody"), ("LinkMonitor:Mail:Form", "x"), ("LinkMonitor:Monitoring:Lease", "soon"),
            ("LinkMonitor:Alerts:Lease", "00:05:00"),
            ("LinkMonitor:Local:UsualPorts", "one"));

        foreach (var name in (string[])[
            "Mail:Transport is 'pigeon'", "Retention:Changes", "AdminKey", "Heartbeat:Url", "Mail:From is", "Mail:Form is no",
            "Monitoring:Lease is 'soon'", "Alerts:Lease", "Local:UsualPorts",
        ])
            Assert.Contains(failures, failure => failure.Contains("LinkMonitor:" + name, StringComparison.Ordinal));
        Assert.Distinct(failures);
    }

    [Fact]
    public void Settings_of_a_transport_are_told_beside_one_that_cannot_be_read()
    {
        var failures = Failures(
            ("LinkMonitor:Mail:Transport", "smtp"), ("LinkMonitor:Mail:From", "me@example.org"), ("LinkMonitor:Mail:Smtp:Port", "many"));

        Assert.Contains(failures, failure => failure.StartsWith("LinkMonitor:Mail:Smtp:Port is 'many'", StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.Contains("Host", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Smtp:Host", "smtp.example.org", "smtp")]
    [InlineData("SendGrid:ApiKey", "a-secret", "sendgrid")]
    public void Settings_of_a_transport_that_is_not_chosen_name_the_missing_setting(string name, string value, string transport)
    {
        var failure = Assert.Single(Failures(($"LinkMonitor:Mail:{name}", value)));

        Assert.StartsWith($"LinkMonitor:Mail:Transport is missing: LinkMonitor:Mail:{name} is set", failure, StringComparison.Ordinal);
        Assert.Contains($"Set LinkMonitor:Mail:Transport to {transport}", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret", failure, StringComparison.Ordinal);
        Assert.Empty(Failures(($"LinkMonitor:Mail:{name}", value), ("LinkMonitor:Mail:Transport", "files")));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("AccountName=a")]
    public async Task A_storage_setting_is_said_once_to_be_of_no_use(string setting)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["LinkMonitor:Storage"] = setting }).Build();

        var failure = Assert.Single(await StartCheck.FailuresAsync(configuration));

        Assert.Equal(2, failure.Split("cannot be used").Length);
    }

    [Fact]
    public async Task What_is_wrong_with_the_storage_is_in_the_same_list()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LinkMonitor:Storage"] = "garbage",
            ["LinkMonitor:AdminKey"] = "short",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "localhost",
        }).Build();

        var failures = await StartCheck.FailuresAsync(configuration);

        Assert.Equal(3, failures.Count);
        Assert.Contains(failures, failure => failure.StartsWith("The storage setting cannot be used", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_documented_setting_is_known()
    {
        var known = new KnownSettings(Services().GetServices<SettingsSection>());

        Assert.All(DocumentedSetting.ReadAll(), setting => Assert.True(known.Has(setting.Name), $"{setting.Name} would be refused."));
    }

    private static IReadOnlyList<string> Failures(params (string Name, string Value)[] settings) =>
        SettingsCheck.Failures(Services(settings));

    private static ServiceProvider Services(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration);
        Rooms.Add(services, new StorageOptions { ConnectionString = "UseDevelopmentStorage=true" });
        return services.BuildServiceProvider();
    }
}
