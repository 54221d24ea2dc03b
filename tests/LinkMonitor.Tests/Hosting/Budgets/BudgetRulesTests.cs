using LinkMonitor.Hosting.Budgets;
using LinkMonitor.Hosting.Functions;
using LinkMonitor.Hosting.Serving;
using LinkMonitor.Hosting.Settings;
using LinkMonitor.Hosting.Triggers;
using LinkMonitor.Storage.Connecting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LinkMonitor.Tests.Hosting.Budgets;

/// <summary>Settings that contradict each other stop the start, with a sentence that names both and what to change.</summary>
public sealed class BudgetRulesTests
{
    [Fact]
    public void Every_function_has_a_budget_and_the_defaults_fit_the_host_that_is_deployed()
    {
        var budgets = new BudgetOptions();
        var timeout = FunctionTimeout.Read(new ConfigurationBuilder().Build(), Path.Combine(AppContext.BaseDirectory, "Deployed"));

        Assert.NotNull(timeout.Length);
        Assert.All(
            FunctionCatalog.Of(typeof(Queues).Assembly.GetTypes()).All,
            function => Assert.True(budgets.Of(function.Definition.Name) < timeout.Length));
        Assert.Empty(Failures(timeout));
        Assert.Empty(Failures(null));
    }

    [Fact]
    public void Function_without_a_budget_is_a_bug() => Assert.Throws<ArgumentException>(() => new BudgetOptions().Of("Other"));

    [Theory]
    [InlineData("Budgets:CheckPage", "00:16:00", "Monitoring:Lease", "00:15:00")]
    [InlineData("Budgets:CheckPage", "00:08:30", "Monitoring:RoundBudget", "00:08:30")]
    [InlineData("Monitoring:RoundBudget", "00:08:45", "Budgets:CheckPage", "00:09:00")]
    [InlineData("Monitoring:Lease", "00:09:00", "Budgets:CheckPage", "00:09:00")]
    [InlineData("Budgets:SendAlerts", "00:10:00", "Alerts:Lease", "00:10:00")]
    [InlineData("Alerts:RunBudget", "00:07:40", "Channels:Timeout", "00:08:00")]
    public void Times_that_do_not_grow_outwards_are_refused(string setting, string value, string other, string otherValue)
    {
        var failure = Assert.Single(Failures(null, ($"LinkMonitor:{setting}", value)));

        Assert.Contains($"LinkMonitor:{setting}", failure, StringComparison.Ordinal);
        Assert.Contains($"LinkMonitor:{other}", failure, StringComparison.Ordinal);
        Assert.Contains(otherValue, failure, StringComparison.Ordinal);
        Assert.Contains("Shorten the first or lengthen the second.", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_of_the_chosen_transport_must_fit_and_others_need_not()
    {
        (string, string?) slow = ("LinkMonitor:Mail:Smtp:Timeout", "00:06:00");

        var failure = Assert.Single(Failures(
            null,
            slow,
            ("LinkMonitor:Mail:Transport", "smtp"),
            ("LinkMonitor:Mail:From", "a@example.org"),
            ("LinkMonitor:Mail:Smtp:Host", "mail")));

        Assert.Contains("LinkMonitor:Alerts:RunBudget with LinkMonitor:Mail:Smtp:Timeout is 00:09:00", failure, StringComparison.Ordinal);
        Assert.Contains("LinkMonitor:Budgets:SendAlerts, 00:08:00", failure, StringComparison.Ordinal);
        Assert.Empty(Failures(null, slow, ("LinkMonitor:Mail:Transport", "files")));
    }

    [Fact]
    public void Budget_that_the_host_would_cut_off_is_refused()
    {
        var failures = Failures(new FunctionTimeout(TimeSpan.FromMinutes(5), "functionTimeout in host.json"));

        Assert.Equal(3, failures.Count);
        Assert.Contains(
            "LinkMonitor:Budgets:CheckPage is 00:09:00, which must be shorter than functionTimeout in host.json, 00:05:00: "
            + "otherwise the host would kill the process and everything else that it is doing. Shorten the first or lengthen the second.",
            failures);
    }

    [Fact]
    public void Host_that_never_cuts_off_allows_any_and_one_with_nonsense_none()
    {
        Assert.Empty(Failures(new FunctionTimeout(null, "host.json")));
        Assert.Equal(["nonsense"], Failures(new FunctionTimeout(null, "host.json", "nonsense")));
    }

    private static IReadOnlyList<string> Failures(FunctionTimeout? timeout, params (string Name, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value))).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration);
        Rooms.Add(services, new StorageOptions { ConnectionString = "UseDevelopmentStorage=true" });
        if (timeout is not null)
            services.AddSingleton(timeout);
        using var provider = services.BuildServiceProvider();
        return SettingsCheck.Failures(provider);
    }
}
