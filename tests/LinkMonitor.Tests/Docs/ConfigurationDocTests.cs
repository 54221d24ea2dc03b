using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using LinkMonitor.Alerts;
using LinkMonitor.Alerts.Files;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Alerts.Posting;
using LinkMonitor.Alerts.SendGrid;
using LinkMonitor.Alerts.Smtp;
using LinkMonitor.Api.Limits;
using LinkMonitor.Heartbeats;
using LinkMonitor.Hosting.Budgets;
using LinkMonitor.Hosting.Installations;
using LinkMonitor.Keys;
using LinkMonitor.Monitoring;
using LinkMonitor.Monitoring.Outages;
using LinkMonitor.Placements;
using LinkMonitor.Retention;
using LinkMonitor.Sharing;
using LinkMonitor.Snapshots;
using LinkMonitor.Watchdog;

namespace LinkMonitor.Tests.Docs;

/// <summary>docs/configuration.md says what the options classes say.</summary>
public sealed class ConfigurationDocTests
{
    // Every options class that is bound to the configuration.
    private static readonly (string Section, object Defaults)[] Sections =
    [
        (LocalOptions.Section, new LocalOptions()),
        (ApiKeyOptions.Section, new ApiKeyOptions()),
        (RequestLimitOptions.Section, new RequestLimitOptions()),
        (SharingOptions.Section, new SharingOptions()),
        (MonitoringOptions.Section, new MonitoringOptions()),
        (OutageOptions.Section, new OutageOptions()),
        (AlertOptions.Section, new AlertOptions()),
        (RetentionOptions.Section, new RetentionOptions()),
        (SnapshotOptions.Section, new SnapshotOptions()),
        (ChannelOptions.Section, new ChannelOptions()),
        (PlacementOptions.Section, new PlacementOptions()),
        (MailOptions.Section, new MailOptions()),
        (FilesOptions.Section, new FilesOptions()),
        (SmtpOptions.Section, new SmtpOptions()),
        (SendGridOptions.Section, new SendGridOptions()),
        (BudgetOptions.Section, new BudgetOptions()),
        (WatchdogOptions.Section, new WatchdogOptions()),
        (HeartbeatOptions.Section, new HeartbeatOptions()),
    ];

    public static TheoryData<string> Names => [.. Settings().Select(setting => setting.Name)];

    [Fact]
    public void Every_setting_is_documented_once_and_nothing_else_is()
    {
        var documented = DocumentedSetting.ReadAll().Select(setting => setting.Name);

        Assert.Equal(Settings().Select(setting => setting.Name).Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Default_range_and_environment_variable_are_those_of_the_class(string name)
    {
        var (_, property, defaults) = Settings().Single(setting => setting.Name == name);

        var documented = DocumentedSetting.ReadAll().Single(setting => setting.Name == name);

        Assert.Equal(Write(property.GetValue(defaults)), documented.Default);
        Assert.Equal(name.Replace(":", "__", StringComparison.Ordinal), documented.EnvironmentVariable);
        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
            Assert.Equal($"{range.Minimum} to {range.Maximum}", documented.Range);
    }

    private static IEnumerable<(string Name, PropertyInfo Property, object Defaults)> Settings() =>
        from section in Sections
        from property in section.Defaults.GetType().GetProperties()
        where property.SetMethod is { IsPublic: true }
        select ($"{section.Section}:{property.Name}", property, section.Defaults);

    private static string Write(object? value) => value switch
    {
        null => "none",
        bool flag => flag ? "true" : "false",
        Uri address => address.OriginalString,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
