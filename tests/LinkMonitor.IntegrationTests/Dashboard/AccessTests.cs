using System.Collections.Concurrent;
using System.Diagnostics;

using Deque.AxeCore.Commons;
using LinkMonitor.Dashboard;
using LinkMonitor.Dashboard.Pages;
using LinkMonitor.IntegrationTests.Support;
using Microsoft.Playwright;

namespace LinkMonitor.IntegrationTests.Dashboard;

/// <summary>
/// Every page of the dashboard can be used by everyone: WCAG 2.2 AA by axe, light and dark, wide and narrow, and valid HTML by the W3C's
/// checker. To look at them, set <c>LINKMONITOR_SCREENSHOTS</c> to a folder.
/// </summary>
[TakesLong]
public sealed class AccessTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    // Pages are looked at side by side, as the checker works in the browser and the browser on several cores.
    private const int AtATime = 3;

    internal static readonly object Rules = new { type = "tag", values = new[] { "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa" } };

    // In the dark nothing but colours is another.
    private static readonly object Colours = new { type = "rule", values = new[] { "color-contrast", "link-in-text-block" } };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_page_breaks_a_rule_of_access()
    {
        await using var window = await fixture.OpenAsync();
        await DashboardFixture.SignInAsync(window);
        ConcurrentBag<string> faults = [];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = Token };
        var pages = await SamplePages.MakeAsync(fixture.Product, Token);
        await Parallel.ForEachAsync(pages, parallel, async (page, _) => await LookAsync(window, page, faults));

        Assert.True(faults.IsEmpty, string.Join('\n', faults));
        var all = typeof(OverviewPage).Assembly.GetTypes().Where(
            type => !type.IsNested && type.Namespace?.StartsWith(typeof(DashboardForm).Namespace!, StringComparison.Ordinal) == true
                && (type.Name.EndsWith("Page", StringComparison.Ordinal) || type.Name.EndsWith("Pages", StringComparison.Ordinal)));
        Assert.Empty(all.Select(type => type.Name).Except(pages.Select(page => page.Of)).Except(
            // The last two stand in for others: while links are read, and when a view cannot be saved.
            [nameof(SlicePage), nameof(LoadingPage), nameof(SavedViewPage)]));
    }

    [Fact]
    public async Task A_page_that_breaks_a_rule_is_found()
    {
        await using var window = await fixture.OpenAsync();
        var tab = await window.NewPageAsync();
        await tab.SetContentAsync("<!doctype html><html lang=en><title>x</title><img src='data:,'><p style='color:#aaa'>pale</p>");
        await Axe.LoadAsync(tab);

        Assert.Contains(await Axe.RunAsync(tab, Rules), fault => fault.StartsWith("image-alt: <img", StringComparison.Ordinal));
        Assert.Contains(await Axe.RunAsync(tab, Colours), fault => fault.StartsWith("color-contrast: <p", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_page_is_valid_html()
    {
        await using var window = await fixture.OpenAsync();
        await DashboardFixture.SignInAsync(window);
        var folder = Directory.CreateTempSubdirectory("linkmonitor-pages");
        try
        {
            foreach (var (number, (_, path)) in (await SamplePages.MakeAsync(fixture.Product, Token)).Index())
            {
                var answer = await window.APIRequest.GetAsync(path);
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{number}.html"), await answer.TextAsync(), Token);
            }

            var faults = await Validator.CheckAsync(folder.FullName, Token);
            Assert.True(faults.Length == 0, faults);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Looks at a page in every size and colour.</summary>
    private static async Task LookAsync(IBrowserContext window, (string Of, string Path) page, ConcurrentBag<string> faults)
    {
        var path = page.Path;
        var tab = await window.NewPageAsync();
        tab.Console += (_, message) =>
        {
            // A page that is not there is one of those looked at.
            if (message.Type == "error" && !message.Text.Contains("404", StringComparison.Ordinal))
                faults.Add($"{path}: {message.Text}");
        };
        await tab.GotoAsync(path);
        await tab.EvaluateAsync("for (const one of document.querySelectorAll('main td details')) one.open = true");
        await Axe.LoadAsync(tab);
        foreach (var width in (int[])[1280, 360])
        {
            await tab.SetViewportSizeAsync(width, 900);
            if (!await tab.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"))
                faults.Add($"{path} at {width}: wider than the window");
            foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await tab.EmulateMediaAsync(new() { ColorScheme = scheme });
                foreach (var violation in await Axe.RunAsync(tab, scheme == ColorScheme.Light ? Rules : Colours))
                    faults.Add($"{path} at {width}, {scheme}: {violation}");

                await ShootAsync(tab, $"{path.Replace('/', '_')}-{width}-{scheme}");
            }
        }

        await tab.CloseAsync();
    }

    private static async Task ShootAsync(IPage tab, string name)
    {
        if (Environment.GetEnvironmentVariable("LINKMONITOR_SCREENSHOTS") is { Length: > 0 } folder)
            await tab.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
    }
}

/// <summary>
/// The checker axe in a page. Loaded once a page, and run there alone: its own client for Playwright loads it before each run and opens
/// another tab for its results.
/// </summary>
internal static class Axe
{
    private static readonly Lazy<string> Script = new(() => new BundledAxeScriptProvider().GetScript());

    public static async Task LoadAsync(IPage tab) => await tab.EvaluateAsync(Script.Value);

    /// <summary>The rules that a page breaks, a line each with the first elements.</summary>
    /// <param name="tab">The page; <see cref="LoadAsync"/> has run there.</param>
    /// <param name="rules">What to run: axe's <c>runOnly</c>.</param>
    public static Task<string[]> RunAsync(IPage tab, object rules) => tab.EvaluateAsync<string[]>(
        """
        async runOnly => {
          const { violations } = await axe.run(document, { runOnly, resultTypes: ['violations'] });
          return violations.map(rule => rule.id + ': ' + rule.nodes.slice(0, 3).map(node => node.html).join('; '));
        }
        """,
        rules);
}

/// <summary>The W3C's checker of HTML, on Java.</summary>
internal static class Validator
{
    private const string Jar = "vnu-jar/build/dist/vnu.jar";

    /// <summary>What is wrong with the files of a folder, a line each; empty for nothing.</summary>
    public static async Task<string> CheckAsync(string folder, CancellationToken cancellationToken)
    {
        var jar = await NodeModules.ToolAsync(Jar, cancellationToken);
        var java = await DebianPackage.EnsureAsync("/usr/bin/java", "default-jre-headless", cancellationToken);
        var start = new ProcessStartInfo(java, ["-Xss4m", "-jar", jar, "--errors-only", "--format", "gnu", folder])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (await output + errors).Trim();
    }
}
