using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Deque.AxeCore.Commons;
using LinkMonitor.Dashboard;
using LinkMonitor.Dashboard.Pages;
using LinkMonitor.Imports;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Imports;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;
using Microsoft.Playwright;

namespace LinkMonitor.IntegrationTests.Dashboard;

/// <summary>
/// Every page of the dashboard can be used by everyone: WCAG 2.2 AA by axe, light and dark, wide and narrow, and valid HTML by the W3C's
/// checker. To look at them, set <c>LINKMONITOR_SCREENSHOTS</c> to a folder.
/// </summary>
[TakesLong]
public sealed class AccessTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    // The page that a form of another leads to.

    // Pages are looked at side by side, as the checker works in the browser and the browser on several cores.
    private const int AtATime = 3;

    private static readonly object Rules = new { type = "tag", values = new[] { "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa" } };

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
        var pages = await PagesAsync();
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
            foreach (var (number, (_, path)) in (await PagesAsync()).Index())
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

    /// <summary>Every page there is, full and empty, with the type that makes it.</summary>
    private async Task<IReadOnlyList<(string Of, string Path)>> PagesAsync()
    {
        var api = fixture.Product.Api;
        var full = new ProjectId(
            await api.CreateProjectAsync(new { name = "Example Widgets", recipients = new[] { "anna@example.org" } }, Token));
        var empty = await api.CreateProjectAsync(new { name = "Nothing yet" }, Token);
        var links = fixture.Product.Get<ILinkStore>();
        var id = new LinkId(await api.RegisterAsync(full.Value, SampleLinks.Long, Token));
        foreach (var sample in SampleLinks.Others)
            await api.RegisterAsync(full.Value, sample, Token);
        var link = (await links.GetAsync(full, id, Token))!;
        var change = StorageSamples.Change(link, fixture.Product.Clock.GetUtcNow());
        await links.SaveCheckAsync(
            link with { Status = StorageSamples.FullLink(full).Status, Terms = StorageSamples.Terms, Note = "A note." }, change, Token);
        var asked = new LinkId(
            await api.RegisterAsync(full.Value, new { page = "https://walled.example/", target = "https://example.org/" }, Token));
        await AskedLink.MakeAsync(fixture.Product, full, asked, Token);
        var waiting = new LinkId(
            await api.RegisterAsync(full.Value, new { page = "https://silent.example/", target = "https://example.org/" }, Token));
        await AskedLink.MakeAsync(fixture.Product, full, waiting, Token, isAnswered: false);
        var one = (await api.PostAsync($"/api/v1/projects/{full}/cases", new { linkId = id.Value }, HttpStatusCode.Created, Token))
            .GetProperty("id").GetString();
        await api.PostAsync(
            $"/api/v1/projects/{empty}/types", new { name = "Newsletter", anchor = "Widgets", atOnce = new[] { "anchor-changed" } },
            HttpStatusCode.Created, Token);
        await api.PostAsync($"/api/v1/projects/{full}/views", new { name = "Mine", filter = "state:lost" }, HttpStatusCode.Created, Token);
        var gone = await api.RegisterAsync(full.Value, new { page = "https://gone.example/", target = "https://example.org/" }, Token);
        await api.SendAsync(HttpMethod.Delete, $"/api/v1/projects/{full}/links/{gone}", null, HttpStatusCode.NoContent, Token);
        var before = await api.RegisterAsync(full.Value, new { page = "https://before.example/", target = "https://example.org/" }, Token);
        var after = (await api.SendAsync(
            HttpMethod.Patch, $"/api/v1/projects/{full}/links/{before}",
            """{"page":"https://after.example/%E6%97%A5%E6%9C%AC/%D9%85%D8%B1%D8%AD%D8%A8%D8%A7"}""", HttpStatusCode.OK, Token))
            .GetProperty("id").GetString();
        var (draft, done) = (await ImportAsync(full, ImportState.Draft), await ImportAsync(full, ImportState.Done));
        await fixture.Product.Get<IPolledSheetStore>().SaveAsync(StorageSamples.Sheet(full), Token);
        var ours = await SampleImport.BeginAsync(
            fixture.Product, full.Value, "export.csv",
            await api.Client.GetStringAsync($"/api/v1/projects/{full}/export.csv", Token), ImportChoices.None, ImportState.Draft, Token);
        await fixture.Product.Get<IExportAddressStore>().AddAsync(StorageSamples.Address(full), Token);
        await fixture.Product
            .Get<IExportAddressStore>()
            .AddAsync(StorageSamples.Address(full) with { OpenedAt = null, View = null }, Token);
        var (at, none) = ($"/app/p/{full}", $"/app/p/{empty}");
        return
        [
            (nameof(SignInPages), "/sign-in"), (nameof(ProjectsPage), "/app"), (nameof(PeoplePage), "/app/people"),
            (nameof(VendorPages), "/app/vendors"), (nameof(VendorPages), $"/app/vendors/{VendorName.IdOf(StorageSamples.Terms.Vendor)}"),
            (nameof(SystemPage), "/app/health"), (nameof(DashboardMessages), "/app/nothing"), (nameof(OverviewPage), at),
            (nameof(OverviewPage), none), (nameof(LinkListPage), $"{at}/links"), (nameof(LinkListPage), $"{none}/links?q=stat:lost"),
            (nameof(LinkListPage), $"{at}/links/new"), (nameof(BulkPage), $"{at}/links/bulk?act=mute&link={id}"),
            (nameof(LinkDetailPage), $"{at}/links/{id}"), (nameof(LinkEditPage), $"{at}/links/{id}/edit"),
            (nameof(PageLinksPage), $"{at}/links/{id}/page"), (nameof(ChangesPage), $"{at}/changes"),
            (nameof(ChangesPage), $"{none}/changes"), (nameof(AlertListPage), $"{at}/alerts"), (nameof(AlertListPage), $"{none}/alerts"),
            (nameof(ChannelsPage), $"{at}/channels"), (nameof(ChannelsPage), $"{none}/channels"), (nameof(SettingsPage), $"{at}/settings"),
            (nameof(TypesPage), $"{at}/types"), (nameof(TypesPage), $"{at}/types/new"), (nameof(TypesPage), $"{at}/types/guest-post/edit"),
            (nameof(TypesPage), $"{none}/types/newsletter/edit"),
            (nameof(CasePages), $"{at}/cases"), (nameof(CasePages), $"{none}/cases"), (nameof(CasePages), $"{at}/cases/{one}"),
            (nameof(HumanPage), $"{at}/human"), (nameof(HumanPage), $"{none}/human"), (nameof(LinkDetailPage), $"{at}/links/{asked}"),
            (nameof(FormerLinkPage), $"{at}/links/{gone}"), (nameof(FormerLinkPage), $"{at}/links/{before}"),
            (nameof(LinkDetailPage), $"{at}/links/{after}"),
            (nameof(HandOverPage), $"{at}/hand-over"), (nameof(AuditPage), $"{at}/audit"), (nameof(AuditPage), $"{none}/audit"),
            (nameof(ImportListPage), $"{at}/imports"), (nameof(ImportListPage), $"{none}/imports"),
            (nameof(ExportsPage), $"{at}/exports"), (nameof(ExportsPage), $"{none}/exports?q=stat:lost"),
            (nameof(DisavowPage), $"{at}/disavow"), (nameof(DisavowPage), $"{at}/disavow?of=host:*.example&wanted=yes"),
            (nameof(DisavowPage), $"{none}/disavow?of=tag:unwanted&scope=url"),
            (nameof(ImportPage), $"{at}/imports/{ours}"),
            (nameof(ImportPage), $"{at}/imports/{draft}"), (nameof(ImportPage), $"{at}/imports/{done}"),
        ];
    }

    private Task<string> ImportAsync(ProjectId project, ImportState state) => SampleImport.BeginAsync(
        fixture.Product, project.Value, "a-rather-long-name-of-a-file.csv",
        "Page ascore,Source title,Source url,Target url,External links,Internal links,Lost link\n"
            + "51,T,https://imported.example/1,https://example.org/,1,2,false\n51,T,not an address,https://example.org/,1,2,true\n",
        ImportChoices.None, state, Token);

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

