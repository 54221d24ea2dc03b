using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Hosting.Functions;
using LinkMonitor.Hosting.Serving;
using LinkMonitor.Hosting.Triggers;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Telemetry;
using LinkMonitor.Telemetry;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using LinkMonitor.Testing.Telemetry;
using LinkMonitor.Watchdog;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LinkMonitor.Tests.Docs;

/// <summary>docs/operations.md says what there is to see.</summary>
public sealed partial class OperationsDocTests : IDisposable
{
    private readonly Measured _measured = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_instrument_is_documented_with_its_unit_and_its_tags()
    {
        await MeasureEverythingAsync();

        Assert.Equal(
            _measured.Instruments.Select(one => $"{one.Name} {one.Unit} {TagsOf(one)}".TrimEnd()).Order(StringComparer.Ordinal),
            Rows("Metrics").Select(cells => $"{Code(cells[0]).Single()} {cells[1]} {string.Join(' ', Code(cells[2]))}".TrimEnd())
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_method_of_the_meter_was_tried()
    {
        await MeasureEverythingAsync();

        Assert.All(_measured.Instruments, one => Assert.NotEmpty(_measured.Of(one.Name)));
    }

    [Fact]
    public void Every_notice_is_documented() => Assert.Equal(
        typeof(NoticeNames).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
        Names("Notices to the operators"));

    [Fact]
    public void Notices_are_told_by_their_constants()
    {
        var told = Directory.EnumerateFiles(Path.Combine(Checkout.Path, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => LiteralNotice().Matches(File.ReadAllText(file))
                .Select(match => $"{Path.GetFileName(file)}: {match.Value}"));

        Assert.Empty(told);
    }

    [Fact]
    public void Every_field_of_the_health_is_documented() => Assert.Equal(
        new[] { typeof(HealthView), typeof(QueueHealth) }.SelectMany(type => type.GetProperties())
            .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Order(StringComparer.Ordinal),
        Names("Health"));

    [Fact]
    public void Every_queue_has_its_failures_documented() => Assert.Equal(QueueNames.All.Order(StringComparer.Ordinal), Names("Failures"));

    [Fact]
    public void What_is_named_as_a_setting_or_a_function_is_one()
    {
        var text = File.ReadAllText(Document);
        var settings = DocumentedSetting.ReadAll().Select(setting => setting.Name).ToHashSet();
        var functions = FunctionCatalog.Of(typeof(Queues).Assembly.GetTypes()).All
            .Select(function => function.Definition.Name).Append(LinkTrace.Name).ToHashSet();

        Assert.All(Setting().Matches(text), match => Assert.Contains(match.Groups["name"].Value, settings));
        Assert.All(Function().Matches(text), match => Assert.Contains(match.Groups["name"].Value, functions));
    }

    public void Dispose() => _measured.Dispose();

    private static string Document => Path.Combine(Checkout.Path, "docs", "operations.md");

    private async Task MeasureEverythingAsync()
    {
        var account = new MemoryAccount(TimeProvider.System);
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        Rooms.Add(services, new StorageOptions { ConnectionString = "UseDevelopmentStorage=true" });
        services.AddSingleton<IMeterFactory>(_measured).AddSingleton<ITableService>(account).AddSingleton<IMessageQueues>(account);
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IWorkQueues>().CreateAsync(Token);
        await provider.GetRequiredService<ITableSetup>().CreateAsync(Token);

        var meter = provider.GetRequiredService<ProductMeter>();
        meter.Checked(ObservationKind.Observed);
        meter.CheckedUnchanged();
        meter.Changed(StorageSamples.Change(StorageSamples.Link(new ProjectId("prj_a")), StorageSamples.Noon, LinkState.Lost).Transition);
        meter.Alerted(ChannelKind.Email, "sent");
        meter.SetAside(QueueNames.Alerts);
        meter.Enqueued(1);
        meter.Beat("accepted");
        meter.Waited(QueueNames.Alerts, TimeSpan.FromSeconds(1));
        meter.Ran("CheckPage", "ok", TimeSpan.FromSeconds(1));
        CountedRequests.CounterOf(_measured).Add(
            1, new("service", "table"), new("operation", "get"), new("function", WorkName.Other), new("table", "Links"));
        provider.GetRequiredService<BacklogGauges>();
        await provider.GetRequiredService<Watch>().ReadAsync(Token);
        _measured.Observe();
    }

    private string TagsOf(Instrument instrument) => string.Join(
        ' ',
        _measured.TagsOf(instrument.Name).SelectMany(tags => tags.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(tag => tag.Split('=')[0]).Distinct());

    private static IEnumerable<string> Names(string heading) =>
        Rows(heading).Select(cells => Code(cells[0]).Single()).Order(StringComparer.Ordinal);

    /// <summary>The cells of the table under a heading, without its head.</summary>
    private static List<string[]> Rows(string heading) =>
    [
        .. File.ReadLines(Document).SkipWhile(line => line != $"## {heading}").Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith('|')).Skip(2).Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1]),
    ];

    private static List<string> Code(string cell) => [.. CodeText().Matches(cell).Select(match => match.Groups["text"].Value)];

    [GeneratedRegex("`(?<text>[^`]+)`", RegexOptions.NonBacktracking)]
    private static partial Regex CodeText();

    [GeneratedRegex("`(?<name>LinkMonitor:[A-Za-z:]+)`", RegexOptions.NonBacktracking)]
    private static partial Regex Setting();

    [GeneratedRegex("`(?<name>(Check|Send|Schedule|Sweep|Watch)[A-Z][A-Za-z]+)`", RegexOptions.NonBacktracking)]
    private static partial Regex Function();

    [GeneratedRegex("\\bNotice = \"[^\"]*\"", RegexOptions.NonBacktracking)]
    private static partial Regex LiteralNotice();
}
