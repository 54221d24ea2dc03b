using System.Text.Json;
using LinkMonitor.Exports;
using LinkMonitor.Filtering;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Exports;

/// <summary>A calendar as a reader that is not ours understands it (<see cref="CalendarFile"/>, read by ical.js).</summary>
public sealed class CalendarReadTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_reader_finds_every_event_with_its_days_and_texts()
    {
        var project = StorageSamples.Project(new ProjectId("prj_a")) with { Name = "Größe; 概要, \\n \"x\"" };
        var pages = new[]
        {
            "https://a.example/", $"https://b.example/{string.Concat(Enumerable.Repeat("sehr-lang-", 60))}?q=%E4%B8%AD&x=1;y,z",
            "https://xn--hgi8h.example/%D9%85",
        };
        string[] vendors = ["Müller, Söhne; Co\\KG", "链接供应商", "بائع\nBEGIN:VEVENT"];
        var facts = pages.Zip(vendors).Select((one, number) => LinkFacts.Of(StorageSamples.Link(project.Id, one.First) with
        {
            Terms = new Terms
            {
                Vendor = one.Second,
                Cost = 12.5m,
                Currency = "EUR",
                CostPeriod = number == 0 ? CostPeriod.Month : CostPeriod.Term,
                End = new DateOnly(2026, 12, 31).AddDays(number),
            },
        }));

        var events = await ReadAsync(CalendarFile.Write(project, "All", facts, new FilterMoment(StorageSamples.Noon, TimeZoneInfo.Utc)));

        Assert.Equal(
            [("2026-12-31", "2027-01-01"), ("2027-01-01", "2027-01-02"), ("2027-01-02", "2027-01-03")],
            events.Select(one => (Text(one, "start"), Text(one, "end"))));
        Assert.Equal(pages, events.Select(one => Text(one, "url")));
        Assert.All(events, one => Assert.True(one.GetProperty("isDay").GetBoolean()));
        Assert.Equal(3, events.Select(one => Text(one, "uid")).Distinct().Count());
        Assert.Equal("Placement ends: a.example (Müller, Söhne; Co\\KG)", Text(events[0], "summary"));
        Assert.EndsWith("Price: 12.50 EUR a month", Text(events[0], "description"), StringComparison.Ordinal);
        Assert.EndsWith("\nVendor: 链接供应商\nPrice: 12.50 EUR", Text(events[1], "description"), StringComparison.Ordinal);
        Assert.Contains(pages[1], Text(events[1], "description"), StringComparison.Ordinal);
    }

    private static string Text(JsonElement one, string name) => one.GetProperty(name).GetString()!;

    private static async Task<List<JsonElement>> ReadAsync(string calendar)
    {
        await NodeModules.FileAsync(Path.Combine("ical.js", "package.json"), Stop);
        var script = Path.Combine(RepositoryRoot.Path, "tests", "LinkMonitor.IntegrationTests", "Exports", "ical-events.mjs");
        using var node = NodeModules.Start("node", RepositoryRoot.Path, [script]);
        var answers = node.StandardOutput.ReadToEndAsync(Stop);
        var errors = node.StandardError.ReadToEndAsync(Stop);
        await node.StandardInput.WriteAsync(calendar.AsMemory(), Stop);
        node.StandardInput.Close();
        var events = await answers;
        await node.WaitForExitAsync(Stop);
        Assert.True(node.ExitCode == 0, await errors);
        return [.. events.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