/// <summary>Links as the web has them: long, from right to left, in other scripts, and hostile.</summary>
internal static class SampleLinks
{
    private const string Target = "https://example.org/";

    public static object Long { get; } = new
    {
        page = "https://blog.example.net/2026/11/a-rather-long-post-about-widgets-and-what-they-are-for"
            + "?utm_source=newsletter&utm_campaign=autumn",
        target = "https://example.org/a/deep/page/of/ours/with/a/long/path/that/never/ends",
        anchor = "an anchor that goes on and on because somebody liked to write a whole sentence into it, and then another one",
        type = "guest-post",
        tags = new[] { "guest post", "a very long tag that somebody made up" },
    };

    public static IReadOnlyList<object> Others { get; } =
    [
        new { page = "https://a.example/rtl", target = Target, anchor = "أفضل أداة لمراقبة الروابط الخلفية" },
        new { page = "https://b.example/cjk", target = Target, anchor = "最好的外链监控工具，适合代理商和网站所有者" },
        new
        {
            page = "https://c.example/evil",
            target = Target,
            anchor = "\"><script>alert(1)</script><b style='color:red'>",
            note = "</textarea><script>alert(2)</script>",
        },
        new { page = "https://d.example/emoji", target = Target, anchor = "👩‍👩‍👧 family", muted = true },
    ];
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
